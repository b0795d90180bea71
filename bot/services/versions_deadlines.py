"""Writing the deadlines of a newer version over an item's own; occurrences stay or move."""

from bot.domain.deadline import Deadline
from bot.domain.deadline_json import deadline_from_json
from bot.domain.states import PlanState
from bot.domain.succession import Stored, Succession, Written, match_deadlines, succeed
from bot.domain.work import DeadlineKind
from bot.services.plan_items import days_of, is_before, kind_of, store_deadline, value_of
from bot.services.versions_parts import Change, Slot, drop_all
from storage import plans, versions
from storage.models import DeadlineRow, OccurrenceRow
from storage.rows import identity

Spec = tuple[Deadline | None, list[object], bool]


async def change_deadlines(change: Change, item_id: int, specs: list[Spec]) -> list[Slot]:
    """Write the new deadlines over the old ones, and return every day that stands now."""
    session = change.session
    rows = (await plans.deadlines_of_plan(session, change.plan.id)).get(item_id, [])
    pairs = match_deadlines([_written(row) for row in rows], [_spec(spec) for spec in specs])
    if change.plan.state is PlanState.DRAFT:
        pairs = {}  # nothing rests on a draft's dates
    slots: list[Slot] = []
    for place, (deadline, units, internal) in enumerate(specs):
        if place in pairs:
            slots += await _succeed(change, rows[pairs[place]], place, (deadline, units, internal))
            continue
        key = await store_deadline(
            session, change.plan.office_id, item_id, place, deadline, units, internal=internal
        )
        fresh = [one for one in await stored_days(change, item_id) if one[0].id == key]
        slots += [Slot(row, one, one.due, fresh=True) for row, one in fresh]
    occurrences = await versions.occurrences_of_item(session, item_id)
    for at, row in enumerate(rows):
        if at not in pairs.values():
            row.removed_at = change.act.now
            session.add(row)
            await drop_all(change, [one for one in occurrences if one.deadline_id == row.id])
    await session.flush()
    return slots


def _written(row: DeadlineRow) -> Written:
    days = tuple(due for due, _ in days_of(deadline_from_json(row.value)))
    return Written(row.value, days, tuple(name for name, _ in row.written_units), row.internal)


def _spec(spec: Spec) -> Written:
    deadline, units, internal = spec
    days = tuple(due for due, _ in days_of(deadline))
    return Written(value_of(deadline), days, tuple(one[0] for one in units), internal)  # type: ignore[index]


async def _succeed(change: Change, row: DeadlineRow, place: int, spec: Spec) -> list[Slot]:
    session, (deadline, units, _) = change.session, spec
    found = [
        one
        for one in await versions.occurrences_of_item(session, row.item_id)
        if one.deadline_id == row.id
    ]
    stored = [
        Stored(identity(one.id), one.due, one.original_due)
        for one in found
        if one.event_on is None
    ]
    result = succeed(_written(row).days, stored, [due for due, _ in days_of(deadline)])
    row.kind, row.value, row.written_units = kind_of(deadline), value_of(deadline), units
    row.position = place
    session.add(row)
    happened = [one for one in found if one.event_on is not None]
    gone = [one for one in found if one.id in result.dropped]
    if row.kind is DeadlineKind.RELATIVE:
        kept = [Slot(row, one, one.due, one.start, one.before) for one in happened]
    else:
        kept, gone = [], gone + happened
    await drop_all(change, gone)
    return await _slots(change, row, found, result, deadline) + kept


async def _slots(
    change: Change,
    row: DeadlineRow,
    found: list[OccurrenceRow],
    result: Succession,
    deadline: Deadline | None,
) -> list[Slot]:
    starts, before = dict(days_of(deadline)), is_before(deadline)
    by_id = {identity(one.id): one for one in found}
    number = max((one.number for one in found), default=0)
    slots = []
    for day, key in result.days:
        if key is not None:
            moved = key in result.moved
            was = result.was.get(key)
            slots.append(Slot(row, by_id[key], day, starts[day], before, was, moved))
            continue
        number += 1
        fresh = OccurrenceRow(
            office_id=row.office_id,
            item_id=row.item_id,
            deadline_id=identity(row.id),
            number=number,
            due=day,
            original_due=day,
            start=starts[day],
            before=before,
        )
        change.session.add(fresh)
        await change.session.flush()
        slots.append(Slot(row, fresh, day, fresh=True))
    return slots


async def stored_days(change: Change, item_id: int) -> list[tuple[DeadlineRow, OccurrenceRow]]:
    """Return the deadlines of an item that stand, each with its occurrences."""
    deadlines = await plans.deadlines_of_plan(change.session, change.plan.id)
    by_deadline = await plans.occurrences_of_plan(change.session, change.plan.id)
    return [
        (deadline, occurrence)
        for deadline in deadlines.get(item_id, [])
        for occurrence in by_deadline.get(identity(deadline.id), [])
    ]
