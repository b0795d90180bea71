"""What follows a group that became a supergroup: what it is owed, was told and was asked.

A group whose new address is not known yet keeps its row, so what hangs on the row's id needs no
step. Where the new address is a chat already, that chat takes over: the same people read it.
"""

import datetime as dt

from sqlalchemy.orm import aliased
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxState
from storage.models import CardMessageRow, DialogRow, OutboxRow, ReminderRow
from storage.outbox import unsent
from storage.rows import identity

TAKEN_OVER = "owed by the chat that took over"


async def hand_on(session: AsyncSession, old_id: int, new_id: int, now: dt.datetime) -> None:
    """Owe the chat `new_id` what `old_id` was not told yet, and let it know what was told.

    Where the new chat owes the same message (its slot of the day, the same question) already, the
    old one is closed with a reason and what it was to speak of joins the other; one that failed
    there, or was dropped, is owed again. What the ledger says of the old chat holds for the new
    one, so that nothing is told a second time.
    """
    rows = await session.exec(
        select(OutboxRow).where(col(OutboxRow.id).in_(unsent()), OutboxRow.chat_id == old_id)
    )
    for row in list(rows):
        key = f"{new_id}:{row.dedupe_key.partition(':')[2]}"
        there = await session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == key))
        same = there.first()
        if same is None:
            row.chat_id, row.dedupe_key = new_id, key
        else:
            await _join(session, row, same, now)
        session.add(row)
    await session.flush()
    await _hand_on_lines(session, old_id, new_id)


async def _join(session: AsyncSession, row: OutboxRow, same: OutboxRow, now: dt.datetime) -> None:
    """Close a message owed in favour of the new chat's `same` one."""
    row.state, row.closed_at, row.lease_until = OutboxState.DROPPED, now, None
    row.reason = TAKEN_OVER
    if same.state in (OutboxState.FAILED, OutboxState.DROPPED):
        same.state, same.closed_at, same.not_before = OutboxState.PENDING, None, now
        session.add(same)
    if same.state is OutboxState.PENDING:
        await session.exec(
            update(ReminderRow)
            .where(col(ReminderRow.outbox_id) == identity(row.id))
            .values(outbox_id=identity(same.id))
        )


async def _hand_on_lines(session: AsyncSession, old_id: int, new_id: int) -> None:
    """Let lines of the ledger hold for the new chat, save those it has of its own."""
    own = aliased(ReminderRow)
    known = (
        select(own.id)
        .where(
            own.chat_id == new_id,
            own.part_id == ReminderRow.part_id,
            own.due == ReminderRow.due,
            own.step == ReminderRow.step,
        )
        .correlate(ReminderRow)
        .exists()
    )
    await session.exec(
        update(ReminderRow)
        .where(col(ReminderRow.chat_id) == old_id, ~known)
        .values(chat_id=new_id)
        .execution_options(synchronize_session=False)
    )


async def follow_address(session: AsyncSession, old: int, new: int) -> None:
    """Wait at the group's new Telegram id for the answers it owes; no card there is edited again.

    Where somebody was asked at both, the later question stands.
    """
    rows = await session.exec(
        select(DialogRow)
        .where(col(DialogRow.telegram_chat_id).in_((old, new)))
        .order_by(col(DialogRow.asked_at).desc(), col(DialogRow.id).desc())
    )
    seen: set[tuple[int, int]] = set()
    moving: list[int] = []
    for row in list(rows):
        key = row.person_id, row.thread_id
        if key in seen:
            await session.exec(delete(DialogRow).where(col(DialogRow.id) == row.id))
        elif row.telegram_chat_id == old:
            moving.append(identity(row.id))
        seen.add(key)
    await session.exec(
        update(DialogRow).where(col(DialogRow.id).in_(moving)).values(telegram_chat_id=new)
    )
    await session.exec(
        update(CardMessageRow)
        .where(col(CardMessageRow.telegram_chat_id) == old)
        .values(live=False)
    )
