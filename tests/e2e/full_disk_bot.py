"""The bot as its own process, which can write no file from one signal until another."""

import asyncio
import datetime as dt
import logging
import resource
import signal
import sys
import time

from pydantic import SecretStr

from bot.cli.running import leave_quickly, stop_on_signals
from bot.runtime.bot_process import running_bot
from bot.settings import Settings
from storage.db import Database
from tests.e2e.conftest import TOKEN

DISK_IS_FULL, DISK_IS_FREE = signal.SIGUSR1, signal.SIGUSR2
_, MOST = resource.getrlimit(resource.RLIMIT_FSIZE)


def let_files_grow_to(size: int) -> None:
    """Limit how long the files of this process may be: beyond it the kernel refuses to write."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, MOST))


async def main(api: str, database: str, began: str) -> None:
    """Run until SIGTERM."""
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN), telegram_api_url=api, database_url=database
    )
    db, zero = Database(settings.async_database_url()), time.monotonic()

    def clock() -> dt.datetime:
        return dt.datetime.fromisoformat(began) + dt.timedelta(seconds=time.monotonic() - zero)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(DISK_IS_FULL, let_files_grow_to, 0)
    loop.add_signal_handler(DISK_IS_FREE, let_files_grow_to, MOST)
    stop = stop_on_signals()
    async with running_bot(settings, db, clock, stop) as bot:
        await bot.wait(stop)
    await db.close()
    leave_quickly()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(*sys.argv[1:]))
