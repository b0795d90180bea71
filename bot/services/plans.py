"""Plans: storing what was read, and activating it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.collectives import members
from bot.domain.days import local_day
from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Recurring, Relative
from bot.domain.errors import NotFound, UserError
from bot.domain.plan import PlanItem, PlanReading, UnitRef
from bot.domain.problem import N_, Problem, problem
from bot.domain.states import PlanState
from bot.domain.status import DueDay, Progress
from bot.domain.work import DeadlineKind, Duty
from bot.intake.export import deadline_to_json
from bot.services.calendars import calendar_of
from storage import offices, plans
from storage.audit import Act, record
from storage.db import Database
from storage.models import (
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    PlanRow,
)
from storage.rows import PlanFacts, StoredUnit

# From this likeness (0 to 100) on, loading without questions takes a suggested unit as meant.
TAKEN_FROM = 85.0


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


def taken_for_granted(reading: PlanReading) -> tuple[PlanReading, tuple[Problem, ...]]:
    """Return the reading with every close suggestion of a unit accepted, and a line for each."""
    notes: list[Problem] = []

    def settle(item: PlanItem, refs: tuple[UnitRef, ...]) -> tuple[UnitRef, ...]:
        settled = []
        for ref in refs:
            if not ref.certain and ref.suggestion and (ref.score or 0) >= TAKEN_FROM:
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
) -> Loaded:
    """Store a reading as a draft; loading the same file again replaces its draft.

    Raises:
        UserError: the file was loaded and activated before, or holds no item.
    """
    if not reading.items:
        raise UserError(N_("No item was found in this file, so nothing was loaded."))
    taken: tuple[Problem, ...] = ()
    if accept_suggestions:
        reading, taken = taken_for_granted(reading)
    digest = hashlib.sha256(source).hexdigest()
    async with db.begin() as session:
        known = await plans.find_plan_of_file(session, office_id, digest)
        if known is not None and known.state is not PlanState.DRAFT:
            raise UserError(
                N_("This file was loaded and activated before: “{title}”. Nothing has changed."),
                title=known.title,
            )
        if known is not None:
            await plans.remove_draft(session, known.id)
        plan_id = await plans.add_plan(
            session,
            PlanRow(
                office_id=office_id,
                title=reading.title,
                year=reading.period.year,
                starts_on=reading.period.start,
                ends_on=reading.period.end,
                source_name=source_name,
                source_sha256=digest,
                problems=[_as_json(p) for p in reading.problems],
                loaded_at=now,
            ),
        )
        ids = {u.unit.name: u.id for u in await offices.units_of(session, office_id)}
        for position, item in enumerate(reading.items, start=1):
            await _store_item(session, office_id, plan_id, position, item, ids)
        await record(
            session,
            Act(office_id, now),
            "plan.load",
            "plan",
            plan_id,
            after={"items": len(reading.items), "sha256": digest},
        )
    return Loaded(plan_id, taken)


def _as_json(found: Problem) -> list[object]:
    return [found.msgid, dict(found.params)]


async def _store_item(
    session: AsyncSession,
    office_id: int,
    plan_id: int,
    position: int,
    item: PlanItem,
    ids: dict[str, int],
) -> None:
    item_id = await plans.add_item(
        session,
        ItemRow(
            office_id=office_id,
            plan_id=plan_id,
            position=position,
            code=item.code,
            section=item.section,
            title=item.title,
            product=item.product,
            deadline_text=item.deadline_text,
            assignment_text=item.assignment_text,
            problems=[_as_json(p) for p in item.problems],
        ),
    )
    for duty, refs in ((Duty.LEAD, item.lead), (Duty.COOPERATE, item.cooperate)):
        for order, ref in enumerate(refs):
            session.add(
                ItemUnitRow(
                    office_id=office_id,
                    item_id=item_id,
                    position=order,
                    duty=duty,
                    written=ref.name,
                    collective=ref.collective,
                    unit_id=ids.get(ref.name) if ref.certain else None,
                )
            )
    # An item whose cell could not be read still owes something: it is listed without a date.
    dated: tuple[Deadline | None, ...] = item.deadlines or (None,)
    for order, deadline in enumerate(dated):
        bound = getattr(deadline, "units", ())
        await _store_deadline(
            session, office_id, item_id, order, deadline, [[name, False] for name in bound]
        )
    for order, due in enumerate(item.unit_deadlines, start=len(dated)):
        refs_json: list[object] = [[ref.name, ref.collective] for ref in due.units]
        await _store_deadline(
            session, office_id, item_id, order, due.deadline, refs_json, internal=True
        )
    for mark in item.milestones:
        session.add(
            MilestoneRow(
                office_id=office_id,
                item_id=item_id,
                value=deadline_to_json(mark.deadline),
                text=mark.text,
            )
        )


def _kind(deadline: Deadline | None) -> DeadlineKind:
    if isinstance(deadline, DateDeadline):
        return DeadlineKind.DATE
    if isinstance(deadline, Recurring):
        return DeadlineKind.RECURRING
    if isinstance(deadline, Relative):
        return DeadlineKind.RELATIVE
    return DeadlineKind.ONGOING if isinstance(deadline, Ongoing) else DeadlineKind.UNSPECIFIED


async def _store_deadline(
    session: AsyncSession,
    office_id: int,
    item_id: int,
    position: int,
    deadline: Deadline | None,
    written_units: list[object],
    *,
    internal: bool = False,
) -> None:
    value = {"kind": "unspecified", "ref": "", "text": ""}
    deadline_id = await plans.add_deadline(
        session,
        DeadlineRow(
            office_id=office_id,
            item_id=item_id,
            position=position,
            internal=internal,
            kind=_kind(deadline),
            value=deadline_to_json(deadline) if deadline else value,
            written_units=written_units,
        ),
    )
    days: list[tuple[dt.date | None, dt.date | None]] = [(None, None)]
    if isinstance(deadline, DateDeadline):
        days = [(deadline.due, deadline.start)]
    elif isinstance(deadline, Recurring):
        days = [(day, None) for day in deadline.dates]
    before = isinstance(deadline, DateDeadline | Recurring) and deadline.before
    for number, (due, start) in enumerate(days, start=1):
        session.add(
            OccurrenceRow(
                office_id=office_id,
                item_id=item_id,
                deadline_id=deadline_id,
                number=number,
                due=due,
                original_due=due,
                start=start,
                before=before,
            )
        )
    await session.flush()


async def activate(db: Database, office_id: int, plan_id: int, now: dt.datetime) -> Activated:
    """Turn a draft into an active plan: from today on it reminds.

    Collective terms become member units and stay so for this plan. What is past already is shown
    to Văn phòng once and reminds nobody.

    Raises:
        NotFound: there is no such draft.
    """
    today = local_day(now)
    async with db.begin() as session:
        plan = await plans.find_plan(session, office_id, plan_id)
        if plan is None or not await plans.activate(session, plan_id, now):
            raise NotFound(N_("There is no draft to activate."))
        plan = replace(plan, state=PlanState.ACTIVE, activated_at=now)
        done = await _make_parts(session, plan, today)
        act = Act(office_id, now)
        await record(session, act, "plan.activate", "plan", plan_id, after={"parts": done.parts})
    return done


async def _make_parts(session: AsyncSession, plan: PlanFacts, today: dt.date) -> Activated:
    units = await offices.units_of(session, plan.office_id)
    calendar = await calendar_of(session, plan.office_id, today)
    named = await plans.item_units(session, plan.id)
    deadlines = await plans.deadlines_of_plan(session, plan.id)
    occurrences = await plans.occurrences_of_plan(session, plan.id)
    items = await plans.items_of_plan(session, plan.id)
    past = count = 0
    unassigned: list[str] = []
    for item in items:
        item_id = item.id or 0
        share = _Shares.of(named.get(item_id, []), deadlines.get(item_id, []), units)
        if not share.leads:
            unassigned.append(item.code)
        held: set[tuple[int | None, dt.date]] = set()
        for deadline in deadlines.get(item_id, []):
            for occurrence in occurrences.get(deadline.id or 0, []):
                day = (
                    DueDay(occurrence.due, occurrence.before, plan.weekend)
                    if occurrence.due
                    else None
                )
                owing = [
                    (unit_id, duty)
                    for unit_id, duty in share.of_deadline(deadline)
                    # A lead whose internal date is the main date has one part, not two.
                    if occurrence.due is None or (unit_id, occurrence.due) not in held
                ]
                if owing and day and day.late_after(calendar) < today:
                    occurrence.unsettled = True
                    past += 1
                progress = (
                    Progress.WAITING_EVENT
                    if deadline.kind is DeadlineKind.RELATIVE
                    else Progress.NOT_STARTED
                )
                for unit_id, duty in owing:
                    if occurrence.due:
                        held.add((unit_id, occurrence.due))
                    await plans.add_part(
                        session, plan.office_id, occurrence.id or 0, unit_id, duty, progress
                    )
                    count += 1
    await session.flush()
    return Activated(plan.title, len(items), count, past, tuple(unassigned))


@dataclass(frozen=True, slots=True)
class _Shares:
    """Which units have which duty in one item, by id; None is "nobody yet"."""

    leads: tuple[int, ...]
    cooperating: tuple[int, ...]
    dated: frozenset[int]
    units: tuple[StoredUnit, ...]
    beside: tuple[str, ...]

    @classmethod
    def of(
        cls, named: list[ItemUnitRow], deadlines: list[DeadlineRow], units: list[StoredUnit]
    ) -> "_Shares":
        beside = tuple(row.written for row in named if row.unit_id is not None)
        bare = cls((), (), frozenset(), tuple(units), beside)

        def ids(duty: Duty) -> tuple[int, ...]:
            found: list[int] = []
            for row in named:
                if row.duty is duty:
                    found += (
                        [row.unit_id]
                        if row.unit_id is not None
                        else bare.resolve(row.written, collective=row.collective)
                    )
            return tuple(dict.fromkeys(found))

        leads = ids(Duty.LEAD)
        dated = frozenset(
            unit_id for row in deadlines if row.internal for unit_id in bare.written(row)
        )
        cooperating = tuple(u for u in ids(Duty.COOPERATE) if u not in leads)
        return replace(bare, leads=leads, cooperating=cooperating, dated=dated)

    def resolve(self, name: str, *, collective: bool) -> list[int]:
        """Return the ids of the units a name means; a collective means its members."""
        exact = [stored.id for stored in self.units if stored.unit.name == name]
        if exact or not collective:
            return exact
        found = members(name, [stored.unit for stored in self.units], self.beside) or ()
        return [stored.id for stored in self.units if stored.unit in found]

    def written(self, deadline: DeadlineRow) -> list[int]:
        """Return the ids of the units that a deadline names itself."""
        return list(
            dict.fromkeys(
                unit_id
                for name, _ in deadline.written_units
                for unit_id in self.resolve(name, collective=True)
            )
        )

    def of_deadline(self, deadline: DeadlineRow) -> list[tuple[int | None, Duty]]:
        """Return who has a part in each occurrence of a deadline, and why."""
        if deadline.internal:
            own: list[int | None] = [*self.written(deadline)]
            return [(unit_id, Duty.INTERNAL) for unit_id in own or [None]]
        bound = self.written(deadline) or self.leads
        parts: list[tuple[int | None, Duty]] = [(unit_id, Duty.LEAD) for unit_id in bound]
        # Somebody must be told even where nobody is assigned: Văn phòng is.
        parts = parts or [(None, Duty.LEAD)]
        # A unit with a date of its own answers for that date, not for the main one.
        parts += [
            (unit_id, Duty.COOPERATE)
            for unit_id in self.cooperating
            if unit_id not in bound and unit_id not in self.dated
        ]
        return parts
