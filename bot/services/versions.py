"""A plan that changes: newer versions are compared, accepted whole or in part, and taken back."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.plan import PlanReading
from bot.domain.problem import N_
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.loading import get_coordinator
from bot.services.recipients import office_chats
from bot.services.versions_access import By, authorized, living, newer_in_draft
from bot.services.versions_apply import apply_changes
from bot.services.versions_diff import Predecessor, VersionDiff, diff_with, predecessor
from bot.services.versions_parts import BY_VERSION, Change, Tally
from bot.services.versions_undo import Undone, take_back
from storage import offices, outbox, plans, version_rows, versions
from storage.audit import Act, record
from storage.db import Database
from storage.models import PlanRow, PlanVersionRow
from storage.rows import PlanFacts

SAME = N_("This file says the same as “{title}”. Nothing has changed.")
NONE_TAKEN = N_("No change was accepted, so nothing has changed.")


@dataclass(frozen=True, slots=True)
class Source:
    """The file a version came in."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a version led to."""

    plan_id: int
    title: str
    number: int
    tally: Tally


async def find_predecessor(
    db: Database, office_id: int, reading: PlanReading, *, but_file: str = ""
) -> Predecessor | None:
    """Return the plan that a reading is a near-copy of, None where it is a plan of its own.

    `but_file` is the SHA-256 of a file whose plan is not looked at: loading that one again is
    no copy.
    """
    async with db.read() as session:
        known = await plans.find_plan_of_file(session, office_id, but_file)
        but = known.id if known else None
        return await predecessor(session, office_id, reading.items, reading.period, but)


async def predecessor_of_draft(
    db: Database, actor: Actor, draft_id: int, now: dt.datetime
) -> Predecessor | None:
    """Return the plan that a stored draft is a near-copy of; None also where it is no draft.

    Raises:
        NotFound, NotAllowed: somebody who is not of Văn phòng.
    """
    async with db.read() as session:
        office_id = (await get_coordinator(session, actor, now)).office_id
        try:
            new = await newer_in_draft(session, office_id, draft_id)
        except NotFound:
            return None
        return await predecessor(session, office_id, new.items, new.period, draft_id)


async def plans_to_update(db: Database, office_id: int) -> list[PlanFacts]:
    """Return the plans that a version can change, the active ones first."""
    async with db.read() as session:
        found = await versions.living_plans(session, office_id)
        return [await plans.get_plan(session, plan_id) for plan_id in found]


async def compare(db: Database, office_id: int, plan_id: int, reading: PlanReading) -> VersionDiff:
    """Return what a reading would change in a plan; nothing is stored.

    Raises:
        NotFound: there is no such plan.
    """
    async with db.read() as session:
        plan = await living(session, office_id, plan_id)
        return await diff_with(session, plan_id, plan.title, reading.items)


async def apply(
    db: Database,
    by: By,
    plan_id: int,
    reading: PlanReading,
    source: Source,
    now: dt.datetime,
    accept: Collection[str] | None = None,
) -> Applied:
    """Apply a newer version to a plan: all of it, or the changes with these keys.

    Reports, evidence and history stay with their items; nothing is deleted.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: somebody who is not of Văn phòng.
        UserError: it says the same, or nothing of it was accepted.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        plan = await living(session, act.office_id, plan_id)
        row = PlanVersionRow(
            office_id=act.office_id,
            plan_id=plan_id,
            number=0,
            source_name=source.name,
            source_sha256=source.sha256,
            loaded_at=now,
        )
        await versions.add_version(session, row)
        return await apply_version(session, act, plan, row, reading, accept)


async def apply_version(
    session: AsyncSession,
    act: Act,
    plan: PlanFacts,
    row: PlanVersionRow,
    reading: PlanReading,
    accept: Collection[str] | None,
) -> Applied:
    """Apply a version that has its row; belongs to the caller's transaction.

    Raises:
        UserError: as `apply` does.
    """
    diff = await diff_with(session, plan.id, plan.title, reading.items)
    accepted = frozenset(one.key for one in diff.changes if accept is None or one.key in accept)
    if not diff.changes:
        raise UserError(SAME, title=plan.title)
    if not accepted:
        raise UserError(NONE_TAKEN)
    before = await version_rows.snapshot(session, plan.id)
    change = await _change(session, act, plan, row)
    await apply_changes(change, diff, reading.items, accepted)
    if len(accepted) == len(diff.changes):
        await _retitle(session, plan.id, reading)
    after = await version_rows.snapshot(session, plan.id)
    row.before, row.after = version_rows.delta(before, after)
    row.applied_at, row.draft_id = act.now, None
    session.add(row)
    await session.flush()
    await version_rows.record_delta(
        session,
        act,
        "plan.update",
        row.before,
        row.after,
        names=change.names,
        rests_on=change.decision,
    )
    said = {**change.tally.as_json(), "version": row.number, "sha256": row.source_sha256}
    await record(session, act, "plan.update", "plan", plan.id, before={}, after=said)
    await _ask_about_past(session, act, plan.id, row.number, change.tally)
    return Applied(plan.id, plan.title, row.number, change.tally)


async def _change(session: AsyncSession, act: Act, plan: PlanFacts, row: PlanVersionRow) -> Change:
    today = local_day(act.now)
    return Change(
        session,
        act,
        plan,
        f"{BY_VERSION}{row.number}: {row.source_name}",
        today,
        await calendar_of(session, act.office_id, today),
        tuple(await offices.units_of(session, act.office_id, on=today)),
    )


async def _retitle(session: AsyncSession, plan_id: int, reading: PlanReading) -> None:
    """Let a plan that was accepted whole be called as its newer version is."""
    row = await session.get(PlanRow, plan_id)
    assert row is not None  # it is being changed
    row.title = reading.title
    row.starts_on, row.ends_on = reading.period.start, reading.period.end
    session.add(row)


async def _ask_about_past(
    session: AsyncSession, act: Act, plan_id: int, number: int, tally: Tally
) -> None:
    if not tally.past:
        return
    for chat in await office_chats(session, act.office_id, local_day(act.now)):
        key = f"past:{plan_id}:v{number}"
        await outbox.owe(session, chat, OutboxKind.PAST_ITEMS, key, act.now, subject_id=plan_id)


async def title_of(db: Database, by: By, plan_id: int, now: dt.datetime) -> str:
    """Return the title of a plan whose version may be taken back.

    Raises:
        NotFound, NotAllowed: there is no such plan, or not for this person.
    """
    async with db.read() as session:
        act = await authorized(session, by, now, acts=False)
        return (await living(session, act.office_id, plan_id)).title


async def undo(
    db: Database, by: By, plan_id: int, now: dt.datetime, number: int | None = None
) -> Undone:
    """Take back the newest of what was done with a plan: a version, its activation, its load.

    `number` is the version that is meant, where one is: 1 for the load.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: somebody who is not of Văn phòng.
        UserError: something rests on it.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        return await take_back(session, act, plan_id, number)
