"""Incoming updates: written before they are confirmed to Telegram, handled in their order."""

import datetime as dt
from typing import Any

from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import UpdateRow
from storage.upsert import insert_into


async def add_updates(
    session: AsyncSession, updates: list[dict[str, Any]], now: dt.datetime
) -> int:
    """Write updates down and return how many are new; one that is known already is left alone."""
    new = 0
    for body in updates:
        statement = insert_into(session, UpdateRow).values(
            id=body["update_id"], body=body, received_at=now, acted=False
        )
        done = await session.exec(statement.on_conflict_do_nothing(index_elements=["id"]))
        new += done.rowcount
    return new


async def unhandled(session: AsyncSession, most: int) -> list[dict[str, Any]]:
    """Return the oldest updates not handled yet, at most so many, in their order."""
    rows = await session.exec(
        select(UpdateRow)
        .where(col(UpdateRow.handled_at).is_(None))
        .order_by(col(UpdateRow.id))
        .limit(most)
    )
    return [{**(row.body or {}), "update_id": row.id} for row in rows]


async def mark_handled(session: AsyncSession, update_id: int, now: dt.datetime) -> None:
    """Close an update and forget what it said."""
    await session.exec(
        update(UpdateRow).where(col(UpdateRow.id) == update_id).values(handled_at=now, body=None)
    )


async def forget_updates(session: AsyncSession, before: dt.datetime) -> None:
    """Drop handled updates received before `before`; Telegram repeats none older than a day."""
    await session.exec(
        delete(UpdateRow).where(
            col(UpdateRow.handled_at).is_not(None), col(UpdateRow.received_at) < before
        )
    )


async def received_since(session: AsyncSession, since: dt.datetime) -> int:
    """Return how many updates were written down since an instant."""
    statement = select(func.count()).where(col(UpdateRow.received_at) >= since)
    return int((await session.exec(statement)).one())
