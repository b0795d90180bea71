"""What a chat was owed and others are to be told instead."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from storage.models import OutboxRow
from storage.outbox import owe
from storage.rows import Chat


async def hand_over(
    session: AsyncSession,
    chat_id: int,
    kinds: Collection[OutboxKind],
    to: Sequence[Chat],
    now: dt.datetime,
) -> None:
    """Owe others what a chat was never told; whoever was told of it already is not told again."""
    rows = await session.exec(
        select(OutboxRow).where(
            OutboxRow.chat_id == chat_id,
            col(OutboxRow.kind).in_(kinds),
            col(OutboxRow.state).not_in((OutboxState.SENT, OutboxState.DROPPED)),
        )
    )
    for row in list(rows):
        key = row.dedupe_key.partition(":")[2]
        for chat in to:
            if chat.id != chat_id:
                await owe(
                    session,
                    chat,
                    row.kind,
                    key,
                    now,
                    subject_id=row.subject_id,
                    payload=row.payload,
                )
