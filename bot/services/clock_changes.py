"""What is owed when a process begins, or when the host's clock turns out to have been wrong."""

import datetime as dt
import logging

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from storage import outbox_ahead, outbox_lately
from storage.audit import Act
from storage.audit_rows import recording
from storage.db import Database

logger = logging.getLogger(__name__)


async def take_over(db: Database, now: dt.datetime) -> int:
    """Go on with what an earlier process was sending; return how many messages that were.

    Each may have arrived: it is sent again, and its row says so. Only the one process that holds
    the database's lock may call this.
    """
    async with db.begin() as session:
        await _put_right(session, now)
        await outbox_lately.forget_the_future(session, now)
        count = await outbox_lately.take_over(session, now)
    if count:
        logger.warning("%d messages were being sent when the bot ended: sent again", count)
    return count


async def clock_set_back(db: Database, now: dt.datetime, back: dt.timedelta) -> None:
    """Let what waits until a moment of the old clock wait until the same moment of the new.

    What was told of days to come is told again when they come.
    """
    async with db.begin() as session:
        await _put_right(session, now)
        await outbox_lately.set_back(session, now, back)


async def forget_days_to_come(db: Database, now: dt.datetime) -> None:
    """Take back what a clock that ran ahead has told, also where it ran for a moment only."""
    async with db.read() as session:
        if not await outbox_ahead.any_ahead(session, now, local_day(now)):
            return
    async with db.begin() as session:
        count = await _put_right(session, now)
    logger.warning("the clock had run ahead: %d messages were of days to come", count)


async def _put_right(session: AsyncSession, now: dt.datetime) -> int:
    count = await outbox_ahead.put_right(session, now, local_day(now))
    async with recording(session, Act(0, now), "clock.put_right"):
        await outbox_ahead.take_back_made(session, now, local_day(now))
    return count
