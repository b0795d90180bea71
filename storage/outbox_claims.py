"""Which message owed comes next, and taking it so that no other worker does."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import LEASE, URGENCY, OutboxState
from storage.chats import get_chat
from storage.models import ChatRow, OutboxRow
from storage.outbox import unsent
from storage.rows import Owed, Waiting, identity

_URGENCY = case(
    *((col(OutboxRow.kind) == kind, int(urgency)) for kind, urgency in URGENCY.items() if urgency),
    else_=0,
)


def _due(now: dt.datetime) -> Any:
    return or_(
        and_(col(OutboxRow.state) == OutboxState.PENDING, col(OutboxRow.not_before) <= now),
        and_(col(OutboxRow.state) == OutboxState.SENDING, col(OutboxRow.lease_until) <= now),
    )


async def claim(
    session: AsyncSession, now: dt.datetime, outbox_id: int | None = None
) -> Owed | None:
    """Claim a message, or the most urgent one that has waited longest; None when it is not due.

    The conditional UPDATE lets one worker win; its lease expires if it dies.
    """
    due = _due(now)
    if outbox_id is None:
        wanted = select(OutboxRow).where(col(OutboxRow.id).in_(unsent()), due)
        wanted = wanted.order_by(_URGENCY, col(OutboxRow.not_before), "id")
    else:
        wanted = select(OutboxRow).where(OutboxRow.id == outbox_id, due)
    row = (await session.exec(wanted.limit(1))).first()
    if row is None:
        return None
    attempts = row.attempts + 1  # read before the UPDATE, which also brings `row` up to date
    won = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row.id, due)
        .values(
            state=OutboxState.SENDING,
            lease_until=now + LEASE,
            attempts=attempts,
        )
    )
    if won.rowcount != 1:
        return None
    return replace(await owed_value(session, row), attempts=attempts)


async def owed_value(session: AsyncSession, row: OutboxRow) -> Owed:
    """Return a message owed as a value."""
    return Owed(
        identity(row.id),
        row.office_id,
        await get_chat(session, row.chat_id),
        row.kind,
        row.subject_id,
        row.slot_on,
        row.attempts,
        tuple(row.message_ids),
        dict(row.payload or {}),
        row.created_at,
        tuple(row.said or ()),
    )


async def waiting(session: AsyncSession, now: dt.datetime, *, per_chat: int) -> list[Waiting]:
    """Return what is due, the first `per_chat` messages of each chat, most urgent first."""
    place = func.row_number().over(
        partition_by=col(OutboxRow.chat_id),
        order_by=(_URGENCY, col(OutboxRow.not_before), col(OutboxRow.id)),
    )
    due = (
        select(
            col(OutboxRow.id).label("id"),
            col(OutboxRow.chat_id).label("chat_id"),
            _URGENCY.label("urgency"),
            place.label("place"),
        )
        .where(col(OutboxRow.id).in_(unsent()), _due(now))
        .subquery()
    )
    rows = await session.exec(
        select(due.c.id, due.c.chat_id, ChatRow.telegram_id, due.c.urgency)
        .join(ChatRow, col(ChatRow.id) == due.c.chat_id)
        .where(due.c.place <= per_chat)
        .order_by(due.c.urgency, due.c.place, due.c.id)
    )
    return [Waiting(*row) for row in rows]
