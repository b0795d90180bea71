"""The intake of updates: written down before they are confirmed, handled in order, acted on once.

Polling and, later, webhooks end here.
"""

import datetime as dt
from typing import Any

from storage import process, updates
from storage.db import Database

KEEP = dt.timedelta(days=7)
OFFSET = "offset"


async def take_in(db: Database, batch: list[dict[str, Any]], now: dt.datetime) -> int:
    """Write a batch of raw updates down, and where the next one begins; return how many are new.

    Those known already are left alone.
    """
    async with db.begin() as session:
        new = await updates.add_updates(session, batch, now)
        last = max(raw["update_id"] for raw in batch)
        await process.put_fact(session, OFFSET, str(last + 1), now)
    return new


async def next_offset(db: Database) -> int | None:
    """Return the offset that confirms the last batch written down, None when there was none.

    It is of that batch, not of the highest id ever seen: after a week without updates, and at
    another API server, Telegram numbers from anywhere.
    """
    async with db.read() as session:
        found = await process.find_fact(session, OFFSET)
    return None if found is None else int(found[0])


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
