"""What happened in the outbox lately, and what a clock or a process that failed has left there."""

import datetime as dt

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import LONGEST_WAIT, OutboxKind, OutboxState
from storage.models import ChatRow, OutboxRow
from storage.outbox import UNSENT
from storage.rows import identity

INTERRUPTED = "the process ended while it was sent"
TOO_OLD = "too old to be sent"


async def sent_since(session: AsyncSession, since: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """Return (telegram id, when) of each message recorded as sent since then, oldest first."""
    rows = await session.exec(
        select(ChatRow.telegram_id, OutboxRow.closed_at, OutboxRow.message_ids)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(col(OutboxRow.closed_at) >= since, OutboxRow.state == OutboxState.SENT)
        .order_by(col(OutboxRow.closed_at))
    )
    return [(chat, at) for chat, at, ids in rows if at for _ in ids]


async def take_over(session: AsyncSession, now: dt.datetime) -> int:
    """Put back what an earlier process was sending when it ended; return how many.

    Only for a process that knows itself alone: the lease of another would still run.
    """
    done = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.state) == OutboxState.SENDING)
        .values(
            state=OutboxState.PENDING,
            not_before=now,
            lease_until=None,
            reason=INTERRUPTED,
            uncertain=col(OutboxRow.uncertain) + 1,
            # Nothing failed: the next failure shall not be waited for as if it were the second.
            attempts=col(OutboxRow.attempts) - 1,
        )
    )
    return int(done.rowcount)


async def set_back(session: AsyncSession, now: dt.datetime, back: dt.timedelta) -> int:
    """Let what waits go on after the host's clock was set back by `back`; return how many."""
    rows = await session.exec(
        select(OutboxRow).where(col(OutboxRow.state).in_(UNSENT), col(OutboxRow.not_before) > now)
    )
    moved = 0
    for row in rows:
        await session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.id) == identity(row.id))
            .values(not_before=max(now, row.not_before - back))
        )
        moved += 1
    return moved


async def forget_the_future(session: AsyncSession, now: dt.datetime) -> int:
    """Let go what a clock that ran ahead has put off beyond any wait of ours.

    What was written down later than now was written by such a clock; what Telegram asked to wait
    for keeps its wait.
    """
    done = await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.state).in_(UNSENT),
            (col(OutboxRow.created_at) > now)
            | (
                (col(OutboxRow.not_before) > now + LONGEST_WAIT)
                & (func.coalesce(col(OutboxRow.reason), "") != "429")
            ),
        )
        .values(not_before=now, created_at=now)
    )
    return int(done.rowcount)


async def count_since(
    session: AsyncSession, office_id: int, since: dt.datetime, state: OutboxState
) -> int:
    """Return how many messages owed before then were closed in `state` since then."""
    statement = select(func.count()).where(
        OutboxRow.office_id == office_id,
        col(OutboxRow.closed_at) >= since,
        OutboxRow.state == state,
        OutboxRow.kind != OutboxKind.AWAY,
    )
    return int((await session.exec(statement)).one())


async def dropped_late(
    session: AsyncSession, office_id: int, kind: OutboxKind, subject_id: int | None
) -> tuple[dt.datetime | None, list[str]]:
    """Return when the messages of a kind that became too old were owed, and to which chats."""
    rows = await session.exec(
        select(OutboxRow.created_at, ChatRow.title)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            OutboxRow.office_id == office_id,
            OutboxRow.kind == kind,
            OutboxRow.subject_id == subject_id,
            OutboxRow.state == OutboxState.DROPPED,
            OutboxRow.reason == TOO_OLD,
        )
        .order_by(col(OutboxRow.created_at))
    )
    found = list(rows)
    return (found[0][0] if found else None), [title for _, title in found if title]


async def kinds_of_slots(session: AsyncSession, chat_id: int, day: dt.date) -> set[OutboxKind]:
    """Return the kinds of scheduled messages that a chat has had, or is still owed, on a day."""
    rows = await session.exec(
        select(OutboxRow.kind).where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.slot_on == day,
            col(OutboxRow.state).not_in((OutboxState.DROPPED, OutboxState.FAILED)),
        )
    )
    return {OutboxKind(kind) for kind in rows}
