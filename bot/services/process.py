"""The process and its pulse: what `nhacviec health` and invitations need to know of the bot."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.errors import DatabaseTrouble
from storage import process
from storage.db import Database

TICK = "tick"
POLL = "poll"
DATABASE = "database"
START = "start"
BOT_NAME = "bot_name"
# A poll may take half a minute, and an outage of a few seconds is none.
STALE = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Pulses:
    """When the parts of the process last did their work, and which of them is `red`.

    `starting`: it is red because the process began a moment ago and has not heard from Telegram.
    """

    tick: dt.datetime | None
    poll: dt.datetime | None
    red: tuple[str, ...]
    starting: bool = False


async def pulses(db: Database, now: dt.datetime) -> Pulses:
    """Return what is alive at `now`; that the database can be written to is tried."""
    tick, poll = await last_beat(db, TICK), await last_beat(db, POLL)
    red = [name for name, last in ((TICK, tick), (POLL, poll)) if _stale(last, now)]
    try:
        await beat(db, DATABASE, now)
    except DatabaseTrouble:
        red.append(DATABASE)
    started = await last_beat(db, START)
    begun = started is not None and not _stale(started, now) and (poll is None or poll < started)
    return Pulses(tick, poll, tuple(red), bool(begun and POLL in red and DATABASE not in red))


def _stale(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a pulse is too old, or from a clock that has been set back since."""
    return last is None or abs(now - last) >= STALE


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
