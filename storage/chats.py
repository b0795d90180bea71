"""Chats and what they are for."""

from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import Binding, ChatPurpose
from storage.models import ChatBindingRow, ChatRow, PersonRow
from storage.rows import Chat, identity

MOVED = "moved to a chat that is known already"


# The columns of a `Chat`, in its order: where hundreds are read, rows cost more than values.
_CHAT = (
    col(ChatRow.id),
    col(ChatRow.office_id),
    col(ChatRow.telegram_id),
    col(ChatRow.thread_id),
    col(ChatRow.active),
    col(ChatRow.locale),
    col(ChatRow.person_id),
)


def chat_value(row: ChatRow) -> Chat:
    """Return the row as a value."""
    return Chat(
        identity(row.id),
        row.office_id,
        row.telegram_id,
        row.thread_id,
        row.active,
        row.locale,
        row.person_id,
    )


async def put_chat(
    session: AsyncSession,
    office_id: int,
    telegram_id: int,
    thread_id: int,
    *,
    title: str = "",
    person_id: int | None = None,
) -> Chat:
    """Return the chat at an address, adding it if new; it is active from now on."""
    row = (
        await session.exec(
            select(ChatRow).where(
                ChatRow.office_id == office_id,
                ChatRow.telegram_id == telegram_id,
                ChatRow.thread_id == thread_id,
            )
        )
    ).first() or ChatRow(office_id=office_id, telegram_id=telegram_id, thread_id=thread_id)
    row.active, row.lost_reason = True, None
    row.title = title or row.title
    row.person_id = person_id if person_id is not None else row.person_id
    session.add(row)
    await session.flush()
    return chat_value(row)


async def get_chat(session: AsyncSession, chat_id: int) -> Chat:
    """Return a chat by its id."""
    return chat_value((await session.exec(select(ChatRow).where(ChatRow.id == chat_id))).one())


async def bind(
    session: AsyncSession, chat: Chat, purpose: ChatPurpose, unit_id: int | None
) -> bool:
    """Say what a chat is for; return False when it was for that already."""
    bound = await bindings_of(session, [chat.id])
    if Binding(purpose, unit_id) in bound:
        return False
    session.add(
        ChatBindingRow(office_id=chat.office_id, chat_id=chat.id, purpose=purpose, unit_id=unit_id)
    )
    await session.flush()
    return True


async def bindings_of(session: AsyncSession, chat_ids: list[int]) -> tuple[Binding, ...]:
    """Return what the chats are for."""
    rows = await session.exec(
        select(ChatBindingRow).where(col(ChatBindingRow.chat_id).in_(chat_ids)).order_by("id")
    )
    return tuple(Binding(row.purpose, row.unit_id) for row in rows)


async def chats_at(session: AsyncSession, telegram_id: int, thread_id: int) -> list[Chat]:
    """Return the chats known at an address, one per office.

    A topic without a binding of its own belongs to the group it is in.
    """
    rows = list(
        await session.exec(
            select(ChatRow)
            .where(
                ChatRow.telegram_id == telegram_id,
                col(ChatRow.thread_id).in_((thread_id, 0)),
            )
            .order_by(col(ChatRow.thread_id).desc(), "id")
        )
    )
    exact = [row for row in rows if row.thread_id == thread_id]
    return [chat_value(row) for row in exact or rows]


async def bound_chats(
    session: AsyncSession, office_id: int
) -> list[tuple[Chat, ChatPurpose, int | None]]:
    """Return the active bound chats: (chat, purpose, unit)."""
    statement: Any = sa_select(*_CHAT, col(ChatBindingRow.purpose), col(ChatBindingRow.unit_id))
    rows = await session.exec(
        statement.join(ChatBindingRow, col(ChatBindingRow.chat_id) == col(ChatRow.id))
        .where(ChatRow.office_id == office_id, col(ChatRow.active).is_(True))
        .order_by(col(ChatBindingRow.id))
    )
    return [(Chat(*chat), purpose, unit_id) for *chat, purpose, unit_id in rows]


async def private_chats(session: AsyncSession, office_id: int) -> dict[int, Chat]:
    """Return the active private chats by person."""
    statement: Any = sa_select(*_CHAT).where(
        col(ChatRow.office_id) == office_id,
        col(ChatRow.active).is_(True),
        col(ChatRow.person_id).is_not(None),
    )
    found = [Chat(*row) for row in await session.exec(statement)]
    return {identity(chat.person_id): chat for chat in found}


async def move_chat(
    session: AsyncSession, old_telegram_id: int, new_telegram_id: int
) -> list[tuple[Chat, int]]:
    """Follow a group that became a supergroup; return (chat, its id from now on) of what moved.

    A chat keeps its id, unless the new address is known already: then that chat takes over what
    the old one was for.
    """
    known = {
        (row.office_id, row.thread_id): row
        for row in await session.exec(
            select(ChatRow).where(ChatRow.telegram_id == new_telegram_id)
        )
    }
    moved = []
    rows = await session.exec(select(ChatRow).where(ChatRow.telegram_id == old_telegram_id))
    for row in list(rows):
        there = known.get((row.office_id, row.thread_id))
        if there is None:
            row.telegram_id = new_telegram_id
        else:
            await _hand_over(session, row, there)
        session.add(row)
        moved.append((chat_value(row), identity((there or row).id)))
    await session.flush()
    return moved


async def _hand_over(session: AsyncSession, old: ChatRow, new: ChatRow) -> None:
    for binding in await bindings_of(session, [identity(old.id)]):
        await bind(session, chat_value(new), binding.purpose, binding.unit_id)
    bound = select(ChatBindingRow).where(ChatBindingRow.chat_id == identity(old.id))
    for row in await session.exec(bound):
        await session.delete(row)
    old.active, old.lost_reason = False, MOVED
    # Telegram has just named it: whatever was thought of it, it can be written to.
    new.active, new.lost_reason = True, None
    new.title = new.title or old.title
    session.add(new)


async def mark_lost(session: AsyncSession, telegram_id: int, reason: str) -> list[Chat]:
    """Mark the active chats at an address as lost; return them."""
    rows = list(
        await session.exec(
            select(ChatRow).where(
                ChatRow.telegram_id == telegram_id, col(ChatRow.active).is_(True)
            )
        )
    )
    for row in rows:
        row.active, row.lost_reason = False, reason
        session.add(row)
    await session.flush()
    return [chat_value(row) for row in rows]


async def lost_private(session: AsyncSession, telegram_id: int) -> list[Chat]:
    """Return the lost private chats of an account."""
    rows = await session.exec(
        select(ChatRow).where(
            ChatRow.telegram_id == telegram_id,
            col(ChatRow.person_id).is_not(None),
            col(ChatRow.active).is_(False),
        )
    )
    return [chat_value(row) for row in rows]


async def chat_title(session: AsyncSession, chat_id: int) -> tuple[str, str | None]:
    """Return a chat's title (a private chat's person) and why it was lost, None while active."""
    row = await session.get(ChatRow, chat_id)
    if row is None:
        return "", None
    person = await session.get(PersonRow, row.person_id) if row.person_id else None
    return row.title or (person.name if person else ""), row.lost_reason
