"""The watchdog: sees a stalled line, a tick that no longer comes, a clock that was set."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from bot.clock import Clock, steady
from bot.runtime.polling import Intake
from bot.runtime.ticker import Ticker
from bot.services import clock_changes
from storage.db import Database

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
STALLED_SECONDS = 120.0
NO_TICK_SECONDS = 30.0
JUMP = dt.timedelta(seconds=20)


class Watch:
    """Looks every few seconds, by a clock that nobody sets."""

    def __init__(
        self,
        db: Database,
        ticker: Ticker,
        intake: Intake,
        restart_polling: Callable[[], Awaitable[None]],
        clock: Clock,
        steady: Callable[[], float] = steady,
    ) -> None:
        self._db = db
        self._ticker = ticker
        self._intake = intake
        self._restart_polling = restart_polling
        self._clock = clock
        self._steady = steady
        self._seen = (clock(), steady())
        self._restarted_at = steady()

    async def look_for_ever(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Mend what has stopped."""
        await self._look_at_clock()
        here = self._steady()
        if here - max(self._intake.heard_at, self._restarted_at) > STALLED_SECONDS:
            logger.error("nothing heard from Telegram for two minutes: a fresh connection")
            self._restarted_at = here
            await self._restart_polling()
        if here - self._ticker.ticked_at > NO_TICK_SECONDS:
            logger.error("no tick for half a minute: the schedule begins anew")
            self._ticker.begin_anew()

    async def _look_at_clock(self) -> None:
        wall, here = self._clock(), self._steady()
        was_wall, was_here = self._seen
        self._seen = (wall, here)
        jump = (wall - was_wall) - dt.timedelta(seconds=here - was_here)
        if abs(jump) < JUMP:
            return
        logger.warning("the host's clock was set by %d seconds", jump.total_seconds())
        if jump < dt.timedelta():
            await clock_changes.clock_set_back(self._db, wall, -jump)
        self._ticker.begin_anew()
