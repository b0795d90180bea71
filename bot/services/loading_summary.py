"""What was understood of a plan, counted: for the chat after loading and for the command line."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.draft import Draft
from bot.domain.review import find_questions
from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import PlanState
from bot.domain.status import DueDay
from bot.domain.work import DeadlineKind, Duty
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.loading import DraftKey, access_draft, get_coordinator, key_of
from storage import chats, drafts, offices, people
from storage import plans as stored_plans
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan in numbers.

    `kinds` counts due days, rules and the other kinds of the deadline column; `internal` the
    deadlines of the assignment column. `past` counts due days that are over already.
    `without_chat` are units with a head here but no chat, `without_head` those with neither.
    """

    key: DraftKey
    title: str
    state: PlanState
    items: int
    sections: int
    kinds: Mapping[DeadlineKind, int]
    internal: int
    questions: int
    units: int
    without_chat: tuple[str, ...]
    without_head: tuple[str, ...]
    without_lead: int
    past: int


async def summary(db: Database, actor: Actor, key: DraftKey, now: dt.datetime) -> Summary:
    """Return the numbers of a draft, or of the plan that it became.

    Raises:
        NotFound: it was discarded or loaded anew.
        NotAllowed: not for this person.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        draft = await access_draft(session, viewer, key, active=True)
        return await _count(session, viewer.office_id, draft, local_day(now))


async def summary_of_plan(
    db: Database, office_id: int, plan_id: int, now: dt.datetime
) -> tuple[Draft, Summary]:
    """Return a plan of the office and its numbers, for whoever owns the machine."""
    async with db.read() as session:
        draft = await drafts.find_draft(session, office_id, plan_id)
        assert draft is not None  # it was just stored
        return draft, await _count(session, office_id, draft, local_day(now))


async def _count(session: AsyncSession, office_id: int, draft: Draft, today: dt.date) -> Summary:
    stored = await offices.units_of(session, office_id, on=today)
    own = [row for item in draft.items for row in item.deadlines if not row.internal]
    internal = sum(row.internal for item in draft.items for row in item.deadlines)
    lost, headless = await _unreached(session, office_id, today)
    return Summary(
        key_of(draft),
        draft.title,
        draft.state,
        len(draft.items),
        len({item.section for item in draft.items if item.section}),
        Counter(row.kind for row in own),
        internal,
        len(find_questions(draft, [unit.unit for unit in stored])),
        len(stored),
        lost,
        headless,
        sum(not item.named(Duty.LEAD) for item in draft.items),
        await _past(session, office_id, draft, today),
    )


async def _past(session: AsyncSession, office_id: int, draft: Draft, today: dt.date) -> int:
    """Return how many due days are over on `today`: nobody is reminded of them."""
    calendar = await calendar_of(session, office_id, today)
    plan = await stored_plans.get_plan(session, draft.id)
    found = await stored_plans.occurrences_of_plan(session, draft.id)
    return sum(
        DueDay(row.due, row.before, plan.weekend).late_after(calendar) < today
        for rows in found.values()
        for row in rows
        if row.due
    )


async def _unreached(
    session: AsyncSession, office_id: int, today: dt.date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the units whose heads get it in private, and those whose messages reach Văn phòng."""
    bound = await chats.bound_chats(session, office_id)
    private = await chats.private_chats(session, office_id)
    served = {unit_id for _, purpose, unit_id in bound if purpose is ChatPurpose.UNIT}
    lost: list[str] = []
    headless: list[str] = []
    for stored in await offices.units_of(session, office_id):
        if stored.id in served:
            continue
        heads = await people.holders(session, office_id, (Role.HEAD,), today, unit_id=stored.id)
        reached = any(head.id in private for head in heads)
        (lost if reached else headless).append(stored.unit.short or stored.unit.name)
    return tuple(lost), tuple(headless)
