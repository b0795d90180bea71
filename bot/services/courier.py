"""Delivering everything that is due: urgent first, fair between chats, in order within a chat.

A chat gets one message at a time. Several chats are written to at once only where the line is so
slow that one at a time would not use the permitted rate, because a crash can cost as many
messages twice as are under way.
"""

import asyncio
import contextlib
import logging
import math

from bot.services.delivery import Delivery, deliver_one
from storage import outbox_claims
from storage.rows import Waiting

logger = logging.getLogger(__name__)

MOST_LANES = 12
PER_SECOND = 30
AHEAD = 3  # messages of a chat looked at in one reading of the queue
FRESH_SECONDS = 1.0  # what became urgent since is found by then
PATIENCE = 5.0  # who must wait longer is looked at by a later call
STEADYING = 0.1  # how much the newest send counts in the average
SHORTEST_WAIT = 0.001


class Courier:
    """Delivers until nothing is due; `lanes` fixes how many chats at once, None: as needed."""

    def __init__(self, delivery: Delivery, lanes: int | None = None) -> None:
        self._delivery = delivery
        self._lanes = lanes
        self._took = 0.0
        self._queue: list[Waiting] = []
        self._read_at = -math.inf
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._served: dict[int, int] = {}
        self._turn = asyncio.Lock()
        self.stopping = False

    async def drain(self) -> None:
        """Deliver until nothing is due that may be sent soon.

        Raises:
            DatabaseTrouble: the database cannot be read or written just now.
        """
        async with self._turn:
            try:
                while not self.stopping and await self._step():
                    pass
                while self._busy:
                    await self._finish_one(None)
            finally:
                self._queue.clear()
                self._read_at = -math.inf

    async def stop(self, grace: float) -> None:
        """Begin nothing more, and cut off what is not done after `grace` seconds."""
        self.stopping = True
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=grace)
        cut = list(self._busy.values())
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)

    def wake(self) -> None:
        """Look at the queue again before the next message: something may be more urgent."""
        self._read_at = -math.inf

    async def _step(self) -> bool:
        """Begin one message or wait for a moment; return False when nothing is left to do."""
        await self._read_queue()
        lanes = self._lanes or max(1, min(MOST_LANES, math.ceil(self._took * PER_SECOND)))
        if len(self._busy) >= lanes:
            await self._finish_one(None)
            return True
        chosen, wait = self._choose()
        if chosen is not None:
            self._begin(chosen)
        elif self._busy:
            await self._finish_one(wait)
        elif wait <= PATIENCE:
            await self._delivery.pace.sleep(max(wait, SHORTEST_WAIT))
        else:
            return False
        return True

    async def _read_queue(self) -> None:
        now = self._delivery.pace.steady()
        if self._queue and 0 <= now - self._read_at < FRESH_SECONDS:
            return
        async with self._delivery.db.read() as session:
            found = await outbox_claims.waiting(session, self._delivery.clock(), per_chat=AHEAD)
        self._queue = [one for one in found if one.telegram_id not in self._busy]
        self._read_at = now

    def _choose(self) -> tuple[Waiting | None, float]:
        """Return the next message, or the seconds until there may be one (infinite: none)."""
        pace = self._delivery.pace
        best: Waiting | None = None
        soonest = math.inf
        blocked: set[int] = set(self._busy)
        for one in self._queue:
            if best is not None and one.urgency > best.urgency:
                break
            if one.telegram_id in blocked:
                continue
            blocked.add(one.telegram_id)  # what comes later in a chat waits for what comes first
            wait = pace.wait_for(one.telegram_id)
            if wait > 0:
                soonest = min(soonest, wait)
            elif best is None or self._turn_of(one) < self._turn_of(best):
                best = one
                if self._turn_of(one) == 0:
                    break
        return best, soonest

    def _turn_of(self, one: Waiting) -> int:
        return self._served.get(one.telegram_id, 0)

    def _begin(self, chosen: Waiting) -> None:
        self._queue.remove(chosen)
        self._served[chosen.telegram_id] = max(self._served.values(), default=0) + 1
        task = asyncio.create_task(self._deliver(chosen), name=f"deliver {chosen.id}")
        self._busy[chosen.telegram_id] = task

    async def _deliver(self, chosen: Waiting) -> None:
        started = self._delivery.pace.steady()
        await deliver_one(self._delivery, chosen.id)
        took = self._delivery.pace.steady() - started
        self._took += (took - self._took) * STEADYING

    async def _finish_one(self, at_most: float | None) -> None:
        limit = None if at_most is None or math.isinf(at_most) else at_most
        done, _ = await asyncio.wait(
            self._busy.values(), timeout=limit, return_when=asyncio.FIRST_COMPLETED
        )
        for chat, task in list(self._busy.items()):
            if task in done:
                del self._busy[chat]
                with contextlib.suppress(asyncio.CancelledError):
                    task.result()


async def deliver_all(delivery: Delivery) -> None:
    """Deliver until nothing is due."""
    await Courier(delivery).drain()
