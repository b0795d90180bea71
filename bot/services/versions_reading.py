"""A stored plan as it would be read: the old side of a comparison, and drafts as versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import DateDeadline, Deadline, Recurring, Unspecified
from bot.domain.deadline_json import deadline_from_json
from bot.domain.plan import Milestone, PlanItem, UnitDeadline, UnitRef
from bot.domain.problem import Problem
from bot.domain.work import Duty
from storage import plans, versions
from storage.models import DeadlineRow, ItemRow, ItemUnitRow, MilestoneRow, OccurrenceRow
from storage.rows import identity


async def items_of(session: AsyncSession, plan_id: int) -> dict[int, PlanItem]:
    """Return the items of a stored plan by their ids, in order, without those removed."""
    named = await plans.item_units(session, plan_id)
    deadlines = await plans.deadlines_of_plan(session, plan_id)
    occurrences = await plans.occurrences_of_plan(session, plan_id)
    marks = await versions.milestones_of_plan(session, plan_id)
    found: dict[int, PlanItem] = {}
    for row in await plans.items_of_plan(session, plan_id):
        key = identity(row.id)
        item = _item(row, named.get(key, ()), marks.get(key, ()))
        found[key] = _with_deadlines(item, deadlines.get(key, ()), occurrences)
    return found


def _item(row: ItemRow, named: Sequence[ItemUnitRow], marks: Sequence[MilestoneRow]) -> PlanItem:
    def refs(duty: Duty) -> tuple[UnitRef, ...]:
        return tuple(
            UnitRef(one.written, certain=one.unit_id is not None, collective=one.collective)
            for one in named
            if one.duty is duty
        )

    return PlanItem(
        row.code,
        row.section,
        row.title,
        row.product,
        row.deadline_text,
        row.assignment_text,
        lead=refs(Duty.LEAD),
        cooperate=refs(Duty.COOPERATE),
        note=row.note,
        milestones=tuple(Milestone(deadline_from_json(one.value), one.text) for one in marks),
        problems=tuple(
            Problem(msgid, tuple((name, str(value)) for name, value in params.items()))
            for msgid, params in row.problems
        ),
    )


def _with_deadlines(
    item: PlanItem,
    rows: Sequence[DeadlineRow],
    occurrences: Mapping[int, Sequence[OccurrenceRow]],
) -> PlanItem:
    main: list[Deadline] = []
    internal: list[UnitDeadline] = []
    for row in rows:
        deadline = deadline_of(row, occurrences.get(identity(row.id), ()))
        if row.internal:
            refs = tuple(
                UnitRef(name, certain=not collective, collective=bool(collective))
                for name, collective in row.written_units
            )
            internal.append(UnitDeadline(refs, deadline, deadline.text))
        elif not (isinstance(deadline, Unspecified) and not deadline.ref and not deadline.text):
            main.append(deadline)
    return replace(item, deadlines=tuple(main), unit_deadlines=tuple(internal))


def deadline_of(row: DeadlineRow, occurrences: Sequence[OccurrenceRow]) -> Deadline:
    """Return a stored deadline; "trước" is kept with its occurrences, its units beside it."""
    deadline = deadline_from_json(row.value)
    if not isinstance(deadline, DateDeadline | Recurring):
        return deadline
    units = () if row.internal else tuple(name for name, _ in row.written_units)
    return replace(deadline, before=any(one.before for one in occurrences), units=units)
