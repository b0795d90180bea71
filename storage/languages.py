"""Which language somebody is answered in."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ChatRow, PersonRow


async def set_of_person(session: AsyncSession, person_id: int, locale: str) -> None:
    """Set a person's language, their private chat's too."""
    chats = await session.exec(select(ChatRow).where(ChatRow.person_id == person_id))
    for row in (await session.get_one(PersonRow, person_id), *chats):
        row.locale = locale
        session.add(row)
    await session.flush()


async def set_of_chat(
    session: AsyncSession, office_id: int, telegram_id: int, thread_id: int, locale: str
) -> bool:
    """Set a group's or topic's language; return False if it is unknown."""
    rows = await session.exec(
        select(ChatRow)
        .where(
            ChatRow.office_id == office_id,
            ChatRow.telegram_id == telegram_id,
            col(ChatRow.thread_id).in_((thread_id, 0)),
        )
        .order_by(col(ChatRow.thread_id).desc())
    )
    row = rows.first()
    if row is None:
        return False
    row.locale = locale
    session.add(row)
    await session.flush()
    return True
