"""Plans: storing what was read, and activating it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.plan import PlanItem, PlanReading, UnitRef
from bot.domain.problem import N_, Problem, problem
from bot.domain.rules import DEFAULTS, Rules
from bot.domain.states import PlanState
from bot.domain.status import DueDay
from bot.domain.work import DeadlineKind
from bot.domain.workdays import Calendar, WeekendRule
from bot.services.calendars import calendar_of
from bot.services.office_settings import shift_before
from bot.services.plan_items import problem_to_json, store_item
from bot.services.rules import rules_of
from bot.services.shares import Held, Owing, Shares, first_progress
from storage import offices, plans
from storage.audit import Act, claim_update, record
from storage.audit_rows import insert_row
from storage.audit_values import columns
from storage.db import Database
from storage.models import OccurrenceRow, PlanRow
from storage.rows import PlanFacts, identity


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored draft: what was taken for granted, and how many items nobody is assigned to."""

    plan_id: int
    taken: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Activated:
    """What activating a plan led to: counts of items, parts, and of what was past already."""

    title: str
    items: int
    parts: int
    past: int
    unassigned: tuple[str, ...]


def taken_for_granted(
    reading: PlanReading, taken_from: float = DEFAULTS.suggestion_score
) -> tuple[PlanReading, tuple[Problem, ...]]:
    """Return the reading with every close suggestion of a unit accepted, and a line for each."""
    notes: list[Problem] = []

    def settle(item: PlanItem, refs: tuple[UnitRef, ...]) -> tuple[UnitRef, ...]:
        settled = []
        for ref in refs:
            if not ref.certain and ref.suggestion and (ref.score or 0) >= taken_from:
                notes.append(
                    problem(
                        N_("{code}: “{written}” was taken for {unit} (likeness {score})."),
                        code=item.code,
                        written=ref.name,
                        unit=ref.suggestion,
                        score=round(ref.score or 0),
                    )
                )
                ref = replace(ref, name=ref.suggestion, certain=True)
            settled.append(ref)
        return tuple(dict.fromkeys(settled))

    items = tuple(
        replace(
            item,
            lead=settle(item, item.lead),
            cooperate=settle(item, item.cooperate),
            unit_deadlines=tuple(
                replace(due, units=settle(item, due.units)) for due in item.unit_deadlines
            ),
        )
        for item in reading.items
    )
    return replace(reading, items=items), tuple(dict.fromkeys(notes))


async def store(
    db: Database,
    office_id: int,
    reading: PlanReading,
    source: bytes,
    source_name: str,
    now: dt.datetime,
    *,
    accept_suggestions: bool,
    by: Act | None = None,
) -> Loaded:
    """Store a reading as a draft; loading the same file again replaces its draft.

    `by` says who asked for it in a chat; None is the command line.

    Raises:
        UserError: the file was loaded and activated before, or holds no item.
        AlreadyHandled: the update of `by` has acted before.
    """
    if not reading.items:
        raise UserError(N_("No item was found in this file, so nothing was loaded."))
    taken: tuple[Problem, ...] = ()
    async with db.read() as session:
        rules = await rules_of(session, office_id)
    if accept_suggestions:
        reading, taken = taken_for_granted(reading, rules.suggestion_score)
    act = by or Act(office_id, now)
    async with db.begin() as session:
        await claim_update(session, act)
        plan_id = await keep_reading(session, act, reading, source, source_name, rules)
    return Loaded(plan_id, taken)


async def keep_reading(
    session: AsyncSession,
    act: Act,
    reading: PlanReading,
    source: bytes,
    source_name: str,
    rules: Rules,
) -> int:
    """Store a reading as a draft with the rules it begins with; return its id.

    Raises:
        UserError: the source was loaded and activated before.
    """
    digest = hashlib.sha256(source).hexdigest()
    known = await plans.find_plan_of_file(session, act.office_id, digest)
    if known is not None and known.state is not PlanState.DRAFT:
        raise UserError(
            N_("This file was loaded and activated before: “{title}”. Nothing has changed."),
            title=known.title,
        )
    if known is not None:
        await plans.remove_draft(session, known.id)
    row = PlanRow(
        office_id=act.office_id,
        title=reading.title,
        year=reading.period.year,
        starts_on=reading.period.start,
        ends_on=reading.period.end,
        source_name=source_name,
        source_sha256=digest,
        problems=[problem_to_json(p) for p in reading.problems],
        loaded_at=act.now,
        confirmation=rules.confirmation,
        weekend=WeekendRule(rules.weekend),
        before_counts=rules.before_counts,
    )
    # One entry for the plan: nobody acts on a draft's rows, and they are in its file.
    plan_id = await insert_row(session, act, "plan.load", row, items=len(reading.items))
    ids = {
        u.unit.name: u.id
        for u in await offices.units_of(session, act.office_id, on=local_day(act.now))
    }
    for position, item in enumerate(reading.items, start=1):
        await store_item(session, act.office_id, plan_id, position, item, ids)
    if rules.before_counts:
        await shift_before(session, act, plan_id, later=True)
    return plan_id


async def activate(
    db: Database, office_id: int, plan_id: int, now: dt.datetime, *, by: Act | None = None
) -> Activated:
    """Turn a draft into an active plan: from today on it reminds.

    Collective terms become member units and stay so for this plan. What is past already is shown
    to Văn phòng once and reminds nobody.

    Raises:
        NotFound: there is no such draft.
    """
    today = local_day(now)
    act = by or Act(office_id, now)
    async with db.begin() as session:
        await claim_update(session, act)
        plan = await plans.find_plan(session, office_id, plan_id)
        if plan is None or not await plans.activate(session, plan_id, now):
            raise NotFound(N_("There is no draft to activate."))
        plan = replace(plan, state=PlanState.ACTIVE, activated_at=now)
        done = await make_parts(session, plan, today)
        # One entry again: what everybody owes follows from the draft and the units of this day.
        await record(
            session,
            act,
            "plan.activate",
            "plan",
            plan_id,
            before=columns(state=PlanState.DRAFT, activated_at=None),
            after={**columns(state=PlanState.ACTIVE, activated_at=now), "parts": done.parts},
        )
    return done


async def make_parts(
    session: AsyncSession, plan: PlanFacts, today: dt.date, only: frozenset[int] | None = None
) -> Activated:
    """Give everybody a part in what they owe: in the whole plan, or in `only` these items."""
    units = await offices.units_of(session, plan.office_id, on=today)
    calendar = await calendar_of(session, plan.office_id, today)
    named = await plans.item_units(session, plan.id)
    deadlines = await plans.deadlines_of_plan(session, plan.id)
    occurrences = await plans.occurrences_of_plan(session, plan.id)
    items = [
        item
        for item in await plans.items_of_plan(session, plan.id)
        if only is None or item.id in only
    ]
    past = count = 0
    unassigned: list[str] = []
    for item in items:
        item_id = item.id or 0
        share = Shares.of(named.get(item_id, []), deadlines.get(item_id, []), units)
        if not share.leads:
            unassigned.append(item.code)
        held: Held = set()
        for deadline in deadlines.get(item_id, []):
            for occurrence in occurrences.get(deadline.id or 0, []):
                owing = share.of_day(deadline, occurrence.due, held)
                if owing and is_past(occurrence, plan.weekend, calendar, today):
                    occurrence.unsettled = True
                    past += 1
                await add_parts(session, occurrence, owing, deadline.kind)
                count += len(owing)
    await session.flush()
    return Activated(plan.title, len(items), count, past, tuple(unassigned))


def is_past(
    occurrence: OccurrenceRow, weekend: WeekendRule, calendar: Calendar, today: dt.date
) -> bool:
    """Tell whether an occurrence would be late already on the local day `today`."""
    if occurrence.due is None:
        return False
    return DueDay(occurrence.due, occurrence.before, weekend).late_after(calendar) < today


async def add_parts(
    session: AsyncSession, occurrence: OccurrenceRow, owing: Owing, kind: DeadlineKind
) -> None:
    """Give everybody who owes something in an occurrence a part."""
    for unit_id, duty in owing:
        await plans.add_part(
            session,
            occurrence.office_id,
            identity(occurrence.id),
            unit_id,
            duty,
            first_progress(kind),
        )
