"""A topic of a group by itself: closed, while the group's others can be written to."""

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.chats import chat_value
from storage.models import ChatRow
from storage.rows import Chat


async def mark_lost(session: AsyncSession, chat_id: int, reason: str) -> list[Chat]:
    """Mark one chat as lost and return it; nothing where it was before."""
    row = await session.get_one(ChatRow, chat_id)
    if not row.active:
        return []
    row.active, row.lost_reason = False, reason
    session.add(row)
    await session.flush()
    return [chat_value(row)]
