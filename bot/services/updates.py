"""The intake of updates: written down before they are confirmed, handled in order, acted on once.

Polling and, later, webhooks end here.
"""

import datetime as dt
from typing import Any

from storage import updates
from storage.db import Database

KEEP = dt.timedelta(days=7)


async def take_in(db: Database, batch: list[dict[str, Any]], now: dt.datetime) -> None:
    """Write a batch of raw updates down; those known already are left alone."""
    async with db.begin() as session:
        await updates.add_updates(session, batch, now)


async def next_offset(db: Database) -> int | None:
    """Return the offset that confirms everything written down, None when nothing was."""
    async with db.read() as session:
        newest = await updates.last_update_id(session)
    return None if newest is None else newest + 1


async def unhandled(db: Database, most: int) -> list[dict[str, Any]]:
    """Return the oldest raw updates that were not handled, in their order."""
    async with db.read() as session:
        return await updates.unhandled(session, most)


async def mark_handled(db: Database, update_id: int, now: dt.datetime) -> None:
    """Close an update; its words are not kept."""
    async with db.begin() as session:
        await updates.mark_handled(session, update_id, now)


async def tidy(db: Database, now: dt.datetime) -> None:
    """Forget updates older than a week."""
    async with db.begin() as session:
        await updates.forget_updates(session, now - KEEP)
