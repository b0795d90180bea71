"""One running bot, from an open database to a clean stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.i18n import translator
from bot.runtime.handling import Handling
from bot.runtime.polling import Intake
from bot.runtime.single import SingleInstance
from bot.runtime.telegram_line import build_application, polling_request
from bot.runtime.ticker import Ticker
from bot.runtime.watch import Watch
from bot.services import process
from bot.services.asked_watch import AskedWatch
from bot.services.card_watch import CardWatch
from bot.services.clock_changes import take_over
from bot.services.delivery import Delivery
from bot.services.pace import Pace
from bot.settings import Settings
from handlers.context import BotApplication
from handlers.menus import MenuKeeper
from handlers.render import render
from handlers.render_card import card
from handlers.sender import TelegramSender, seconds_of
from handlers.work import origin_ref
from storage.db import Database

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
# Whoever stops the bot may kill it after five seconds; recording and leaving take the rest.
GRACE = 4.0
BAD_TOKEN = N_("Telegram refuses TELEGRAM_BOT_TOKEN. Check it, or ask @BotFather for a new one.")


class BotProcess:
    """The parts of a running bot; `ticker` is there for a clock that is moved by hand."""

    def __init__(
        self, settings: Settings, db: Database, clock: Clock, pace: Pace | None = None
    ) -> None:
        self.pace = pace or Pace()
        self._polling = polling_request(settings)
        self.application: BotApplication = build_application(
            settings, db, clock, translator, self.pace, self._polling
        )
        sender = TelegramSender(self.application.bot)
        self.delivery = Delivery(db, sender, render, translator, clock, pace=self.pace)
        cards = CardWatch(db, sender, card, origin_ref, translator, clock)
        asked = AskedWatch(db, sender, render, translator, clock)
        self.ticker = Ticker(self.delivery, (cards, asked))
        self.menus = MenuKeeper(db, self.application.bot, translator, clock)
        self.handling = Handling(self.application, db, clock, self._handled)
        self.intake = Intake(self.application, db, clock, self.handling.arrived)
        self._watch = Watch(db, self.ticker, self.intake, self.restart_polling, clock)
        self._single = SingleInstance(settings.database_file())
        self._db = db
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._refused = asyncio.Event()

    async def start(self) -> None:
        """Wait to be alone, log in, and begin to fetch, handle and tick.

        A line that is down is waited for; what is owed is kept meanwhile.

        Raises:
            UserError: Telegram refuses the token.
        """
        await self._single.take()
        await process.beat(self._db, process.START, self._clock())
        await take_over(self._db, self._clock())
        await self.pace.seed(self._db, self._clock())
        await self._log_in()
        await self.application.start()
        self.ticker.start()
        self._begin("fetch", self.intake.fetch_for_ever)
        self._begin("handle", self.handling.for_ever)
        self._begin("watch", self._watch.look_for_ever)
        self._begin("menus", self.menus.for_ever)
        await self.ticker.tick()

    def _handled(self) -> None:
        self.ticker.nudge()
        self.menus.nudge()

    def _begin(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        self._tasks[name] = asyncio.create_task(self._keep(name, loop), name=name)

    async def _keep(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        """Run a loop until it ends; where it breaks, begin it again."""
        while True:
            try:
                await loop()
                return
            except InvalidToken:
                self._refused.set()
                return
            except Exception:
                logger.exception("the %s loop broke and begins again", name)
                await asyncio.sleep(FIRST_WAIT)

    async def restart_polling(self) -> None:
        """Fetch over a fresh connection: the one in use may be dead without saying so."""
        if task := self._tasks.get("fetch"):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self._polling.shutdown()
            await self._polling.initialize()
            self._begin("fetch", self.intake.fetch_for_ever)

    async def _log_in(self) -> None:
        try:
            await _until_it_works(self.application.initialize)
        except InvalidToken as error:
            raise UserError(BAD_TOKEN) from error
        name = self.application.bot.username
        await process.remember_bot_name(self._db, name, self._clock())
        logger.info("running as @%s", name)

    async def wait(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set.

        Raises:
            UserError: Telegram refuses the token.
        """
        ends = [asyncio.create_task(event.wait()) for event in (stop, self._refused)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        if self._refused.is_set():
            raise UserError(BAD_TOKEN)

    async def stop(self) -> None:
        """Begin nothing new, let what is under way end for a few seconds, and log out."""
        tasks = [*self._tasks.values(), *self.application.bot_data.following]
        for task in tasks:
            task.cancel()
        await asyncio.gather(self.ticker.stop(GRACE), self.handling.stop(GRACE))
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.application.running:
            await self.application.stop()
        await self.application.shutdown()
        self._single.release()


async def _until_it_works(call: Callable[[], Awaitable[None]]) -> None:
    """Call Telegram, ever more slowly while it is out of reach or asks to wait.

    Raises:
        InvalidToken: it refuses the token.
    """
    wait = FIRST_WAIT
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error).total_seconds())
        except TelegramError as error:
            logger.warning("Telegram is out of reach: %s", type(error.__cause__ or error))
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


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
    settings: Settings,
    db: Database,
    clock: Clock,
    stop: asyncio.Event | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[BotProcess]:
    """Start a bot over a migrated database, and stop it at the end.

    `stop` also ends a start that still waits for a line that is down. `pace` None: Telegram's.
    """
    bot = BotProcess(settings, db, clock, pace)
    try:
        await _start(bot, stop or asyncio.Event())
        yield bot
    finally:
        await bot.stop()
