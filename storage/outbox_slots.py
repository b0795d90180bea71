"""The slots of a day: one message a chat and time, open until somebody was told by it."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import and_, case, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import SCHEDULED, OutboxKind, OutboxState
from storage.models import OutboxRow

BATCH = 400
# The attempts of a message that failed for its chat alone.
FORGIVEN = 0


async def reopen(
    session: AsyncSession, outbox_id: int, kind: OutboxKind, now: dt.datetime, *, news: bool
) -> bool:
    """Let a slot's message that was dropped or failed go out after all; False: it stays closed.

    What Telegram refused for its words is tried again where it has `news` to tell, what failed
    because the chat was lost in any case. A wait that was asked for holds on; why the message
    failed before stays, for the ledger.
    """
    dropped = col(OutboxRow.state) == OutboxState.DROPPED
    failed = col(OutboxRow.state) == OutboxState.FAILED
    if not news:
        failed = and_(failed, col(OutboxRow.attempts) == FORGIVEN)
    waits = col(OutboxRow.not_before) > now
    done = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == outbox_id, or_(dropped, failed))
        .values(
            state=OutboxState.PENDING,
            kind=kind,
            not_before=case((waits, col(OutboxRow.not_before)), else_=now),
            closed_at=None,
            lease_until=None,
            # What failed was tried once at least; that is all that counts of it now.
            attempts=case((dropped, 0), else_=1),
            reason=case((dropped, None), else_=col(OutboxRow.reason)),
        )
    )
    return bool(done.rowcount == 1)


async def forgive(session: AsyncSession, chat_id: int, today: dt.date) -> None:
    """Count no attempt of today's slots against a chat that was lost: the messages were sound."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.chat_id) == chat_id,
            col(OutboxRow.kind).in_(SCHEDULED),
            col(OutboxRow.state) == OutboxState.FAILED,
            col(OutboxRow.slot_on) >= today,
        )
        .values(attempts=FORGIVEN)
    )


async def heard_since(
    session: AsyncSession, keys: Collection[str], since: dt.datetime
) -> set[int]:
    """Return the chats whose message with one of the dedupe `keys` is on its way.

    Or went out at the instant `since` or later.
    """
    chats: set[int] = set()
    ordered = sorted(keys)
    for at in range(0, len(ordered), BATCH):
        rows = await session.exec(
            select(OutboxRow.chat_id).where(
                col(OutboxRow.dedupe_key).in_(ordered[at : at + BATCH]),
                or_(
                    col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING)),
                    and_(
                        col(OutboxRow.state) == OutboxState.SENT,
                        col(OutboxRow.closed_at) >= since,
                    ),
                ),
            )
        )
        chats.update(rows.all())
    return chats
