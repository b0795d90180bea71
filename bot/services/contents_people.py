"""What people and units are told of roles lent and of units merged, as things stand then."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.services.messages import Gone
from bot.services.messages_people import StandInMessage, UnitsMergedMessage
from storage import grants, offices, parts, reports
from storage.rows import Owed


async def lent(session: AsyncSession, owed: Owed, now: dt.datetime) -> StandInMessage | Gone:
    """Tell somebody for whom they stand in."""
    by = owed.payload.get("by")
    first = dt.date.fromisoformat(str(owed.payload["first"]))
    last = dt.date.fromisoformat(str(owed.payload["last"]))
    held = await grants.held_grants(
        session, owed.office_id, local_day(now), person_id=owed.chat.person_id
    )
    days = (first, last)
    mine = [g for g in held if g.stands_in_for == by and (g.valid_from, g.valid_to) == days]
    if not mine:
        return Gone("stands in no more")
    names = {u.id: u.unit.name for u in await offices.units_of(session, owed.office_id)}
    roles = tuple((g.role, names.get(g.unit_id, "") if g.unit_id else "") for g in mine)
    return StandInMessage(owed.id, await reports.person_name(session, by), roles, first, last)


async def merged(session: AsyncSession, owed: Owed) -> UnitsMergedMessage | Gone:
    """Tell two units that one of them is part of the other now."""
    names = {u.id: u.unit.name for u in await offices.units_of(session, owed.office_id)}
    old, new = owed.payload.get("old"), owed.subject_id
    if old not in names or new not in names:
        return Gone("no such unit")
    codes = []
    for part_id in owed.payload.get("parts", ()):
        part = await parts.find_part(session, owed.office_id, part_id)
        if part is not None and part.unit_id == new and not part.closed:
            codes.append(part.code)
    return UnitsMergedMessage(owed.id, names[old], names[new], tuple(dict.fromkeys(codes)))
