"""Delivering everything that is due: urgent first, fair between chats, in order within a chat.

One message is under way at a time, because a crash can cost as many messages twice as are under
way. Only one that gets no answer does not hold the others up: another chat's is begun beside it.
"""

import asyncio
import contextlib
import logging
import math

from bot.services.delivery import Delivery, deliver_one
from storage import outbox_claims
from storage.rows import Waiting

logger = logging.getLogger(__name__)

# A send without an answer for so long is hanging.
HANGING_SECONDS = 0.5
MOST_HANGING = 12
AHEAD = 3  # messages of a chat looked at in one reading of the queue
FRESH_SECONDS = 1.0  # what became urgent since is found by then
PATIENCE = 5.0  # who must wait longer is looked at by a later call
SHORTEST_WAIT = 0.001


class Courier:
    """Delivers until nothing is due; a send without an answer for `hanging` seconds is hanging."""

    def __init__(self, delivery: Delivery, hanging: float = HANGING_SECONDS) -> None:
        self._delivery = delivery
        self._hanging = hanging
        self._begun_at = -math.inf
        self._queue: list[Waiting] = []
        self._read_at = -math.inf
        self._busy: dict[int, asyncio.Task[bool]] = {}
        self._under_way: dict[int, int] = {}
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
        if self._busy and (patience := self._until_hanging()) > 0:
            await self._finish_one(patience)
            return True
        chosen, wait = self._choose()
        if chosen is not None:
            self._begin(chosen)
        elif self._busy:
            await self._finish_one(min(wait, FRESH_SECONDS))
        elif wait <= PATIENCE:
            await self._delivery.pace.sleep(max(wait, SHORTEST_WAIT))
        else:
            return False
        return True

    def _until_hanging(self) -> float:
        """Return for how many seconds nothing may be begun beside what is under way."""
        if len(self._busy) >= MOST_HANGING:
            return math.inf
        left = self._begun_at + self._hanging - self._delivery.pace.steady()
        return min(left, self._hanging)  # that clock may have been set, too

    async def _read_queue(self) -> None:
        now = self._delivery.pace.steady()
        if self._queue and 0 <= now - self._read_at < FRESH_SECONDS:
            return
        async with self._delivery.db.read() as session:
            found = await outbox_claims.waiting(session, self._delivery.clock(), per_chat=AHEAD)
        # What else a busy chat is owed stays: nothing is read again before the end.
        self._queue = [one for one in found if one.id not in self._under_way.values()]
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
        self._under_way[chosen.telegram_id] = chosen.id
        self._served[chosen.telegram_id] = max(self._served.values(), default=0) + 1
        delivering = deliver_one(self._delivery, chosen.id)
        task = asyncio.create_task(delivering, name=f"deliver {chosen.id}")
        self._busy[chosen.telegram_id] = task
        self._begun_at = self._delivery.pace.steady()

    async def _finish_one(self, at_most: float | None) -> None:
        limit = None if at_most is None or math.isinf(at_most) else at_most
        done, _ = await asyncio.wait(
            self._busy.values(), timeout=limit, return_when=asyncio.FIRST_COMPLETED
        )
        for chat, task in list(self._busy.items()):
            if task in done:
                del self._busy[chat], self._under_way[chat]
                with contextlib.suppress(asyncio.CancelledError):
                    task.result()


async def deliver_all(delivery: Delivery) -> None:
    """Deliver until nothing is due."""
    await Courier(delivery).drain()
