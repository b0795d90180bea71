"""The intake: fetch updates, write them down, only then confirm them."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock, steady
from bot.domain.errors import DatabaseTrouble
from bot.runtime.trouble import Trouble
from bot.services import process, updates
from bot.services.away import owe_away
from handlers.context import BotApplication
from handlers.sender import seconds_of
from storage.db import Database

logger = logging.getLogger(__name__)

ALLOWED = ["message", "callback_query", "my_chat_member"]
LONG_POLL_SECONDS = 25
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class Intake:
    """Fetches; `on_arrived` hears of each batch that was written down."""

    def __init__(
        self,
        application: BotApplication,
        db: Database,
        clock: Clock,
        on_arrived: Callable[[], None] = lambda: None,
        steady: Callable[[], float] = steady,
    ) -> None:
        self._application = application
        self._db = db
        self._clock = clock
        self._on_arrived = on_arrived
        self._steady = steady
        self._trouble = Trouble("taking updates in")
        # By the steady clock; None until this process has heard from Telegram.
        self._heard: float | None = None
        self.heard_at = steady()

    async def fetch_for_ever(self) -> None:
        """Fetch updates until cancelled; a line that is down is tried again, ever more slowly."""
        wait = FIRST_WAIT
        while True:
            try:
                await self.fetch_once()
                wait = FIRST_WAIT
                self._trouble.over()
            except DatabaseTrouble as trouble:
                # What could not be written down was not confirmed: Telegram brings it again.
                self._trouble.began(trouble.reason)
                await asyncio.sleep(FIRST_WAIT)
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error).total_seconds())
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
        after the one that brought it, when every update of it is on disk. The first request does
        not wait for updates: a bot that has just begun knows at once whether the line works.
        """
        timeout = 0 if self._heard is None else LONG_POLL_SECONDS
        batch: list[dict[str, Any]] = await self._application.bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": await updates.next_offset(self._db),
                "timeout": timeout,
                "allowed_updates": ALLOWED,
            },
            read_timeout=LONG_POLL_SECONDS + 10,
        )
        if batch:
            new = await updates.take_in(self._db, batch, self._clock())
            self._on_arrived()
            if not new:
                # A server that repeats itself is not asked without a pause.
                await asyncio.sleep(FIRST_WAIT)
        await self._note_heard()

    async def _note_heard(self) -> None:
        """Note that Telegram answered, and whether it had not for long, or nobody asked it."""
        now, here = self._clock(), self._steady()
        if self._heard is None:
            since = await process.last_beat(self._db, process.POLL) or now
        else:
            since = now - dt.timedelta(seconds=here - self._heard)
        await owe_away(self._db, since, now)
        await process.beat(self._db, process.POLL, now)
        self._heard = self.heard_at = here
