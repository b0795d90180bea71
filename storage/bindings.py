"""What chats are for, as a list that can be shortened."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.membership import Bound
from storage.models import ChatBindingRow, ChatRow
from storage.rows import identity


async def bound(session: AsyncSession, office_id: int) -> list[Bound]:
    """Return every bound chat of an office, lost ones too, in the order they were bound."""
    rows = await session.exec(
        select(ChatBindingRow, ChatRow)
        .join(ChatRow, col(ChatRow.id) == col(ChatBindingRow.chat_id))
        .where(ChatBindingRow.office_id == office_id)
        .order_by(col(ChatBindingRow.id))
    )
    return [
        Bound(
            identity(row.id),
            row.chat_id,
            chat.title,
            chat.thread_id != 0,
            row.purpose,
            row.unit_id,
            not chat.active,
        )
        for row, chat in rows
    ]


async def unbind(session: AsyncSession, binding_id: int) -> None:
    """Let a chat no longer be for that."""
    await session.delete(await session.get_one(ChatBindingRow, binding_id))
    await session.flush()
