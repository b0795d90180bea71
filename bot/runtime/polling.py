"""The intake: fetch updates, write them down, only then confirm them; act on them in order."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.services import process, updates
from handlers.context import BotApplication
from storage.db import Database

logger = logging.getLogger(__name__)

ALLOWED = ["message", "callback_query", "my_chat_member"]
LONG_POLL_SECONDS = 25
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
TRIES = 5


class Intake:
    """Fetches and handles.

    `on_handled` hears of each update acted on; `idle` is set while all that arrived was handled.
    """

    def __init__(
        self,
        application: BotApplication,
        db: Database,
        clock: Clock,
        on_handled: Callable[[], None] = lambda: None,
    ) -> None:
        self._application = application
        self._db = db
        self._clock = clock
        self._on_handled = on_handled
        self._arrived = asyncio.Event()
        self.idle = asyncio.Event()

    async def fetch_for_ever(self) -> None:
        """Fetch updates until cancelled; a line that is down is tried again, ever more slowly."""
        wait = FIRST_WAIT
        while True:
            try:
                await self.fetch_once()
                wait = FIRST_WAIT
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except TelegramError as error:
                if isinstance(error, Conflict):
                    logger.error("another process fetches this bot's updates, or a webhook is set")
                else:
                    logger.warning("cannot fetch updates: %s", type(error.__cause__ or error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def fetch_once(self) -> None:
        """Fetch one batch and write it down.

        The offset comes from the database, so a batch is confirmed to Telegram only by the request
        after the one that brought it, when every update of it is on disk.
        """
        batch: list[dict[str, Any]] = await self._application.bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": await updates.next_offset(self._db),
                "timeout": LONG_POLL_SECONDS,
                "allowed_updates": ALLOWED,
            },
            read_timeout=LONG_POLL_SECONDS + 10,
        )
        if batch:
            await updates.take_in(self._db, batch, self._clock())
            # Cleared only now: the handling loop may have found nothing while this was written.
            self.idle.clear()
            self._arrived.set()
        await process.beat(self._db, process.POLL, self._clock())

    async def handle_for_ever(self) -> None:
        """Handle updates in their order until cancelled."""
        while True:
            if await self.handle_one():
                continue
            if not self._arrived.is_set():
                self.idle.set()
            await self._arrived.wait()
            self._arrived.clear()

    async def handle_one(self) -> bool:
        """Handle the oldest update that was not; return False when there is none.

        One whose answer could not be sent is tried again: it has acted once and will not again.
        """
        raw = await updates.next_update(self._db)
        if raw is None:
            return False
        update_id = int(raw["update_id"])
        update = self._understand(raw)
        if update is not None:
            for wait in (0.0, *(min(2.0**n, LONGEST_WAIT) for n in range(TRIES))):
                await asyncio.sleep(wait)
                self._application.bot_data.unanswered.discard(update_id)
                await self._application.process_update(update)
                if update_id not in self._application.bot_data.unanswered:
                    break
        await updates.mark_handled(self._db, update_id, self._clock())
        self._on_handled()
        return True

    def _understand(self, raw: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(raw, self._application.bot)
        except (TypeError, KeyError, ValueError):
            logger.exception("update not understood", extra={"update": raw["update_id"]})
            return None


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
