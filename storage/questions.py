"""Questions that were asked of people in a chat: which message asks them, and whom."""

import datetime as dt

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import DialogRow
from storage.rows import Dialog, identity

MESSAGE = "message"


async def note_message(
    session: AsyncSession, person_id: int, address: tuple[int, int], message_id: int
) -> None:
    """Remember which message asks what a person still has to answer at `address`."""
    row = (
        await session.exec(
            select(DialogRow).where(
                DialogRow.person_id == person_id,
                DialogRow.telegram_chat_id == address[0],
                DialogRow.thread_id == address[1],
            )
        )
    ).first()
    if row is not None:
        await session.exec(
            update(DialogRow)
            .where(col(DialogRow.id) == row.id)
            .values(value={**row.value, MESSAGE: message_id})
        )


async def asked_of_others(
    session: AsyncSession, person_id: int, address: tuple[int, int], now: dt.datetime
) -> list[Dialog]:
    """Return the questions that others than this person have to answer, the newest first."""
    rows = await session.exec(
        select(DialogRow)
        .where(
            DialogRow.telegram_chat_id == address[0],
            DialogRow.thread_id == address[1],
            DialogRow.person_id != person_id,
            DialogRow.expires_at > now,
        )
        .order_by(col(DialogRow.id).desc())
    )
    return [
        Dialog(
            identity(row.id), row.office_id, row.person_id, row.question, row.subject_id, row.value
        )
        for row in rows
    ]
