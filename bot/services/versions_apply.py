"""Applying the accepted changes of a newer version to a stored plan, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.deadline import Deadline
from bot.domain.deadline_json import deadline_from_json
from bot.domain.plan import PlanItem
from bot.domain.states import PlanState
from bot.intake.export import deadline_to_json
from bot.services.plan_items import deadlines_in, problem_to_json, store_item, store_names
from bot.services.shares import Held, Shares
from bot.services.versions_deadlines import change_deadlines, stored_days
from bot.services.versions_diff import ChangeKind, VersionDiff
from bot.services.versions_parts import Change, Slot, drop_all, reconcile
from storage import plans, versions
from storage.models import ItemRow
from storage.rows import StoredUnit, identity
from storage.secrecy import neutral_value


async def apply_changes(
    change: Change, diff: VersionDiff, items: Sequence[PlanItem], accepted: frozenset[str]
) -> None:
    """Apply the changes whose keys are accepted; `items` are the new version's, in its order."""
    session = change.session
    taken = [one for one in diff.changes if one.key in accepted]
    rows = {identity(row.id): row for row in await plans.items_of_plan(session, change.plan.id)}
    for one in taken:
        if one.kind is ChangeKind.REMOVED:
            await _remove(change, rows[one.item_id])
    changed = {one.item_id: one.place for one in taken if one.kind is ChangeKind.CHANGED}
    added = [one.place for one in taken if one.kind is ChangeKind.ADDED]
    codes = await _free_codes(change, {*changed.values(), *added}, changed, items)
    for item_id, place in changed.items():
        item, row = replace(items[place], code=codes[place]), rows[item_id]
        await _change(change, row, _neutral(item, row) if row.secret else item)
    for place in added:
        await _add(change, replace(items[place], code=codes[place]), place + 1)
    for item_id, place in {**diff.places, **changed}.items():
        rows[item_id].position = place + 1
    await session.flush()


async def _free_codes(
    change: Change, places: set[int], changed: Mapping[int, int], items: Sequence[PlanItem]
) -> dict[int, str]:
    """Return the code of each item that comes or changes, by place, once its code is free.

    Items that are renumbered free theirs first. One that is no longer carried out gives way and
    is known as "I.3/v2" from then on; where one that stays holds the code, the new one does.
    """
    session = change.session
    wanted = {items[place].code: place for place in places}
    codes = {place: items[place].code for place in places}
    mark = change.decision.split(":")[0].replace("version ", "/v")
    for row in await versions.bears_code(session, change.plan.id, wanted):
        if identity(row.id) in changed:
            continue
        if row.removed_at is None:
            codes[wanted[row.code]] = f"{row.code}{mark}"
        else:
            row.code = f"{row.code}{mark}"
            session.add(row)
    for row in await plans.items_of_plan(session, change.plan.id):
        if identity(row.id) in changed:
            row.code = f"~{row.id}"  # out of the way until all have theirs
            session.add(row)
    await session.flush()
    return codes


def _neutral(item: PlanItem, row: ItemRow) -> PlanItem:
    """Return what may be kept of an item with secret documents: its days and its units."""

    def unworded(deadline: Deadline) -> Deadline:
        return deadline_from_json(neutral_value(deadline_to_json(deadline)))

    return replace(
        item,
        title=row.title,
        section="",
        product="",
        deadline_text="",
        assignment_text="",
        note="",
        milestones=(),
        problems=(),
        deadlines=tuple(map(unworded, item.deadlines)),
        unit_deadlines=tuple(
            replace(due, deadline=unworded(due.deadline)) for due in item.unit_deadlines
        ),
    )


async def _remove(change: Change, row: ItemRow) -> None:
    item_id = identity(row.id)
    change.tally.removed += 1
    change.note("item.remove", row)
    row.removed_at = change.act.now
    change.session.add(row)
    await drop_all(change, await versions.occurrences_of_item(change.session, item_id))


async def _add(change: Change, item: PlanItem, position: int) -> None:
    session, plan = change.session, change.plan
    ids = {stored.unit.name: stored.id for stored in change.units}
    item_id = await store_item(session, plan.office_id, plan.id, position, item, ids)
    change.tally.added += 1
    change.names["item", item_id] = "item.add"
    slots = [
        Slot(deadline, occurrence, occurrence.due, fresh=True)
        for deadline, occurrence in await stored_days(change, item_id)
    ]
    await _share_out(change, item_id, slots, change.units)


async def _share_out(
    change: Change, item_id: int, slots: list[Slot], units: Sequence[StoredUnit]
) -> None:
    if change.plan.state is PlanState.DRAFT:
        return
    named = await plans.item_units(change.session, change.plan.id)
    deadlines = list({slot.deadline.id: slot.deadline for slot in slots}.values())
    share = Shares.of(named.get(item_id, []), deadlines, list(units))
    held: Held = set()
    for slot in slots:
        await reconcile(change, slot, share.of_day(slot.deadline, slot.day, held))


async def _change(change: Change, row: ItemRow, item: PlanItem) -> None:
    session, item_id = change.session, identity(row.id)
    fields = ("section", "title", "product", "deadline_text", "assignment_text", "note")
    for name in fields:
        setattr(row, name, getattr(item, name))
    row.code, row.problems = item.code, [problem_to_json(one) for one in item.problems]
    session.add(row)
    change.tally.changed += 1
    change.note("item.change", row)
    units = await _frozen_units(change, item_id, item)
    await versions.forget_names(session, item_id)
    ids = {stored.unit.name: stored.id for stored in change.units}
    store_names(session, row.office_id, item_id, item, ids)
    await session.flush()
    slots = await change_deadlines(change, item_id, deadlines_in(item))
    await _share_out(change, item_id, slots, units)


async def _frozen_units(change: Change, item_id: int, item: PlanItem) -> Sequence[StoredUnit]:
    """Return the units that the item's words can mean: its collectives were frozen before."""
    named = (await plans.item_units(change.session, change.plan.id)).get(item_id, [])
    stored = await stored_days(change, item_id)
    old = {one.written for one in named if one.collective}
    old |= {name for row, _ in stored for name, collective in row.written_units if collective}
    refs = [
        *item.lead,
        *item.cooperate,
        *(ref for due in item.unit_deadlines for ref in due.units),
    ]
    parts = await versions.parts_of(change.session, [identity(one.id) for _, one in stored])
    had = {part.unit_id for part in parts}
    if not parts or any(ref.collective and ref.name not in old for ref in refs):
        return change.units
    names = {ref.name for ref in refs} | {
        name for deadline in item.deadlines for name in getattr(deadline, "units", ())
    }
    return [one for one in change.units if one.id in had or one.unit.name in names]
