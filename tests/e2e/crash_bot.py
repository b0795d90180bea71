"""The bot as it runs, for the crash test: its clock began with the test and runs on."""

import asyncio
import datetime as dt
import logging
import time

from pydantic import SecretStr

from bot.runtime.bot_process import running_bot
from bot.settings import Settings
from storage.db import Database
from tests.e2e.conftest import TOKEN

# Faster than the real one, so that the minutes a failed message waits are soon over.
CLOCK_SPEED = 4


async def live(api: str, database: str, began: dt.datetime, zero: float) -> None:
    """Run until killed; the clock stood at `began` at the host's second `zero`."""
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN), telegram_api_url=api, database_url=database
    )
    db = Database(settings.async_database_url())

    def clock() -> dt.datetime:
        return began + dt.timedelta(seconds=CLOCK_SPEED * (time.time() - zero))

    async with running_bot(settings, db, clock):
        await asyncio.Event().wait()


def main(api: str, database: str, began: dt.datetime, zero: float) -> None:
    """Run the bot in this process."""
    logging.disable(logging.CRITICAL)
    asyncio.run(live(api, database, began, zero))
