"""/ke_hoach_moi: the next plan begins as a draft made from this one."""

import datetime as dt
from dataclasses import replace

from bot.domain.days import office_date
from bot.domain.deadline import DateDeadline, Deadline, Period, Recurring
from bot.domain.deadline_json import deadline_from_json
from bot.domain.errors import UserError
from bot.domain.next_year import later_day, later_deadline, later_text
from bot.domain.plan import PlanItem, PlanReading, UnitDeadline, UnitRef
from bot.domain.problem import N_, Problem, problem
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from bot.services.change_steps import (
    TYPED,
    Ask,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Ready,
    Words,
    choose,
    words,
)
from bot.services.loading import DraftKey, stamp_of
from bot.services.plans import keep_reading
from bot.services.rules import rules_of
from storage import item_changes, offices, parts, plans
from storage.audit_rows import change_row
from storage.models import DeadlineRow, ItemRow, ItemUnitRow, PlanRow
from storage.rows import StoredUnit, identity

NO_PLAN = N_("There is no plan to begin the next one from. Nothing has changed.")
WHICH = N_("From which plan does the next one begin?")
BEGUN = N_("The next plan from “{title}” is in use already. Nothing has changed.")
THERE = N_("There is a draft that continues this plan already: “{title}”.")
REPLACED = N_("⚠️ The draft “{title}” is replaced; what was changed in it is lost.")
BESIDE = N_("The draft “{title}” stays beside it.")
BAD_YEAR = N_("Write a year after {year}. Nothing has changed.")
CHECK = N_("Moved from {old} to {new}: check the date.")


async def _from(at: At) -> tuple[PlanRow, int]:
    """Return the plan to begin from, and by how many years it moves."""
    found = await item_changes.plans_in(
        at.session, at.viewer.office_id, PlanState.CLOSED, PlanState.ACTIVE
    )
    if not found:
        raise UserError(NO_PLAN)
    if len(found) == 1:
        at.args["plan"] = found[0].id
    choices = tuple(Choice(words(N_("{text}"), text=plan.title), plan.id) for plan in found)
    wanted = choose(at, "plan", words(WHICH), choices)
    plan = next((one for one in found if one.id == wanted), None)
    if plan is None:
        raise UserError(NO_PLAN)
    if any(one.previous_id == plan.id for one in found):
        raise UserError(BEGUN, title=plan.title)
    span = plan.ends_on.year - plan.starts_on.year + 1
    typed = str(at.args.pop(f"{TYPED}year", "") or at.args.get("year") or plan.year + span)
    if not typed.isdecimal() or not plan.year < int(typed) <= plan.year + 50:
        raise UserError(BAD_YEAR, year=plan.year)
    at.args["year"] = typed
    return plan, int(typed) - plan.year


async def _draft_there(at: At, plan: PlanRow) -> PlanRow | None:
    """Return a draft that continues the plan: of the year asked for, else the newest."""
    drafts = await item_changes.plans_in(at.session, at.viewer.office_id, PlanState.DRAFT)
    found = [draft for draft in drafts if draft.previous_id == plan.id]
    same = (draft for draft in found if draft.year == int(at.args["year"]))
    return next(same, found[0] if found else None)


async def _another(at: At, plan: PlanRow) -> list[Words]:
    """Ask whether another draft is wanted beside the one there is; return what becomes of that.

    Raises:
        NeedsAnswer: it was not said yet.
    """
    draft = await _draft_there(at, plan)
    if draft is None:
        return []
    key = DraftKey(identity(draft.id), stamp_of(draft.loaded_at))
    choices = (
        Choice(words(N_("View the draft")), False, key),
        Choice(words(N_("Make another one")), True),
    )
    question = words(THERE, title=draft.title)
    if not choose(at, "another", question, choices):
        raise NeedsAnswer(Ask("another", question, choices, typed=False))
    replaced = draft.year == int(at.args["year"])
    return [words(REPLACED if replaced else BESIDE, title=draft.title)]


async def look(at: At) -> Ready:
    """Read back what the draft will hold."""
    plan, years = await _from(at)
    there = await _another(at, plan)
    reading = await _reading(at, plan, years)
    dated = sum(any(p.msgid == CHECK for p in item.problems) for item in reading.items)
    lines = (
        words(N_("From: “{title}”"), title=plan.title),
        words(N_("From {first} to {last}"), first=reading.period.start, last=reading.period.end),
        words(N_("Tasks with their units: {count}"), count=len(reading.items)),
        words(N_("Dates moved, each marked to be checked: {count}"), count=dated),
        words(N_("It becomes a draft: nobody is reminded until you activate it.")),
        *there,
    )
    return Ready(words(N_("Begin the plan of {year}?"), year=at.args["year"]), lines)


async def apply(at: At) -> Done:
    """Store the draft, linked to the plan it continues and with its settings."""
    plan, years = await _from(at)
    reading = await _reading(at, plan, years)
    plan_id = identity(plan.id)
    rules = await rules_of(at.session, at.viewer.office_id, plan_id)
    source = f"plan {plan_id} moved by {years}".encode()
    draft_id = await keep_reading(at.session, at.act, reading, source, plan.source_name, rules)
    draft = await item_changes.plan_row(at.session, draft_id)
    await change_row(
        at.session,
        at.act,
        "plan.continue",
        draft,
        previous_id=plan_id,
        settings=dict(plan.settings) if plan.settings else None,
    )
    secret = {row.code for row in await plans.items_of_plan(at.session, plan_id) if row.secret}
    for row in await plans.items_of_plan(at.session, draft_id):
        if row.code in secret:
            await change_row(at.session, at.act, "item.secret", row, secret=True)
    said = words(N_("The draft of {year} is ready to be looked through."), year=at.args["year"])
    return Done(said, draft=DraftKey(draft_id, stamp_of(at.act.now)))


async def _reading(at: At, plan: PlanRow, years: int) -> PlanReading:
    """Return the plan as if the next one had been read from a file."""
    plan_id = identity(plan.id)
    period = Period(later_day(plan.starts_on, years), later_day(plan.ends_on, years))
    named = await plans.item_units(at.session, plan_id)
    deadlines = await plans.deadlines_of_plan(at.session, plan_id)
    occurrences = await plans.occurrences_of_plan(at.session, plan_id)
    every = await offices.units_of(at.session, at.viewer.office_id)
    still = await _still_wanted(at, plan_id)
    before = {key: any(row.before for row in rows) for key, rows in occurrences.items()}
    items = [
        _item(row, named, deadlines, before, Moving(period, years, Successors(every, at.today)))
        for row in await plans.items_of_plan(at.session, plan_id)
        if row.id in still
    ]
    return PlanReading(later_text(plan.title, years), period, tuple(items))


async def _still_wanted(at: At, plan_id: int) -> set[int]:
    """Return the items to take over: not what was dropped, nor what was added and is done."""
    wanted: set[int] = set()
    added = {row.id for row in await plans.items_of_plan(at.session, plan_id) if row.added_at}
    for part in await parts.parts_of_plan(at.session, plan_id):
        done = part.progress is Progress.DONE and part.item_id in added
        if part.progress is not Progress.DROPPED and not done:
            wanted.add(part.item_id)
    return wanted


class Successors:
    """Which unit has the work of which: merged units give it to their heir."""

    def __init__(self, units: list[StoredUnit], today: dt.date) -> None:
        self._by_id = {stored.id: stored for stored in units}
        self._by_name = {stored.unit.name: stored for stored in units}
        self._today = today

    def ref(self, written: str, unit_id: int | None, *, collective: bool) -> UnitRef:
        """Return the unit as the next plan names it; an ended one is asked about."""
        stored = self._by_id.get(unit_id or 0) or self._by_name.get(written)
        for _ in range(len(self._by_id)):
            if stored is None or stored.alive(self._today):
                break
            stored = self._by_id.get(stored.merged_into or 0)
        if stored is None:
            return UnitRef(written, collective=collective)
        return UnitRef(stored.unit.name, certain=True)


class Moving:
    """Moves deadlines by some years into a period, and marks the dates that moved."""

    def __init__(self, period: Period, years: int, units: Successors) -> None:
        self.period, self.years, self.units = period, years, units

    def deadline(self, row: DeadlineRow, *, before: bool) -> tuple[Deadline, list[Problem]]:
        """Return a deadline moved, and what is to be checked of it."""
        old = deadline_from_json(row.value)
        if isinstance(old, DateDeadline | Recurring):
            old = replace(old, before=before)
        new = later_deadline(old, self.period, self.years)
        if isinstance(old, DateDeadline) and isinstance(new, DateDeadline):
            days = {"old": office_date(old.due), "new": office_date(new.due)}
            return new, [problem(CHECK, **days)]
        return new, []


def _item(
    row: ItemRow,
    named: dict[int, list[ItemUnitRow]],
    deadlines: dict[int, list[DeadlineRow]],
    before: dict[int, bool],
    moving: Moving,
) -> PlanItem:
    item_id = identity(row.id)
    own: list[Deadline] = []
    internal: list[UnitDeadline] = []
    problems: list[Problem] = []
    for stored in deadlines.get(item_id, []):
        moved, marks = moving.deadline(stored, before=before.get(identity(stored.id), False))
        problems += marks
        if not stored.internal:
            empty = stored.kind is DeadlineKind.UNSPECIFIED and not stored.value.get("text")
            own += [] if empty else [moved]
            continue
        refs = tuple(
            moving.units.ref(name, None, collective=bool(collective))
            for name, collective in stored.written_units
        )
        internal.append(UnitDeadline(refs, moved, moved.text))
    return PlanItem(
        row.code,
        row.section,
        later_text(row.title, moving.years),
        later_text(row.product, moving.years),
        deadline_text=later_text(row.deadline_text, moving.years),
        assignment_text=later_text(row.assignment_text, moving.years),
        deadlines=tuple(own),
        lead=_refs(named.get(item_id, []), Duty.LEAD, moving),
        cooperate=_refs(named.get(item_id, []), Duty.COOPERATE, moving),
        unit_deadlines=tuple(internal),
        problems=tuple(problems),
    )


def _refs(named: list[ItemUnitRow], duty: Duty, moving: Moving) -> tuple[UnitRef, ...]:
    found = [
        moving.units.ref(row.written, row.unit_id, collective=row.collective)
        for row in named
        if row.duty is duty
    ]
    return tuple(dict.fromkeys(found))


NEXT = Flow(look, apply, every_unit=True)
