"""What people look up: their work, what is overdue, an item's card."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.roles import OFFICE_WIDE, Viewer
from bot.domain.status import Progress
from bot.domain.work import Duty, Part, by_urgency, current
from bot.domain.workdays import Calendar
from bot.services.access import NO_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.cards import card_of
from bot.services.invitations import find_unit
from bot.services.messages import Card, OverdueList, WorkList
from storage import offices, parts, plans
from storage.db import Database

NO_UNIT = N_("There is no unit “{name}” here.")
NO_OWN_UNIT = N_("You have no unit here yet. Ask Văn phòng for a code.")
NOT_YOURS = N_("Here I only show the items of your own unit.")


def lines_of(found: Iterable[Part], today: dt.date, calendar: Calendar) -> tuple[Line, ...]:
    """Return the parts with where they stand, most urgent first."""
    return tuple(Line(part, part.standing(today, calendar)) for part in by_urgency(found))


async def my_work(db: Database, actor: Actor, now: dt.datetime) -> WorkList:
    """Return the open parts of the chat's units, else of the person's own.

    Who has no unit but reads everything sees the open parts of all units.

    Raises:
        NotFound: a stranger.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        units = viewer.own_units()
        if not units and not viewer.sees_every_unit():
            raise NotFound(NO_OWN_UNIT)
        found = await parts.open_parts(session, viewer.office_id, unit_ids=units or None)
        names = [
            u.unit.name for u in await offices.units_of(session, viewer.office_id) if u.id in units
        ]
        calendar = await calendar_of(session, viewer.office_id, today)
    shown = current(found, today, calendar)
    return WorkList(today, tuple(names), lines_of(shown, today, calendar))


async def overdue(db: Database, actor: Actor, unit_name: str, now: dt.datetime) -> OverdueList:
    """Return what is overdue: of the named unit, else of all units the viewer may compare here.

    A unit's chat, and a member of staff in private, see their own rows only.

    Raises:
        NotFound: a stranger, or an unknown unit.
        NotAllowed: another unit's rows, in a chat that is not for them.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        asked = await _asked_units(session, viewer, unit_name)
        found = await parts.open_parts(session, viewer.office_id, unit_ids=asked)
        calendar = await calendar_of(session, viewer.office_id, today)
        units = await offices.units_of(session, viewer.office_id)
    awaiting = sum(part.progress is Progress.AWAITING_CONFIRMATION for part in found)
    late = [part for part in found if part.overdue(today, calendar)]
    name = next((u.unit.name for u in units if asked and {u.id} == asked), None)
    return OverdueList(
        now,
        name,
        lines_of(late, today, calendar),
        awaiting,
        sum(part.unsettled and part.duty is not Duty.COOPERATE for part in found)
        if viewer.has(*OFFICE_WIDE)
        else 0,
    )


async def _asked_units(
    session: AsyncSession, viewer: Viewer, unit_name: str
) -> frozenset[int] | None:
    if not unit_name:
        return None if viewer.sees_lateness_of_all() else viewer.own_units()
    unit = find_unit(await offices.units_of(session, viewer.office_id), unit_name)
    if unit is None:
        raise NotFound(NO_UNIT, name=unit_name)
    if not viewer.sees_lateness_of_all() and unit.id not in viewer.own_units():
        raise NotAllowed(NOT_YOURS)
    return frozenset({unit.id})


async def items_called(
    db: Database, actor: Actor, code: str, now: dt.datetime
) -> Sequence[tuple[int, str]]:
    """Return (item, plan title) of the items with this code that the viewer may see.

    Raises:
        NotFound: there is none.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = []
        for item_id, plan in await plans.items_with_code(session, viewer.office_id, code):
            try:
                await access_item(session, viewer, item_id)
            except NotFound:
                continue
            found.append((item_id, plan.title))
    if not found:
        raise NotFound(NO_ITEM, code=code)
    return found


async def card(db: Database, actor: Actor, item_id: int, now: dt.datetime) -> Card:
    """Return an item's card as the viewer may see it.

    Raises:
        NotFound: a stranger, or no such item for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await card_of(session, viewer, item_id, local_day(now))
