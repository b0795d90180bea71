"""The tick: asks the clock, plans what is owed, delivers it. It never sleeps till a far moment."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services import process, updates
from bot.services.briefings import plan_briefings
from bot.services.card_watch import CardWatch
from bot.services.courier import deliver_all
from bot.services.delivery import Delivery
from bot.services.planner import Planner
from bot.services.searching import renew_every_office
from bot.services.summaries_closing import plan_summaries

logger = logging.getLogger(__name__)

EVERY_SECONDS = 3
# Once a minute is often enough to be on time.
PLAN_EVERY = dt.timedelta(minutes=1)


class Ticker:
    """Plans and delivers; two ticks never overlap."""

    def __init__(self, delivery: Delivery, watch: CardWatch | None = None) -> None:
        self._delivery = delivery
        self._watch = watch
        self._planner = Planner(delivery.db)
        self._turn = asyncio.Lock()
        self._planned_at: dt.datetime | None = None
        self._nudges: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Tick every few seconds."""
        # A run that comes late is still run, once: what is owed lives in the tables.
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=EVERY_SECONDS,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; what is under way is cut, and owed again after its lease."""
        nudges = list(self._nudges)
        for task in nudges:
            task.cancel()
        await asyncio.gather(*nudges, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Plan and deliver everything due by now."""
        await self._take_turn(self._tick)

    def nudge(self) -> None:
        """Deliver soon what was just owed, without waiting for the next tick."""
        task = asyncio.create_task(self._take_turn(self._deliver))
        self._nudges.add(task)
        task.add_done_callback(self._nudges.discard)

    async def _take_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        async with self._turn:
            try:
                await work()
            except Exception:
                # Whatever broke, the next tick finds the same work still owed.
                logger.exception("tick broke")

    async def _deliver(self) -> None:
        await deliver_all(self._delivery)
        await self._follow()

    async def _follow(self) -> None:
        if self._watch is not None:
            await self._watch.refresh()

    async def _tick(self) -> None:
        delivery = self._delivery
        now = delivery.clock()
        # A clock that was set back plans again too.
        if (
            self._planned_at is None
            or not now - self._planned_at < PLAN_EVERY
            or (now < self._planned_at)
        ):
            await self._planner.plan(now)
            await plan_briefings(delivery.db, now)
            await plan_summaries(delivery.db, now)
            await renew_every_office(delivery.db)
            self._planned_at = now
        await deliver_all(delivery)
        await self._follow()
        await updates.tidy(delivery.db, now)
        await process.beat(delivery.db, process.TICK, delivery.clock())
