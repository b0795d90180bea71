"""Acting on the updates that were written down: several chats at once, each in its order."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update

from bot.clock import Clock
from bot.domain.errors import DatabaseTrouble
from bot.runtime.trouble import Trouble
from bot.services import updates
from handlers.context import BotApplication
from storage.db import Database

logger = logging.getLogger(__name__)

AHEAD = 100  # updates looked at: so many of waiting chats do not keep another chat's from its turn
AT_ONCE = 8  # more would only wait for the database
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
TRIES = 10  # three minutes: after that nobody waits for the answer any more


class Handling:
    """Acts on each update once those before it of the same chat and the same person are done.

    So an answer that has to wait holds nobody else up. `on_handled` hears of each update acted
    on; `idle` is set while all that arrived was handled.
    """

    def __init__(
        self,
        application: BotApplication,
        db: Database,
        clock: Clock,
        on_handled: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._application = application
        self._db = db
        self._clock = clock
        self._on_handled = on_handled
        self._sleep = sleep
        self._arrived = asyncio.Event()
        self._acting = asyncio.Semaphore(AT_ONCE)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._trouble = Trouble("taking updates in")
        self._stopping = False
        self.idle = asyncio.Event()

    def arrived(self) -> None:
        """Hear that updates were written down."""
        self.idle.clear()
        self._arrived.set()

    async def for_ever(self) -> None:
        """Handle updates until cancelled, or until what was begun is done after `stop`."""
        while not self._stopping:
            try:
                await self._begin_what_may()
                if not self._busy and not self._arrived.is_set():
                    self.idle.set()
                await self._wait()
                self._trouble.over()
            except DatabaseTrouble as trouble:
                # What could not act, or was not closed, is still unhandled: it comes again.
                self._trouble.began(trouble.reason)
                await self._sleep(FIRST_WAIT)

    async def stop(self, grace: float) -> None:
        """Begin nothing more; what is not done after `grace` seconds waits for the next start."""
        self._stopping = True
        tasks = list(self._busy.values())
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _begin_what_may(self) -> None:
        """Begin each update whose chat and person have none before it."""
        self._arrived.clear()
        held: set[int] = set()
        for raw in await updates.unhandled(self._db, AHEAD):
            where = places(raw)
            update_id = int(raw["update_id"])
            if update_id not in self._busy and not where & held:
                name = f"handle {update_id}"
                self._busy[update_id] = asyncio.create_task(self._handle(raw), name=name)
            held |= where

    async def _wait(self) -> None:
        """Wait until an update was handled or one has arrived.

        Raises:
            DatabaseTrouble: one could not act; it is still unhandled.
        """
        arrival = asyncio.create_task(self._arrived.wait())
        try:
            await asyncio.wait(
                {arrival, *self._busy.values()}, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            arrival.cancel()
        for number, task in list(self._busy.items()):
            if task.done():
                del self._busy[number]
                task.result()
                self._on_handled()

    async def _handle(self, raw: dict[str, Any]) -> None:
        """Handle an update; one whose answer could not be sent is tried again.

        It has acted once and will not again.
        """
        update_id = int(raw["update_id"])
        update = self._understand(raw)
        if update is not None:
            wait = 0.0
            for number in range(TRIES + 1):
                await self._sleep(wait)
                asked = await self._act(update)
                if asked is None:
                    break
                wait = max(min(FIRST_WAIT * 2**number, LONGEST_WAIT), asked.total_seconds())
        await updates.mark_handled(self._db, update_id, self._clock())

    async def _act(self, update: Update) -> dt.timedelta | None:
        """Act; return None when it was answered, else how long Telegram asks to wait.

        Raises:
            DatabaseTrouble: nothing was done.
        """
        data, update_id = self._application.bot_data, update.update_id
        async with self._acting:
            await self._application.process_update(update)
        asked = data.unanswered.pop(update_id, None)
        if reason := data.unwritten.pop(update_id, None):
            raise DatabaseTrouble(reason)
        return asked

    def _understand(self, raw: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(raw, self._application.bot)
        except (TypeError, KeyError, ValueError):
            logger.exception("update not understood", extra={"update": raw["update_id"]})
            return None


def places(raw: dict[str, Any]) -> frozenset[int]:
    """Return the ids of the chat and the person of a raw update, none where it has none."""
    found: set[int] = set()
    for body in raw.values():
        if isinstance(body, dict):
            pressed = body.get("message")
            found |= {_id(body, "chat"), _id(body, "from"), _id(pressed, "chat")}
    return frozenset(found - {0})


def _id(body: Any, key: str) -> int:
    one = body.get(key) if isinstance(body, dict) else None
    number = one.get("id") if isinstance(one, dict) else None
    return number if isinstance(number, int) else 0
