"""Taking back one's own last act, within minutes, where nothing rests on it.

It works from the record of changes: every entry of one incoming update is one act; columns are put
back where they still hold what the act left, and a row that it added gets its proper end (`ENDS`).
To let an act be taken back, name it in `undo_rights.RIGHTS`; its entries must hold every column
that it changed.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import change_phrases as phrases
from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.states import ExtensionState, ReportState
from bot.domain.status import Progress
from bot.services import undo_roles
from bot.services.access import UNKNOWN, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse
from bot.services.messages_undoing import LastAct
from bot.services.rules import rules_of
from bot.services.undo_about import about
from bot.services.undo_rights import RIGHTS, check_rights
from storage import notices, outbox, plans, undoing
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_values import columns, filled
from storage.db import Database
from storage.models import AuditRow

NOT_THIS = N_("What you did last cannot be taken back here. Nothing has changed.")
DONE_BEFORE = N_("What you did last was taken back already. Nothing has changed.")
TOO_OLD = N_(
    "What you did last is more than {minutes} minutes old. Ask Văn phòng to correct it. "
    "Nothing has changed."
)
RESTED_ON = N_(
    "Something was done since that rests on it, so it stays. Ask Văn phòng to correct it. "
    "Nothing has changed."
)
ANOTHER = N_("You have done something else since. Send /hoan_tac again. Nothing has changed.")

# Acts that concern nobody but the person: they are not what was done last.
IGNORED = frozenset(
    {
        "message.acknowledge",
        "person.snooze",
        "language.set",
        "briefing.open",
        "broadcast.prepare",
        "grant.add",  # registering with a code, oneself or a chat
        "chat.bind",
    }
)
# What becomes of a row that the act added. A proof lets the version that it corrected count again.
ENDS: dict[str, Callable[[Act], dict[str, Any]]] = {
    "report": lambda act: {"state": ReportState.WITHDRAWN},
    "extension": lambda act: {"state": ExtensionState.WITHDRAWN, "decided_at": act.now},
    "difficulty": lambda act: {"closed_at": act.now, "closed_by": act.person_id},
    "evidence": lambda act: {"removed_at": act.now, "replaces_id": None},
    "part": lambda _act: {"progress": Progress.DROPPED, "decision": phrases.TAKEN_BACK},
    "item": lambda act: {"removed_at": act.now},
    "deadline": lambda act: {"removed_at": act.now},
    # Nothing is owed in it, or shown of it, once its parts and its item have ended.
    "occurrence": lambda _act: {},
    "milestone": lambda _act: {},
}
# Rows of which nothing but the row itself tells that they are there.
DELETED = frozenset({"item_unit", "unit_alias", "role_grant"})
# What goes with an act and stays when it is taken back.
KEPT = frozenset({"alias.add"})
# What may have told of an act.
TOLD = frozenset(
    {
        OutboxKind.CONFIRM,
        OutboxKind.DECISION,
        OutboxKind.REOPENED,
        OutboxKind.EXTENSION,
        OutboxKind.EXTENSION_ANSWER,
        OutboxKind.DIFFICULTY,
        OutboxKind.DIFFICULTY_ANSWER,
        OutboxKind.ITEM_CHANGED,
        OutboxKind.ASSIGNED,
        OutboxKind.PREPARED,
    }
)
Found = tuple[list[AuditRow], list[Any], LastAct]


async def last_act(db: Database, actor: Actor, now: dt.datetime) -> LastAct | None:
    """Return what the presser did last and may still take back; None: nothing was done yet.

    Raises:
        NotFound: a stranger.
        NotAllowed: the right that the act needs is held no more.
        UserError: it is too old, was taken back, or something rests on it.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = await _last(session, viewer, now)
        return found[2] if found else None


async def undo(db: Database, actor: Actor, key: int, now: dt.datetime) -> LastAct:
    """Take back what the presser did last, if that is still what `key` names.

    Raises:
        NotFound, NotAllowed, UserError: as `last_act`, or something else was done since.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        found = await _last(session, viewer, now)
        if found is None or found[2].key != key:
            raise UserError(ANOTHER)
        entries, rows, last = found
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        # Latest first: where an act changed a row twice, its first `before` is what remains.
        for entry, row in reversed(list(zip(entries, rows, strict=True))):
            await _take_back(session, act, entry, row)
        told = await undoing.recall(session, act.office_id, entries[0].at, TOLD, now)
        for chat, items, earlier in told:
            owed, _ = await outbox.owe(
                session,
                chat,
                OutboxKind.UNDONE,
                f"undone:{key}",
                now,
                subject_id=key,
                payload={"items": items} if items is not None else None,
            )
            await notices.copy_lines(session, act.office_id, earlier, owed)
    return last


async def _last(session: AsyncSession, viewer: Viewer, now: dt.datetime) -> Found | None:
    """Return the entries of the last act with their rows, and what to say of it; or refuse.

    None: nothing was done yet.
    """
    if viewer.person_id is None:
        raise NotFound(UNKNOWN)
    entries = await undoing.last_act(session, viewer.office_id, viewer.person_id, IGNORED)
    if not entries:
        return None
    if any(entry.undoes_id for entry in entries) or await undoing.taken_back(session, entries):
        raise UserError(DONE_BEFORE)
    # A way to write a unit's name that was confirmed on the way stays confirmed.
    entries = [entry for entry in entries if entry.act not in KEPT]
    rows = [await _row(session, entry) for entry in entries]
    if not rows or None in rows or not all(entry.act in RIGHTS for entry in entries):
        raise UserError(NOT_THIS)
    minutes = (await rules_of(session, viewer.office_id)).undo_minutes
    until = entries[0].at + dt.timedelta(minutes=minutes)
    if now > until:
        raise UserError(TOO_OLD, minutes=minutes)
    places = [await undoing.item_of(session, row) for row in rows]
    items = [
        await access_item(session, viewer, item_id)
        for item_id in dict.fromkeys(item for item, _ in places)
        if item_id is not None
    ]
    for plan_id in {item.plan_id for item in items}:
        await _check_in_use(session, plan_id, entries[0].at)
    await check_rights(session, viewer, entries, rows)
    last = await about(session, viewer.office_id, entries, places, items, until)
    _check_unchanged(entries, rows)
    await _check_rested(session, entries, places)
    if await undo_roles.rested_on(session, entries, rows, local_day(now)):
        raise UserError(RESTED_ON)
    return entries, rows, last


async def _check_in_use(session: AsyncSession, plan_id: int, at: dt.datetime) -> None:
    """Let what was done before its plan was closed stay: only the plan's state rests on it."""
    plan = await plans.get_plan(session, plan_id)
    if plan.closed_at is not None and at <= plan.closed_at:
        refuse(plan.closed)


async def _row(session: AsyncSession, entry: AuditRow) -> Any:
    """Return the row of an entry as it is now; what the act removed, as it was then."""
    if entry.after is None:
        return await undoing.row_or_shadow(session, entry)
    return await undoing.row_of(session, entry)


async def _check_rested(
    session: AsyncSession, entries: list[AuditRow], places: list[tuple[int | None, int | None]]
) -> None:
    """Refuse where something was done since about what the act touched."""
    part_ids = {part_id for _, part_id in places if part_id is not None}
    moved = {e.subject_id for e in entries if e.subject == "occurrence"}
    part_ids |= await undoing.parts_in(session, moved)
    added = {e.subject_id for e in entries if e.subject == "part" and e.before is None}
    if await undoing.changed_since(session, entries, part_ids, added):
        raise UserError(RESTED_ON)


def _check_unchanged(entries: list[AuditRow], rows: list[Any]) -> None:
    """Refuse where a row no longer holds what the act left, or one it added has no end."""
    left: dict[tuple[str, int], dict[str, Any]] = {}
    for entry, row in zip(entries, rows, strict=True):
        if entry.after is None:
            continue  # the act removed it
        model = type(row)
        key = (entry.subject, entry.subject_id)
        left[key] = {**left.get(key, {}), **undoing.columns_in(model, entry.after)}
        if entry.before is None and entry.subject not in ENDS and entry.subject not in DELETED:
            raise UserError(NOT_THIS)
    for entry, row in zip(entries, rows, strict=True):
        if entry.after is None:
            continue
        after = left[entry.subject, entry.subject_id]
        if any(getattr(row, name) != value for name, value in after.items()):
            raise UserError(RESTED_ON)


async def _take_back(session: AsyncSession, act: Act, entry: AuditRow, row: Any) -> None:
    """Put back what one entry changed, and record it."""
    model, row_id = type(row), entry.subject_id
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    if entry.after is None:
        before, after = None, filled(row)
        await undoing.bring_back(session, row)
    elif entry.before is None and entry.subject in DELETED:
        before, after = filled(row), None
        await undoing.delete_row(session, model, row_id)
    else:
        added = entry.before is None
        values = ENDS[entry.subject](act) if added else undoing.columns_in(model, entry.before)
        if added and not values:
            return
        before, after = undoing.present(row, values), columns(**values)
        if values:
            await undoing.put_back(session, model, row_id, values)
    await record(
        session,
        act,
        "undo",
        entry.subject,
        row_id,
        before=before,
        after=after,
        undoes_id=entry.id,
    )
