"""Taking a version or a load back, as long as nothing rests on it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, UserError
from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.services.versions_parts import BY_VERSION
from storage import plans, version_rows, versions
from storage.audit import Act, record
from storage.audit_values import columns
from storage.models import DeadlineRow, ItemRow, OccurrenceRow, PartRow, PlanRow, PlanVersionRow
from storage.rows import PlanFacts, identity
from storage.version_rows import Snapshot

NO_PLAN = N_("There is no such plan. Nothing has changed.")
RESTS = N_(
    "This cannot be taken back: reports, evidence or decisions rest on {codes}. "
    "Nothing has changed."
)
NOT_LAST = N_("“{title}” was changed or taken back since. Nothing has changed.")
UNTOUCHED = (Progress.NOT_STARTED, Progress.WAITING_EVENT)
LEDGER = "reminder"
Kept = type[ItemRow] | type[PartRow] | type[OccurrenceRow] | type[DeadlineRow]


class Undoing(StrEnum):
    """What was taken back."""

    DRAFT = "draft"  # a load that was not activated: it is gone
    LOAD = "load"  # an activation: the plan is a draft again, or closed once it had reminded
    VERSION = "version"  # the last version applied: the plan is as before


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back of which plan; `number` is the version's; `state` the plan's now.

    `state` is None where the plan is gone.
    """

    what: Undoing
    title: str
    number: int
    state: PlanState | None


async def take_back(session: AsyncSession, act: Act, plan_id: int, number: int | None) -> Undone:
    """Take back the newest of what was done with a plan: a version, its activation, its load.

    `number` is the version that is meant, where one is: 1 for the load.

    Raises:
        NotFound: there is no such plan.
        UserError: something rests on it.
    """
    plan = await plans.find_plan(session, act.office_id, plan_id)
    if plan is None or plan.state is PlanState.CLOSED:
        raise NotFound(NO_PLAN)
    version = await versions.last_applied(session, plan_id)
    if number is not None and number != (version.number if version else 1):
        raise UserError(NOT_LAST, title=plan.title)
    if version is not None:
        await _take_back_version(session, act, version)
        return Undone(Undoing.VERSION, plan.title, version.number, plan.state)
    if plan.state is PlanState.DRAFT:
        await record(session, act, "plan.discard", "plan", plan_id, before={"title": plan.title})
        await plans.remove_draft(session, plan_id)
        return Undone(Undoing.DRAFT, plan.title, 1, None)
    state = await _take_back_load(session, act, plan)
    return Undone(Undoing.LOAD, plan.title, 1, state)


async def _refuse(session: AsyncSession, part_ids: Iterable[int]) -> None:
    codes = await versions.codes_of(session, part_ids)
    if codes:
        raise UserError(RESTS, codes=", ".join(codes))


# --- a load --------------------------------------------------------------------------------------


async def _take_back_load(session: AsyncSession, act: Act, plan: PlanFacts) -> PlanState:
    """Turn an active plan into a draft again; once it has reminded it is closed instead."""
    found = await versions.parts_of_plan(session, plan.id)
    ids = [identity(part.id) for part in found]
    rests = await version_rows.resting_on(session, ids)
    touched = {part.id for part in found if part.progress not in UNTOUCHED and _by_person(part)}
    await _refuse(
        session, [key for key in ids if key in touched or rests.get(key, set()) - {LEDGER}]
    )
    row = await session.get_one(PlanRow, plan.id)
    before = {name: getattr(row, name) for name in ("state", "activated_at", "source_sha256")}
    if rests:
        row.state = PlanState.CLOSED
        row.source_sha256 = f"{row.source_sha256}/{plan.id}"  # so that the file may come again
        for part in found:
            part.progress, part.decision = Progress.DROPPED, "load taken back"
    else:
        row.state, row.activated_at = PlanState.DRAFT, None
        await version_rows.remove_rows(session, PartRow, ids)
    for occurrences in (await plans.occurrences_of_plan(session, plan.id)).values():
        for occurrence in occurrences:
            occurrence.unsettled = False
    await session.flush()
    await record(
        session,
        act,
        "plan.undo",
        "plan",
        plan.id,
        before=columns(**before),
        after=columns(**{name: getattr(row, name) for name in before}),
    )
    return row.state


def _by_person(part: PartRow) -> bool:
    return not (part.decision or "").startswith(BY_VERSION)


# --- a version -----------------------------------------------------------------------------------


async def _take_back_version(session: AsyncSession, act: Act, version: PlanVersionRow) -> None:
    was, after = version.before or {}, version.after or {}
    present = await version_rows.snapshot(session, version.plan_id)
    rests = await _resting_on_version(session, version, was, after)
    added = set(_added(was, after, PartRow))
    await _refuse(session, [key for key, kinds in rests.items() if kinds - {LEDGER}])
    kept = {key for key in added if LEDGER in rests.get(key, set())}
    await version_rows.remove_rows(session, PartRow, added - kept)
    codes = {key: row["code"] for key, row in was.get("item", {}).items()}
    for key, row in after.get("item", {}).items():
        if codes.get(key) == row["code"]:
            continue
        item = await session.get(ItemRow, int(key))
        assert item is not None  # items are never deleted while their plan is active
        item.code = f"~{key}"  # out of the way until all have theirs back
    await version_rows.restore(session, was, after)
    await session.refresh(version)
    await _withdraw(session, act.now, version, was, after, kept)
    version.undone_at = act.now
    session.add(version)
    left = await version_rows.snapshot(session, version.plan_id)
    await version_rows.record_delta(
        session, act, "plan.undo", *version_rows.delta(present, left), version=version.number
    )
    said = {"version": version.number, "kept_for_the_ledger": sorted(kept)}
    await record(session, act, "plan.undo", "plan", version.plan_id, before={}, after=said)


async def _resting_on_version(
    session: AsyncSession, version: PlanVersionRow, was: Snapshot, after: Snapshot
) -> dict[int, set[str]]:
    """Return what rests on the parts a version made or changed, and on the days it moved."""
    added = _added(was, after, PartRow)
    rests = await version_rows.resting_on(session, added)
    for row_id in _ids(after, PartRow):
        part = await session.get(PartRow, row_id)
        assert part is not None  # parts are never deleted while their plan is active
        row = after["part"][str(row_id)]
        if (part.progress.value, part.decision) != (row["progress"], row["decision"]):
            rests.setdefault(row_id, set()).add("progress")
    days = _ids(after, OccurrenceRow)
    assert version.applied_at is not None  # only what was applied is taken back
    for part_id in await versions.reported_since(session, days, version.applied_at):
        rests.setdefault(part_id, set()).add("report")
    for row_id in days:
        occurrence = await session.get(OccurrenceRow, row_id)
        due = occurrence.due.isoformat() if occurrence and occurrence.due else None
        if due != after["occurrence"][str(row_id)]["due"]:
            for part in await versions.parts_of(session, [row_id]):
                rests.setdefault(identity(part.id), set()).add("extension")
    return rests


def _ids(rows: Snapshot, model: Kept) -> list[int]:
    return [int(key) for key in rows.get(str(model.__tablename__), {})]


def _added(was: Snapshot, after: Snapshot, model: Kept) -> list[int]:
    before = set(_ids(was, model))
    return [key for key in _ids(after, model) if key not in before]


async def _withdraw(
    session: AsyncSession,
    now: dt.datetime,
    version: PlanVersionRow,
    was: Snapshot,
    after: Snapshot,
    kept: set[int],
) -> None:
    """Remove what a version added; what was reminded of stays for the ledger, closed."""
    items: set[int] = set()
    deadlines: set[int] = set()
    days: set[int] = set()
    for part_id in kept:
        part = await session.get(PartRow, part_id)
        assert part is not None  # it was just kept
        part.progress = Progress.DROPPED
        part.decision = f"{BY_VERSION}{version.number}: taken back"
        occurrence = await session.get(OccurrenceRow, part.occurrence_id)
        assert occurrence is not None  # parts point to occurrences
        days.add(part.occurrence_id)
        deadlines.add(occurrence.deadline_id)
        items.add(occurrence.item_id)
    await session.flush()
    for model, stay in ((OccurrenceRow, days), (DeadlineRow, deadlines), (ItemRow, items)):
        added = _added(was, after, model)
        await version_rows.remove_rows(session, model, [key for key in added if key not in stay])
        for key in stay.intersection(added):
            row = await session.get(model, key)
            if isinstance(row, ItemRow | DeadlineRow):
                row.removed_at = now
            if isinstance(row, ItemRow):
                row.code = f"{after['item'][str(key)]['code']}/v{version.number}"
    await session.flush()
