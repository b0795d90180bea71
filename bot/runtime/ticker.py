"""The tick: asks the clock, plans what is owed, delivers it. It never sleeps till a far moment."""

import asyncio
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services import process, updates
from bot.services.delivery import Delivery, deliver_all
from bot.services.reminders import plan_reminders

logger = logging.getLogger(__name__)

EVERY_SECONDS = 3


class Ticker:
    """Plans and delivers; two ticks never overlap."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._turn = asyncio.Lock()
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

    def stop(self) -> None:
        """Tick no more; a tick under way is left to the event loop."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Plan and deliver everything due by now."""
        async with self._turn:
            try:
                await self._tick()
            except Exception:
                # Whatever broke, the next tick finds the same work still owed.
                logger.exception("tick broke")

    async def _tick(self) -> None:
        delivery = self._delivery
        now = delivery.clock()
        await plan_reminders(delivery.db, now)
        await deliver_all(delivery)
        await updates.tidy(delivery.db, now)
        await process.beat(delivery.db, process.TICK, delivery.clock())
