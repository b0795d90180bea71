"""One running bot, from an open database to a clean stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram.error import InvalidToken, TelegramError

from bot.clock import Clock
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.i18n import translator
from bot.runtime.polling import Intake
from bot.runtime.telegram_line import build_application
from bot.runtime.ticker import Ticker
from bot.services import process
from bot.services.card_watch import CardWatch
from bot.services.delivery import Delivery
from bot.settings import Settings
from handlers.context import BotApplication
from handlers.menus import set_menus
from handlers.render import render
from handlers.render_card import card
from handlers.sender import TelegramSender
from handlers.work import origin_ref
from storage.db import Database

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
BAD_TOKEN = N_("Telegram refuses TELEGRAM_BOT_TOKEN. Check it, or ask @BotFather for a new one.")


class BotProcess:
    """The parts of a running bot; `tick` is there for a clock that is moved by hand."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self.application: BotApplication = build_application(settings, db, clock, translator)
        sender = TelegramSender(self.application.bot)
        self.delivery = Delivery(db, sender, render, translator, clock)
        watch = CardWatch(db, sender, card, origin_ref, translator, clock)
        self.ticker = Ticker(self.delivery, watch)
        self.intake = Intake(self.application, db, clock, self.ticker.nudge)
        self._db = db
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Log in, set the menus, and begin to fetch, handle and tick.

        A line that is down is waited for; what is owed is kept meanwhile.

        Raises:
            UserError: Telegram refuses the token.
        """
        await self._log_in()
        await self.application.start()
        self.ticker.start()
        self._tasks = [
            asyncio.create_task(self.intake.fetch_for_ever(), name="fetch"),
            asyncio.create_task(self.intake.handle_for_ever(), name="handle"),
        ]
        await self.ticker.tick()

    async def _log_in(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                await self.application.initialize()
                await set_menus(self.application.bot, translator)
                break
            except InvalidToken as error:
                raise UserError(BAD_TOKEN) from error
            except TelegramError as error:
                logger.warning("Telegram is out of reach: %s", type(error.__cause__ or error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        name = self.application.bot.username
        await process.remember_bot_name(self._db, name, self._clock())
        logger.info("running as @%s", name)

    async def wait(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, or a loop ends, which it only does by an error."""
        stopped = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([stopped, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        for task in done - {stopped}:
            try:
                task.result()
            except InvalidToken as error:
                raise UserError(BAD_TOKEN) from error

    async def stop(self) -> None:
        """Stop fetching, handling and ticking, and log out."""
        await self.ticker.stop()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError, TelegramError):
                await task
        if self.application.running:
            await self.application.stop()
        await self.application.shutdown()


async def _start(bot: BotProcess, stop: asyncio.Event) -> None:
    starting, stopped = asyncio.create_task(bot.start()), asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if starting.done():
        starting.result()
        return
    starting.cancel()
    with suppress(asyncio.CancelledError):
        await starting


@asynccontextmanager
async def running_bot(
    settings: Settings, db: Database, clock: Clock, stop: asyncio.Event | None = None
) -> AsyncIterator[BotProcess]:
    """Start a bot over a migrated database, and stop it at the end.

    `stop` also ends a start that still waits for a line that is down.
    """
    bot = BotProcess(settings, db, clock)
    try:
        await _start(bot, stop or asyncio.Event())
        yield bot
    finally:
        await bot.stop()
