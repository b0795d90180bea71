"""`run` and `demo`: commands that stay."""

import argparse
import asyncio
import gc
import logging
import signal

from bot.clock import utc_now
from bot.i18n import Translator
from bot.runtime.bot_process import running_bot
from bot.settings import Settings
from storage.db import Database

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def set_up_logs() -> None:
    """Log to standard error; libraries that log addresses, and with them the token, stay quiet."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    for noisy in ("httpx", "httpcore", "apscheduler", "telegram", "aiosqlite", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def run(_args: argparse.Namespace, db: Database, settings: Settings, _tr: Translator) -> int:
    """`nhacviec run`: the bot, until SIGTERM."""
    set_up_logs()
    stop = stop_on_signals()
    async with running_bot(settings, db, utc_now, stop) as bot:
        # What was loaded stays for good: looking through all of it for garbage each time a long
        # list is made would take most of the answer's time.
        gc.collect()
        gc.freeze()
        await bot.wait(stop)
    leave_quickly()
    return 0


def leave_quickly() -> None:
    """Let the process end at once: tidying its memory up would take a busy machine seconds."""
    gc.freeze()
