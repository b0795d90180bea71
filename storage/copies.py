"""A copy of the database to try things on, and setting that copy back to an earlier day."""

import asyncio
import datetime as dt
import sqlite3
from pathlib import Path

from sqlalchemy import make_url, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxState
from bot.domain.states import PlanState
from storage.models import ChatRow, ItemRow, OccurrenceRow, OutboxRow, PersonRow, PlanRow


async def copy_sqlite(url: str, target: Path) -> bool:
    """Copy a SQLite database, also one at work, into a new file; False for another database."""
    source = make_url(url)
    if source.get_backend_name() != "sqlite" or not source.database:
        return False
    await asyncio.to_thread(_copy, source.database, target)
    return True


def _copy(source: str, target: Path) -> None:
    origin, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()


async def set_back(session: AsyncSession, start: dt.datetime, first: dt.date) -> None:
    """Let active plans have been at work since `start` (local day `first`), nothing told since.

    What was reported in the meantime stays reported. Only for a copy.
    """
    await session.exec(
        update(PlanRow)
        .where(col(PlanRow.state) == PlanState.ACTIVE, col(PlanRow.activated_at) > start)
        .values(activated_at=start)
    )
    await session.exec(
        update(OccurrenceRow).where(col(OccurrenceRow.due) >= first).values(unsettled=False)
    )
    await session.exec(update(ItemRow).where(col(ItemRow.added_at) > start).values(added_at=start))
    rows = await session.exec(
        select(OutboxRow).where(
            or_(col(OutboxRow.created_at) >= start, col(OutboxRow.closed_at) > start)
        )
    )
    for row in rows:
        if row.created_at >= start:
            row.state, row.dedupe_key = OutboxState.DROPPED, f"set back:{row.id}"
        # Nothing has happened yet that a clock that ran ahead would have to answer for.
        row.closed_at = min(row.closed_at, start) if row.closed_at else None
        session.add(row)


async def kinds(session: AsyncSession, outbox_ids: list[int]) -> dict[int, str]:
    """Return what kind of message each of these is."""
    rows = await session.exec(
        select(OutboxRow.id, OutboxRow.kind).where(col(OutboxRow.id).in_(outbox_ids))
    )
    return {outbox_id: str(kind) for outbox_id, kind in rows if outbox_id is not None}


async def names(session: AsyncSession) -> dict[tuple[int, int], str]:
    """Return what each chat is called: a group by its title, a private chat by the person."""
    rows = await session.exec(
        select(ChatRow, PersonRow.name).outerjoin(
            PersonRow, col(PersonRow.id) == col(ChatRow.person_id)
        )
    )
    return {(chat.telegram_id, chat.thread_id): chat.title or name or "" for chat, name in rows}
