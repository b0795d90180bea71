"""A newer version in the chat: a stored draft is compared with a plan and decided on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.services.loading import DraftKey, stamp_of
from bot.services.versions import Applied, apply_version
from bot.services.versions_access import GONE, By, authorized, living, newer_in_draft
from bot.services.versions_diff import VersionDiff, diff_with
from storage import plans, versions
from storage.audit import Act, record
from storage.db import Database
from storage.models import PlanRow, PlanVersionRow
from storage.rows import identity


@dataclass(frozen=True, slots=True)
class VersionKey:
    """Which comparison is meant; `stamp` (epoch seconds of loading) tells it from others."""

    version_id: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that waits for Văn phòng; `choices` is what was decided, by the change's key."""

    key: VersionKey
    draft: DraftKey
    number: int
    source_name: str
    diff: VersionDiff
    choices: Mapping[str, bool]

    @property
    def accepted(self) -> tuple[str, ...]:
        """The keys that were accepted one by one."""
        return tuple(one.key for one in self.diff.changes if self.choices.get(one.key))


async def propose(db: Database, by: By, plan_id: int, draft_id: int, now: dt.datetime) -> Proposal:
    """Compare a stored draft with the plan that it is a newer version of.

    A comparison that was open for this plan is closed.

    Raises:
        NotFound: there is no such plan or draft.
        NotAllowed: somebody who is not of Văn phòng.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        await living(session, act.office_id, plan_id)
        draft = await session.get(PlanRow, draft_id)
        if draft is None or draft.office_id != act.office_id or draft_id == plan_id:
            raise NotFound(GONE)
        await versions.drop_proposals(session, plan_id)
        row = PlanVersionRow(
            office_id=act.office_id,
            plan_id=plan_id,
            number=0,
            source_name=draft.source_name,
            source_sha256=draft.source_sha256,
            draft_id=draft_id,
            loaded_at=draft.loaded_at,
        )
        await versions.add_version(session, row)
        return await _proposal(session, act, row)


async def _open(session: AsyncSession, act: Act, key: VersionKey) -> PlanVersionRow:
    row = await versions.find_version(session, act.office_id, key.version_id)
    if row is None or row.draft_id is None or stamp_of(row.loaded_at) != key.stamp:
        raise NotFound(GONE)
    return row


async def _proposal(session: AsyncSession, act: Act, row: PlanVersionRow) -> Proposal:
    assert row.draft_id is not None  # an open version stands in its draft
    plan = await living(session, act.office_id, row.plan_id)
    new = await newer_in_draft(session, act.office_id, row.draft_id)
    diff = await diff_with(session, plan.id, plan.title, new.items)
    choices = {str(key): bool(taken) for key, taken in row.choices}
    stamp = stamp_of(row.loaded_at)
    key, draft = VersionKey(identity(row.id), stamp), DraftKey(row.draft_id, stamp)
    return Proposal(key, draft, row.number, row.source_name, diff, choices)


async def look(db: Database, by: By, key: VersionKey, now: dt.datetime) -> Proposal:
    """Return a comparison as it stands.

    Raises:
        NotFound: it is closed.
        NotAllowed: somebody who is not of Văn phòng.
    """
    async with db.read() as session:
        act = await authorized(session, by, now, acts=False)
        return await _proposal(session, act, await _open(session, act, key))


async def choose(
    db: Database, by: By, key: VersionKey, place: int, now: dt.datetime, *, taken: bool
) -> Proposal:
    """Accept or refuse the change in one place of the comparison (from 0); nothing is applied yet.

    Raises:
        NotFound, NotAllowed: as `look` does.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        row = await _open(session, act, key)
        found = await _proposal(session, act, row)
        if not 0 <= place < len(found.diff.changes):
            raise NotFound(GONE)
        said = found.diff.changes[place].key
        row.choices = [*([k, v] for k, v in row.choices if k != said), [said, taken]]
        session.add(row)
        await session.flush()
        return await _proposal(session, act, row)


async def accept(
    db: Database, by: By, key: VersionKey, now: dt.datetime, *, everything: bool
) -> Applied:
    """Apply a version: all of it, or what was accepted one by one. Its draft is used up.

    Raises:
        NotFound, NotAllowed: as `look` does.
        UserError: nothing of it was accepted, or it says the same as the plan.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        row = await _open(session, act, key)
        found = await _proposal(session, act, row)
        plan = await living(session, act.office_id, row.plan_id)
        new = await newer_in_draft(session, act.office_id, found.draft.plan_id)
        taken = None if everything else found.accepted
        applied = await apply_version(session, act, plan, row, new, taken)
        await plans.remove_draft(session, found.draft.plan_id)
    return applied


async def keep_apart(db: Database, by: By, key: VersionKey, now: dt.datetime) -> DraftKey:
    """Close a comparison: it is another plan, which stays a draft of its own. Return that draft.

    Raises:
        NotFound, NotAllowed: as `look` does.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        row = await _open(session, act, key)
        draft_id = row.draft_id
        assert draft_id is not None  # an open version stands in its draft
        said = {"plan": row.plan_id}
        await record(session, act, "plan.keep_apart", "plan", draft_id, after=said)
        await versions.drop_version(session, key.version_id)
    return DraftKey(draft_id, key.stamp)


async def discard(db: Database, by: By, key: VersionKey, now: dt.datetime) -> None:
    """Close a comparison and forget the file: the plan stays as it is.

    Raises:
        NotFound, NotAllowed: as `look` does.
    """
    async with db.begin() as session:
        act = await authorized(session, by, now, acts=True)
        row = await _open(session, act, key)
        draft = await session.get(PlanRow, row.draft_id)
        assert draft is not None  # the version points to it
        said = {"title": draft.title, "stamp": key.stamp}
        await record(session, act, "plan.discard", "plan", draft.id or 0, before=said)
        await plans.remove_draft(session, draft.id or 0)
