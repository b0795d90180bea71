"""How things stand, once an act is taken back, for the chat that had been told of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.reminder import Line
from bot.domain.roles import Role
from bot.domain.work import Part, worst
from bot.services.calendars import calendar_of
from storage import notices, offices, parts, people
from storage.models import GrantRow, PartRow
from storage.rows import Owed

Place = tuple[int | None, int | None]
Roles = tuple[tuple[Role, str], ...]


async def line_of(
    session: AsyncSession, owed: Owed, places: Sequence[Place], now: dt.datetime
) -> Line | None:
    """Return how the part stands that an act was about; of several, the told units' own.

    Where these are dropped or taken back, what else is open of the item for the same units speaks.
    None where nothing does, or where it is about several items.
    """
    part_ids = sorted({part_id for _, part_id in places if part_id is not None})
    found = list((await parts.parts_with_ids(session, part_ids)).values())
    if len(found) > 1:
        units = await notices.units_of_chat(session, owed.chat, local_day(now))
        found = [part for part in found if part.unit_id in units]
    if len({part.item_id for part in found}) != 1:
        return None
    today = local_day(now)
    calendar = await calendar_of(session, owed.office_id, today)
    goes_on = [part for part in found if not part.taken_back]
    if not goes_on:
        own = {part.unit_id for part in found}
        of_item = await parts.parts_of_item(session, found[0].item_id)
        goes_on = [p for p in of_item if p.unit_id in own and not p.closed and not p.unsettled]
    if len(goes_on) > 1:
        goes_on = [part for part in goes_on if not part.unsettled]
    speaks = goes_on[0] if len(goes_on) == 1 else worst(goes_on, today, calendar)
    return Line(speaks, speaks.standing(today, calendar)) if speaks is not None else None


async def without_it(
    session: AsyncSession, owed: Owed, rows: Sequence[Any], now: dt.datetime
) -> tuple[str, ...]:
    """Return the told units to which a part was given by an act and that have none of it now."""
    given = [row for row in rows if isinstance(row, PartRow)]
    units = await notices.units_of_chat(session, owed.chat, local_day(now))
    part_ids = [row.id for row in given if row.id is not None]
    found: dict[int, Part] = await parts.parts_with_ids(session, part_ids)
    ended = {p.unit_id for p in found.values() if p.taken_back and p.unit_id in units}
    for item_id in {part.item_id for part in found.values()}:
        ended -= {p.unit_id for p in await parts.parts_of_item(session, item_id) if not p.closed}
    named = await offices.units_of(session, owed.office_id)
    return tuple(one.unit.name for one in named if one.id in ended)


async def roles_of(
    session: AsyncSession, owed: Owed, rows: Sequence[Any], now: dt.datetime
) -> tuple[Roles, Roles]:
    """Return the told person's roles that an act was about: (held no more, held again)."""
    whose, today = owed.chat.person_id, local_day(now)
    mine = [row for row in rows if isinstance(row, GrantRow) and row.person_id == whose]
    if whose is None or not mine:
        return (), ()
    held = {(one.role, one.unit_id) for one in await people.grants_of(session, whose, today)}
    units = await offices.unit_names(session, owed.office_id)
    lost: list[tuple[Role, str]] = []
    regained: list[tuple[Role, str]] = []
    for role, unit_id in dict.fromkeys((row.role, row.unit_id) for row in mine):
        side = regained if (role, unit_id) in held else lost
        side.append((role, units.get(unit_id, "") if unit_id else ""))
    return tuple(lost), tuple(regained)
