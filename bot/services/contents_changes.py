"""What a unit is told of a changed item, from the state of things when it is sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.reminder import Line
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import by_urgency
from bot.services import contents_items, contents_people
from bot.services.calendars import calendar_of
from bot.services.change_parts import OPEN, Changed
from bot.services.messages import Content, Gone
from bot.services.messages_changes import ItemChangedMessage, PlanClosedMessage
from storage import offices, parts, plans
from storage.rows import Owed

MOST_LINES = 5


async def changed(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    """Return what became of an item, for the units of one chat; or several new ones together."""
    if "items" in owed.payload:
        return await contents_items.given(session, owed, now)
    if owed.payload.get("what") == Changed.CLOSED:
        return await _closed(session, owed)
    if owed.payload.get("what") == Changed.MERGED:
        return await contents_people.merged(session, owed)
    item = await plans.find_item(session, owed.office_id, owed.subject_id or 0)
    if item is None:
        return Gone("no such item")
    what = owed.payload.get("what", Changed.EDITED)
    units = frozenset(owed.payload.get("units", ()))
    today = local_day(now)
    calendar = await calendar_of(session, owed.office_id, today)
    every = [p for p in await parts.parts_of_item(session, item.id) if not p.taken_back]
    own = [part for part in every if (part.unit_id or 0) in units]
    still = [part for part in own if part.progress in OPEN]
    if not still and what in (Changed.EVENT, Changed.DATED, Changed.GIVEN, Changed.ADDED):
        return Gone("nothing of it is open any more")
    dropped = [part for part in own if part.progress is Progress.DROPPED]
    if what == Changed.DROPPED and not dropped:
        return Gone("it is carried out again")
    names = [u.unit.name for u in await offices.units_of(session, owed.office_id) if u.id in units]
    said = owed.payload.get("day")
    day = dt.date.fromisoformat(said) if said else None
    only = owed.payload.get("occurrence")
    still = [part for part in still if part.occurrence_id == only] if only else still
    # Of what was just given a day, only that day is news.
    still = [part for part in still if part.due == day] or still if day else still
    return ItemChangedMessage(
        owed.id,
        what,
        item,
        tuple(names),
        tuple(Line(p, p.standing(today, calendar)) for p in by_urgency(still)[:MOST_LINES]),
        day,
        today,
        decision=dropped[-1].decision if dropped and not item.secret else "",
    )


async def _closed(session: AsyncSession, owed: Owed) -> Content | Gone:
    plan = await plans.find_plan(session, owed.office_id, owed.subject_id or 0)
    if plan is None or plan.state is not PlanState.CLOSED:
        return Gone("the plan is in use")

    async def codes(name: str) -> tuple[str, ...]:
        found = [
            await plans.find_item(session, owed.office_id, item_id)
            for item_id in owed.payload.get(name, ())
        ]
        return tuple(item.code for item in found if item is not None)

    decision = str(owed.payload.get("decision") or "")
    carried, dropped = await codes("carried"), await codes("dropped")
    return PlanClosedMessage(owed.id, plan.title, carried, dropped, decision)
