"""The process and its pulse: what `nhacviec health` and invitations need to know of the bot."""

import datetime as dt

from storage import process
from storage.db import Database

TICK = "tick"
POLL = "poll"
BOT_NAME = "bot_name"


async def beat(db: Database, name: str, now: dt.datetime) -> None:
    """Record that a part of the process did its work at `now`."""
    async with db.begin() as session:
        await process.put_fact(session, name, "", now)


async def last_beat(db: Database, name: str) -> dt.datetime | None:
    """Return when a part of the process last did its work."""
    async with db.read() as session:
        fact = await process.find_fact(session, name)
    return None if fact is None else fact[1]


async def remember_bot_name(db: Database, name: str, now: dt.datetime) -> None:
    """Record the bot's user name, for deep links."""
    async with db.begin() as session:
        await process.put_fact(session, BOT_NAME, name, now)


async def bot_name(db: Database) -> str | None:
    """Return the bot's user name, None until the bot has run."""
    async with db.read() as session:
        fact = await process.find_fact(session, BOT_NAME)
    return None if fact is None else fact[0]
