"""The ledger as people look it up: what was said to which chat, and what became of it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, union
from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.told import About, Missed, Told, Tried
from storage import notices
from storage.ledger import earlier_of
from storage.models import (
    ChatRow,
    ItemRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    PersonRow,
    ReminderRow,
    UnitRow,
)
from storage.rows import identity


async def told(
    session: AsyncSession,
    office_id: int,
    *,
    item_id: int | None = None,
    unit_ids: Collection[int] | None = None,
    skip: int = 0,
    count: int,
) -> list[Told]:
    """Return reminders and notices, newest first: about an item, or some units (None: all)."""
    ids = await _messages(session, office_id, item_id, unit_ids, skip, count)
    about = await _about(session, ids, item_id, unit_ids)
    rows = await session.exec(
        select(OutboxRow, ChatRow.title, ChatRow.person_id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(col(OutboxRow.id).in_(ids))
        .order_by(col(OutboxRow.id).desc())
    )
    found = list(rows)
    names = await _names(session, {p for row, _, p in found for p in (p, row.acknowledged_by)})
    missed = await _missed(session, office_id, [row for row, _, _ in found])
    return [
        Told(
            identity(row.id),
            title,
            names.get(person_id),
            row.created_at,
            row.state,
            row.closed_at,
            row.not_before,
            row.reason,
            row.uncertain,
            row.acknowledged_at,
            names.get(row.acknowledged_by),
            tuple(about.get(identity(row.id), ())),
            row.attempts,
            tuple(missed[number] for number in earlier_of(row.payload) if number in missed),
        )
        for row, title, person_id in found
    ]


async def _missed(
    session: AsyncSession, office_id: int, found: list[OutboxRow]
) -> dict[int, Missed]:
    """Return the messages that did not go out before these were owed in their place, by id."""
    ids = {number for row in found for number in earlier_of(row.payload)}
    rows = await session.exec(
        select(OutboxRow).where(OutboxRow.office_id == office_id, col(OutboxRow.id).in_(ids))
    )
    return {
        identity(row.id): Missed(row.state, row.closed_at, row.reason)
        for row in rows
        if row.closed_at is not None
    }


async def _messages(
    session: AsyncSession,
    office_id: int,
    item_id: int | None,
    unit_ids: Collection[int] | None,
    skip: int,
    count: int,
) -> list[int]:
    statement: Any
    if item_id is None and unit_ids is None:
        lines = select(ReminderRow.id).where(col(ReminderRow.outbox_id) == col(OutboxRow.id))
        noted = select(NoticeRow.id).where(col(NoticeRow.outbox_id) == col(OutboxRow.id))
        statement = select(OutboxRow.id).where(
            OutboxRow.office_id == office_id,
            or_(lines.correlate(OutboxRow).exists(), noted.correlate(OutboxRow).exists()),
        )
        statement = statement.order_by(col(OutboxRow.id).desc())
    else:
        # Parts first: they are few, the ledger grows for years.
        reminded = select(ReminderRow.outbox_id).where(
            col(ReminderRow.part_id).in_(_parts(office_id, item_id, unit_ids))
        )
        noted = select(NoticeRow.outbox_id).where(NoticeRow.office_id == office_id)
        noted = noted.where(*_noticed(item_id, unit_ids))
        both = union(reminded, noted).subquery()
        statement = sa_select(both.c.outbox_id).order_by(both.c.outbox_id.desc())
        found = await session.exec(statement.offset(skip).limit(count))
        return [outbox_id for (outbox_id,) in found]
    return list(await session.exec(statement.offset(skip).limit(count)))


def _noticed(item_id: int | None, unit_ids: Collection[int] | None) -> list[Any]:
    """Return the conditions on a notice's line."""
    conditions = []
    if item_id is not None:
        conditions.append(col(NoticeRow.item_id) == item_id)
    if unit_ids is not None:
        conditions.append(col(NoticeRow.unit_id).in_(unit_ids))
    return conditions


def _parts(office_id: int, item_id: int | None, unit_ids: Collection[int] | None) -> Any:
    """Return the ids of the parts of an item or of units, of this office only."""
    statement = select(PartRow.id)
    if unit_ids is not None:
        own = select(UnitRow.id).where(
            UnitRow.office_id == office_id, col(UnitRow.id).in_(unit_ids)
        )
        statement = statement.where(col(PartRow.unit_id).in_(own))
    if item_id is not None:
        own = select(ItemRow.id).where(ItemRow.office_id == office_id, ItemRow.id == item_id)
        statement = statement.join(
            OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id)
        ).where(col(OccurrenceRow.item_id).in_(own))
    return statement


async def _about(
    session: AsyncSession,
    ids: list[int],
    item_id: int | None,
    unit_ids: Collection[int] | None,
) -> dict[int, list[About]]:
    statement: Any = select(  # type: ignore[call-overload]
        ReminderRow.outbox_id,
        ItemRow.id,
        PartRow.unit_id,
        ItemRow.code,
        UnitRow.name,
        ReminderRow.due,
        ReminderRow.step,
    )
    rows = await session.exec(
        statement.join(PartRow, col(PartRow.id) == col(ReminderRow.part_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PartRow.unit_id))
        .where(col(ReminderRow.outbox_id).in_(ids))
        .order_by(col(ReminderRow.id))
    )
    found: dict[int, list[About]] = {}
    # A page of messages is small: what is not asked about is left out here.
    for outbox_id, item, unit_id, code, unit, due, step in rows:
        if item_id in (None, item) and (unit_ids is None or unit_id in unit_ids):
            found.setdefault(outbox_id, []).append(About(code, unit or "", due, step))
    for outbox_id, about in await _notices(session, ids, item_id, unit_ids):
        found.setdefault(outbox_id, []).append(about)
    return found


async def _notices(
    session: AsyncSession, ids: list[int], item_id: int | None, unit_ids: Collection[int] | None
) -> list[tuple[int, About]]:
    """Return what messages that are no reminders told of; a change says which one it was."""
    statement: Any = select(  # type: ignore[call-overload]
        NoticeRow.outbox_id, ItemRow.code, UnitRow.name, OutboxRow.kind, OutboxRow.payload
    )
    rows = await session.exec(
        statement.join(OutboxRow, col(OutboxRow.id) == col(NoticeRow.outbox_id))
        .outerjoin(ItemRow, col(ItemRow.id) == col(NoticeRow.item_id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(NoticeRow.unit_id))
        .where(col(NoticeRow.outbox_id).in_(ids), *_noticed(item_id, unit_ids))
        .order_by(col(NoticeRow.id))
    )
    return [
        (outbox_id, About(code or "", unit or "", None, notices.what(kind, payload or {})))
        for outbox_id, code, unit, kind, payload in rows
    ]


async def _names(session: AsyncSession, ids: set[int | None]) -> dict[int | None, str]:
    known = [person_id for person_id in ids if person_id is not None]
    rows = await session.exec(
        select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(known))
    )
    return dict(rows.all())


async def tried(session: AsyncSession, office_id: int, kind: str, run: int) -> list[Tried]:
    """Return what became of the messages of a kind about one subject, by chat."""
    statement: Any = select(ChatRow.title, OutboxRow.state, OutboxRow.closed_at, OutboxRow.reason)
    rows = await session.exec(
        statement.join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            OutboxRow.office_id == office_id,
            OutboxRow.kind == kind,
            OutboxRow.subject_id == run,
        )
        .order_by(col(OutboxRow.id))
    )
    return [Tried(*row) for row in rows]
