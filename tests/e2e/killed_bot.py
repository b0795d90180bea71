"""A bot as its own process that kills itself with SIGKILL at a chosen moment.

Arguments: API address, database URL, the instant its clock stands at, and the moment: "planned"
(what is owed is in the database, nothing is sent), "sent" (after the first message arrived, before
that is recorded) or "never".
"""

import asyncio
import datetime as dt
import os
import signal
import sys

from pydantic import SecretStr

from bot.cli.running import leave_quickly, stop_on_signals
from bot.runtime import bot_process
from bot.runtime.bot_process import running_bot
from bot.services.courier import Courier
from bot.services.messages import Address, Outgoing
from bot.settings import Settings
from handlers.sender import TelegramSender
from storage.db import Database
from tests.e2e.conftest import TOKEN


def die() -> None:
    """End at once, with nothing cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


class MortalSender(TelegramSender):
    """Dies after its first message has arrived."""

    async def send(
        self, address: Address, message: Outgoing, *, reply_to: int | None = None
    ) -> int:
        await super().send(address, message, reply_to=reply_to)
        die()
        return 0


async def die_instead(_courier: Courier) -> None:
    """Stand in for delivering."""
    die()


async def main(api: str, database: str, now: str, moment: str) -> None:
    """Run until the reminders are out, or until killed."""
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN), telegram_api_url=api, database_url=database
    )
    if moment == "planned":
        Courier.drain = die_instead  # type: ignore[method-assign]
    db = Database(settings.async_database_url())
    await db.migrate()
    if moment == "sent":
        bot_process.TelegramSender = MortalSender
    stop = stop_on_signals()
    async with running_bot(settings, db, lambda: dt.datetime.fromisoformat(now), stop) as bot:
        ticking = asyncio.create_task(bot.ticker.tick())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({ticking, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
    await db.close()
    leave_quickly()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
