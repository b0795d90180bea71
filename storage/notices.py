"""What messages to units, other than reminders, were about: their lines in the ledger."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind
from bot.domain.roles import UNIT_ROLES, ChatPurpose
from storage.chats import bindings_of
from storage.models import (
    DifficultyRow,
    ExtensionRow,
    NoticeRow,
    OccurrenceRow,
    PartRow,
    ReminderRow,
    ReportDraftRow,
    ReportRow,
)
from storage.people import grants_of
from storage.rows import Chat

# What a message of a kind names by `subject_id`, where that leads to a part.
OF_PARTS: dict[OutboxKind, Any] = {
    OutboxKind.DECISION: ReportRow,
    OutboxKind.REOPENED: ReportRow,
    OutboxKind.EXTENSION_ANSWER: ExtensionRow,
    OutboxKind.DIFFICULTY_ANSWER: DifficultyRow,
    OutboxKind.PREPARED: ReportDraftRow,
    OutboxKind.ASSIGNED: PartRow,
}
KINDS = frozenset(
    {
        *OF_PARTS,
        OutboxKind.ITEM_CHANGED,
        OutboxKind.BRIEFING,
        OutboxKind.BROADCAST,
        OutboxKind.SUMMARY,
    }
)
# Where a payload names the items of a message.
ITEMS = ("items", "carried", "dropped")
# In the payload of a word to a stand-in, which is about no part.
LENT = "first"
STAND_IN = "stand_in"
Line = tuple[int | None, int | None]


async def add_lines(
    session: AsyncSession,
    outbox_id: int,
    chat: Chat,
    kind: OutboxKind,
    subject_id: int | None,
    payload: dict[str, Any] | None,
    today: dt.date,
) -> None:
    """Note which items and units a message is about that was just owed."""
    found = payload or {}
    if kind not in KINDS or "role" in found:  # what is said of roles is nobody's work
        return
    lines: Iterable[Line]
    if kind in OF_PARTS and LENT not in found:
        lines = await _of_part(session, OF_PARTS[kind], subject_id or 0)
    else:
        lines = await _of_chat(session, chat, kind, subject_id, found, today)
    await _add(session, chat.office_id, outbox_id, lines)


async def copy_lines(
    session: AsyncSession, office_id: int, earlier: Collection[int], outbox_id: int
) -> None:
    """Note that a message is about what earlier ones were about."""
    rows = await session.exec(
        select(NoticeRow.item_id, NoticeRow.unit_id)
        .where(col(NoticeRow.outbox_id).in_(earlier))
        .order_by(col(NoticeRow.id))
    )
    await _add(session, office_id, outbox_id, rows.all())


async def _add(
    session: AsyncSession, office_id: int, outbox_id: int, lines: Iterable[Line]
) -> None:
    values = [
        {"office_id": office_id, "outbox_id": outbox_id, "item_id": item_id, "unit_id": unit_id}
        for item_id, unit_id in dict.fromkeys(lines)
    ]
    if values:
        await session.exec(insert(NoticeRow).values(values))


async def _of_part(session: AsyncSession, table: Any, subject_id: int) -> Iterable[Line]:
    statement: Any = select(OccurrenceRow.item_id, PartRow.unit_id).join(
        PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id)
    )
    if table is not PartRow:
        statement = statement.join(table, table.part_id == col(PartRow.id))
    rows = await session.exec(statement.where(table.id == subject_id))
    return [(item_id, unit_id) for item_id, unit_id in rows]


async def _of_chat(
    session: AsyncSession,
    chat: Chat,
    kind: OutboxKind,
    subject_id: int | None,
    payload: dict[str, Any],
    today: dt.date,
) -> Iterable[Line]:
    """Return the items that a payload names, for its units or else for those of the chat."""
    items: list[int | None] = [item_id for name in ITEMS for item_id in payload.get(name, ())]
    changed = kind is OutboxKind.ITEM_CHANGED
    if changed and not items and "old" not in payload:
        items = [subject_id]
    units: list[int] = [unit_id for unit_id in payload.get("units", ()) if unit_id]
    if not units:
        units = await units_of_chat(session, chat, today)
    if "old" in payload:
        units = [payload["old"], *([subject_id] if subject_id else [])]
    about: list[int | None] = list(units) or ([None] if items else [])
    return [(item_id, unit_id) for item_id in items or [None] for unit_id in about]


async def units_of_chat(session: AsyncSession, chat: Chat, today: dt.date) -> list[int]:
    """Return the units that a chat is for: a group's by what it is bound to."""
    if chat.person_id is not None:
        held = await grants_of(session, chat.person_id, today)
        found = [grant.unit_id for grant in held if grant.role in UNIT_ROLES]
    else:
        bound = await bindings_of(session, [chat.id])
        found = [one.unit_id for one in bound if one.purpose is ChatPurpose.UNIT]
    return [unit_id for unit_id in dict.fromkeys(found) if unit_id is not None]


async def units_told(session: AsyncSession, outbox_id: int) -> set[int | None]:
    """Return the units that a message was about; None: what belongs to no unit."""
    noticed = await session.exec(select(NoticeRow.unit_id).where(NoticeRow.outbox_id == outbox_id))
    reminded = await session.exec(
        select(PartRow.unit_id)
        .join(ReminderRow, col(ReminderRow.part_id) == col(PartRow.id))
        .where(ReminderRow.outbox_id == outbox_id)
    )
    return {*noticed, *reminded}


def what(kind: OutboxKind, payload: dict[str, Any]) -> str:
    """Return what a message told of: its kind, or what was changed or lent."""
    return STAND_IN if LENT in payload else str(payload.get("what") or kind)
