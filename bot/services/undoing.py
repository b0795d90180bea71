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

from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.states import ExtensionState, ReportState
from bot.services.access import UNKNOWN, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.messages import Gone
from bot.services.messages_undoing import LastAct, UndoneMessage
from bot.services.rules import rules_of
from bot.services.undo_rights import RIGHTS, check_rights
from storage import outbox, parts, plans, undoing
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_values import columns
from storage.db import Database
from storage.models import AuditRow
from storage.rows import Owed

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
    {"message.acknowledge", "person.snooze", "language.set", "briefing.open", "broadcast.prepare"}
)
# What becomes of a row that the act added. A proof lets the version that it corrected count again.
ENDS: dict[str, Callable[[Act], dict[str, Any]]] = {
    "report": lambda act: {"state": ReportState.WITHDRAWN},
    "extension": lambda act: {"state": ExtensionState.WITHDRAWN, "decided_at": act.now},
    "difficulty": lambda act: {"closed_at": act.now, "closed_by": act.person_id},
    "evidence": lambda act: {"removed_at": act.now, "replaces_id": None},
}
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
        for chat in await undoing.recall(session, act.office_id, entries[0].at, TOLD, now):
            await outbox.owe(
                session, chat, OutboxKind.UNDONE, f"undone:{key}", now, subject_id=key
            )
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
    rows = [await undoing.row_of(session, entry) for entry in entries]
    if None in rows or not all(entry.act in RIGHTS for entry in entries):
        raise UserError(NOT_THIS)
    minutes = (await rules_of(session, viewer.office_id)).undo_minutes
    until = entries[0].at + dt.timedelta(minutes=minutes)
    if now > until:
        raise UserError(TOO_OLD, minutes=minutes)
    last, part_ids = await _about(session, viewer, entries, rows, until)
    _check_unchanged(entries, rows)
    part_ids |= await undoing.parts_on(session, entries)
    if await undoing.changed_since(session, entries, part_ids):
        raise UserError(RESTED_ON)
    return entries, rows, last


async def _about(
    session: AsyncSession,
    viewer: Viewer,
    entries: list[AuditRow],
    rows: list[Any],
    until: dt.datetime,
) -> tuple[LastAct, set[int]]:
    """Return what an act was about, and the parts it touched; refuse who may not see it."""
    places = [await undoing.item_of(session, row) for row in rows]
    item_id = next((item for item, _ in places if item is not None), None)
    if item_id is None:
        raise UserError(NOT_THIS)
    item = await access_item(session, viewer, item_id)
    await check_rights(session, viewer, entries, rows)
    return await _described(
        session, viewer.office_id, entries, places, item.code, item.title, until
    )


async def _described(
    session: AsyncSession,
    office_id: int,
    entries: list[AuditRow],
    places: list[tuple[int | None, int | None]],
    code: str,
    title: str,
    until: dt.datetime,
) -> tuple[LastAct, set[int]]:
    part_ids = {part_id for _, part_id in places if part_id is not None}
    found = [await parts.find_part(session, office_id, part_id) for part_id in sorted(part_ids)]
    units = dict.fromkeys(part.unit for part in found if part is not None and part.unit)
    newest = entries[-1]
    return (
        LastAct(
            newest.id or 0,
            newest.act,
            newest.subject,
            newest.at,
            until,
            next(item for item, _ in places if item is not None),
            code,
            title,
            tuple(units),
        ),
        part_ids,
    )


def _check_unchanged(entries: list[AuditRow], rows: list[Any]) -> None:
    """Refuse where a row no longer holds what the act left, or one it added has no end."""
    left: dict[tuple[str, int], dict[str, Any]] = {}
    for entry, row in zip(entries, rows, strict=True):
        model = type(row)
        key = (entry.subject, entry.subject_id)
        left[key] = {**left.get(key, {}), **undoing.columns_in(model, entry.after)}
        if entry.before is None and entry.subject not in ENDS:
            raise UserError(NOT_THIS)
    for entry, row in zip(entries, rows, strict=True):
        after = left[entry.subject, entry.subject_id]
        if any(getattr(row, name) != value for name, value in after.items()):
            raise UserError(RESTED_ON)


async def _take_back(session: AsyncSession, act: Act, entry: AuditRow, row: Any) -> None:
    """Put back what one entry changed, and record it."""
    model = type(row)
    if entry.before is None:
        values = ENDS[entry.subject](act)
    else:
        values = undoing.columns_in(model, entry.before)
    now = undoing.present(row, values)
    if values:
        await undoing.put_back(session, model, entry.subject_id, values)
    await record(
        session,
        act,
        "undo",
        entry.subject,
        entry.subject_id,
        before=now,
        after=columns(**values),
        undoes_id=entry.id,
    )


async def undone(session: AsyncSession, owed: Owed, now: dt.datetime) -> UndoneMessage | Gone:
    """Return the word to who was told of an act that was taken back."""
    entry = await undoing.find_entry(session, owed.office_id, owed.subject_id or 0)
    row = await undoing.row_of(session, entry) if entry is not None else None
    if entry is None or row is None:
        return Gone("no such act")
    item_id, part_id = await undoing.item_of(session, row)
    item = await plans.find_item(session, owed.office_id, item_id or 0)
    part = await parts.find_part(session, owed.office_id, part_id) if part_id else None
    if item is None:
        return Gone("it is about no item")
    last = LastAct(
        owed.id,
        entry.act,
        entry.subject,
        entry.at,
        now,
        item.id,
        item.code,
        item.title,
        (part.unit,) if part and part.unit else (),
    )
    return UndoneMessage(owed.id, last)
