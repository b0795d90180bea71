"""Messages that show an item's card, so that they can be edited when the item changes."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CardMessageRow
from storage.rows import identity
from storage.upsert import insert_into


@dataclass(frozen=True, slots=True)
class CardMessage:
    """A message that shows, or has shown, a card to `telegram_id`; `origin` is its list."""

    id: int
    telegram_chat_id: int
    thread_id: int
    message_id: int
    telegram_id: int
    private: bool
    item_id: int
    origin: str


def _message(row: CardMessageRow) -> CardMessage:
    return CardMessage(
        identity(row.id),
        row.telegram_chat_id,
        row.thread_id,
        row.message_id,
        row.telegram_id,
        row.private,
        row.item_id,
        row.origin,
    )


def _at(telegram_chat_id: int, message_id: int) -> Sequence[Any]:
    return (
        CardMessageRow.telegram_chat_id == telegram_chat_id,
        CardMessageRow.message_id == message_id,
    )


async def put_message(session: AsyncSession, **values: Any) -> None:
    """Keep that a message shows a card; `values` are the columns of its row."""
    statement = insert_into(session, CardMessageRow).values(live=True, **values)
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=["telegram_chat_id", "message_id"],
            set_={
                name: getattr(statement.excluded, name)
                for name in ("item_id", "telegram_id", "origin", "live", "audit_id", "shown_at")
            },
        )
    )


async def find_message(
    session: AsyncSession, telegram_chat_id: int, message_id: int
) -> CardMessage | None:
    """Return what is kept of a message, None when nothing is."""
    found = await session.exec(select(CardMessageRow).where(*_at(telegram_chat_id, message_id)))
    row = found.first()
    return None if row is None else _message(row)


async def shows(session: AsyncSession, telegram_chat_id: int, message_id: int) -> bool:
    """Tell whether a message shows a card now."""
    live = col(CardMessageRow.live).is_(True)
    found = await session.exec(
        select(CardMessageRow.id).where(*_at(telegram_chat_id, message_id), live)
    )
    return found.first() is not None


async def end(session: AsyncSession, telegram_chat_id: int, message_id: int) -> None:
    """Keep that a message shows its card no longer."""
    await session.exec(
        update(CardMessageRow).where(*_at(telegram_chat_id, message_id)).values(live=False)
    )


async def forget_older(
    session: AsyncSession, telegram_chat_id: int, most: int, before: dt.datetime
) -> None:
    """Forget all but the newest `most` of a chat, and whatever was shown before `before`."""
    kept = (
        select(col(CardMessageRow.id))
        .where(CardMessageRow.telegram_chat_id == telegram_chat_id)
        .order_by(col(CardMessageRow.shown_at).desc(), col(CardMessageRow.id).desc())
        .limit(most)
    )
    await session.exec(
        delete(CardMessageRow).where(
            col(CardMessageRow.telegram_chat_id) == telegram_chat_id,
            col(CardMessageRow.id).not_in(kept),
        )
    )
    await session.exec(delete(CardMessageRow).where(col(CardMessageRow.shown_at) < before))


async def outdated(
    session: AsyncSession, item_ids: Collection[int], audit_id: int
) -> list[CardMessage]:
    """Return the messages that show these items as they were before entry `audit_id`."""
    rows = await session.exec(
        select(CardMessageRow)
        .where(
            col(CardMessageRow.item_id).in_(item_ids),
            col(CardMessageRow.live).is_(True),
            col(CardMessageRow.audit_id) < audit_id,
        )
        .order_by(col(CardMessageRow.shown_at).desc())
    )
    return [_message(row) for row in rows]


async def oldest_shown(session: AsyncSession) -> int | None:
    """Return the oldest entry that some message shows, None without messages."""
    live = col(CardMessageRow.live).is_(True)
    return (await session.exec(select(func.min(CardMessageRow.audit_id)).where(live))).one()


async def note_shown(session: AsyncSession, row_id: int, audit_id: int, *, live: bool) -> None:
    """Keep up to which entry a message shows its item, or that it no longer does."""
    await session.exec(
        update(CardMessageRow)
        .where(col(CardMessageRow.id) == row_id)
        .values(audit_id=audit_id, live=live)
    )
