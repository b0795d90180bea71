"""An item as it was read becomes rows: its units, deadlines and their occurrences."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Recurring, Relative
from bot.domain.plan import PlanItem
from bot.domain.problem import Problem
from bot.domain.work import DeadlineKind, Duty
from bot.intake.export import Json, deadline_to_json
from storage import plans
from storage.models import DeadlineRow, ItemRow, ItemUnitRow, MilestoneRow, OccurrenceRow


def problem_to_json(found: Problem) -> list[object]:
    """Return a problem as the tables keep it."""
    return [found.msgid, dict(found.params)]


async def store_item(
    session: AsyncSession,
    office_id: int,
    plan_id: int,
    position: int,
    item: PlanItem,
    ids: dict[str, int],
) -> int:
    """Store an item with its units, deadlines, occurrences and milestones; return its id.

    `ids` are the registered units' ids by name.
    """
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
            note=item.note,
            problems=[problem_to_json(p) for p in item.problems],
        ),
    )
    store_names(session, office_id, item_id, item, ids)
    for order, (deadline, units, internal) in enumerate(deadlines_in(item)):
        await store_deadline(
            session, office_id, item_id, order, deadline, units, internal=internal
        )
    return item_id


def store_names(
    session: AsyncSession, office_id: int, item_id: int, item: PlanItem, ids: dict[str, int]
) -> None:
    """Add the units that an item names, and the marks of its product column."""
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
    for mark in item.milestones:
        session.add(
            MilestoneRow(
                office_id=office_id,
                item_id=item_id,
                value=deadline_to_json(mark.deadline),
                text=mark.text,
            )
        )


def deadlines_in(item: PlanItem) -> list[tuple[Deadline | None, list[object], bool]]:
    """Return (deadline, units it binds, internal) as the tables keep them, in order.

    An item whose cell could not be read still owes something: it is listed without a date (None).
    """
    dated: tuple[Deadline | None, ...] = item.deadlines or (None,)
    main: list[tuple[Deadline | None, list[object], bool]] = [
        (deadline, [[name, False] for name in getattr(deadline, "units", ())], False)
        for deadline in dated
    ]
    return main + [
        (due.deadline, [[ref.name, ref.collective] for ref in due.units], True)
        for due in item.unit_deadlines
    ]


def kind_of(deadline: Deadline | None) -> DeadlineKind:
    """Return the kind a deadline is stored as; what could not be read has no date."""
    if isinstance(deadline, DateDeadline):
        return DeadlineKind.DATE
    if isinstance(deadline, Recurring):
        return DeadlineKind.RECURRING
    if isinstance(deadline, Relative):
        return DeadlineKind.RELATIVE
    return DeadlineKind.ONGOING if isinstance(deadline, Ongoing) else DeadlineKind.UNSPECIFIED


def value_of(deadline: Deadline | None) -> Json:
    """Return a deadline in the shape of `nhacviec read --json`."""
    if deadline is None:
        return {"kind": "unspecified", "ref": "", "text": ""}
    return deadline_to_json(deadline)


def days_of(deadline: Deadline | None) -> list[tuple[dt.date | None, dt.date | None]]:
    """Return (due, start) of every occurrence; (None, None) where there is no day."""
    if isinstance(deadline, DateDeadline):
        return [(deadline.due, deadline.start)]
    if isinstance(deadline, Recurring):
        return [(day, None) for day in deadline.dates]
    return [(None, None)]


def is_before(deadline: Deadline | None) -> bool:
    """Tell whether a deadline is of the "trước" class."""
    return isinstance(deadline, DateDeadline | Recurring) and deadline.before


async def store_deadline(
    session: AsyncSession,
    office_id: int,
    item_id: int,
    position: int,
    deadline: Deadline | None,
    written_units: list[object],
    *,
    internal: bool,
) -> int:
    """Store a deadline with its occurrences; return its id."""
    deadline_id = await plans.add_deadline(
        session,
        DeadlineRow(
            office_id=office_id,
            item_id=item_id,
            position=position,
            internal=internal,
            kind=kind_of(deadline),
            value=value_of(deadline),
            written_units=written_units,
        ),
    )
    for number, (due, start) in enumerate(days_of(deadline), start=1):
        session.add(
            OccurrenceRow(
                office_id=office_id,
                item_id=item_id,
                deadline_id=deadline_id,
                number=number,
                due=due,
                original_due=due,
                start=start,
                before=is_before(deadline),
            )
        )
    await session.flush()
    return deadline_id
