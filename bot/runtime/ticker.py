"""The tick: asks the clock, plans what is owed, delivers it. It never sleeps till a far moment."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import steady
from bot.domain.errors import DatabaseTrouble
from bot.runtime.trouble import Trouble
from bot.services import process, updates
from bot.services.briefings import plan_briefings
from bot.services.courier import Courier
from bot.services.delivery import Delivery
from bot.services.own_data import erase_unneeded
from bot.services.planner import Planner
from bot.services.searching import WordKeeper
from bot.services.summaries_closing import plan_summaries

logger = logging.getLogger(__name__)

EVERY_SECONDS = 3
# Once a minute is often enough to be on time.
PLAN_EVERY = dt.timedelta(minutes=1)


class Watching(Protocol):
    """Edits messages that were sent when what they tell of has changed."""

    async def refresh(self) -> None:
        """Edit those that are behind."""
        ...


class Ticker:
    """Plans and delivers. Planning never waits for what is being delivered."""

    def __init__(
        self,
        delivery: Delivery,
        watches: Sequence[Watching] = (),
        steady: Callable[[], float] = steady,
    ) -> None:
        self.courier = Courier(delivery)
        self._delivery = delivery
        self._watches = watches
        self._planner = Planner(delivery.db)
        self._words = WordKeeper(delivery.db)
        self._planning = asyncio.Lock()
        self._planned_at: dt.datetime | None = None
        self._delivering: asyncio.Task[None] | None = None
        self._wanted = False
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._steady = steady
        self._trouble = Trouble("ticking")
        self.ticked_at = steady()

    def start(self) -> None:
        """Tick every few seconds."""
        self._schedule()
        self._scheduler.start()

    def begin_anew(self) -> None:
        """Tick from now on: the schedule goes by the host's clock, which may have been set."""
        self.ticked_at = self._steady()
        self._planned_at = None
        if self._scheduler.running:
            self._schedule()

    def _schedule(self) -> None:
        # A run that comes late is still run, once: what is owed lives in the tables.
        self._scheduler.add_job(
            self._beat,
            "interval",
            id="tick",
            replace_existing=True,
            seconds=EVERY_SECONDS,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def stop(self, grace: float) -> None:
        """Tick no more; a send that is not done after `grace` seconds is cut, and owed again."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._wanted = False
        await self.courier.stop(grace)
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)

    async def tick(self) -> None:
        """Plan and deliver everything due by now."""
        await self._beat()
        if self._delivering is not None:
            await asyncio.wait([self._delivering])

    def nudge(self) -> None:
        """Deliver soon what was just owed, without waiting for the next tick."""
        self._wanted = True
        self.courier.wake()
        if self._delivering is None or self._delivering.done():
            self._delivering = asyncio.create_task(self._deliver(), name="deliver")

    async def _beat(self) -> None:
        async with self._planning:
            await self._guarded(self._plan)
        self.nudge()

    async def _deliver(self) -> None:
        while self._wanted:
            self._wanted = False
            await self._guarded(self.courier.drain)
            for watch in self._watches:
                await self._guarded(watch.refresh)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            self._trouble.over()
        except DatabaseTrouble as trouble:
            self._trouble.began(trouble.reason)
        except Exception:
            # Whatever broke, the next tick finds the same work still owed.
            logger.exception("tick broke")

    async def _plan(self) -> None:
        db, now = self._delivery.db, self._delivery.clock()
        self.ticked_at = self._steady()
        # A clock that was set back plans again too.
        if self._planned_at is None or not dt.timedelta() <= now - self._planned_at < PLAN_EVERY:
            await self._planner.plan(now)
            await plan_briefings(db, now)
            await plan_summaries(db, now)
            await self._words.renew(now)
            await updates.tidy(db, now)
            await erase_unneeded(db, now)
            self._planned_at = now
        await process.beat(db, process.TICK, self._delivery.clock())
