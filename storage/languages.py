"""Which language somebody is answered in."""

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ChatRow, PersonRow
from storage.rows import identity


async def set_of_person(session: AsyncSession, person_id: int, locale: str) -> str | None:
    """Set a person's language, their private chat's too; return what it was."""
    row = await session.get(PersonRow, person_id)
    assert row is not None  # the person has just been found
    before, row.locale = row.locale, locale
    session.add(row)
    await session.exec(
        update(ChatRow).where(col(ChatRow.person_id) == person_id).values(locale=locale)
    )
    await session.flush()
    return before


async def set_of_chat(
    session: AsyncSession, office_id: int, telegram_id: int, thread_id: int, locale: str
) -> tuple[int, str | None] | None:
    """Set a group's or topic's language; return its id and what it was, None if unknown."""
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
        return None
    before, row.locale = row.locale, locale
    session.add(row)
    await session.flush()
    return identity(row.id), before
