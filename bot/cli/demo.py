"""`demo`: everything in a browser, without Telegram; or a scripted morning in the terminal."""

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.console import say
from bot.cli.running import set_up_logs, stop_on_signals
from bot.clock import utc_now
from bot.demo.stage import latest_working_day, staged
from bot.demo.transcript import play
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.settings import Settings


async def demo(args: argparse.Namespace, _settings: Settings, tr: Translator) -> int:
    """`nhacviec demo [--transcript]`: no token, no network, nothing to install."""
    set_up_logs()
    logging.getLogger().setLevel(logging.WARNING)
    # Its clock is set by the person who watches, which is no fault.
    logging.getLogger("bot.runtime.watch").setLevel(logging.ERROR)
    if args.transcript:
        await play(say)
        return 0
    stop = stop_on_signals()
    with TemporaryDirectory(prefix="nhacviec-") as folder:
        async with staged(latest_working_day(utc_now()), Path(folder), port=args.port) as stage:
            say(tr(N_("Open this in a browser: {url}"), url=stage.sandbox.url))
            say(tr(N_("Press Ctrl-C to end; nothing is kept.")))
            await stage.bot.wait(stop)
    return 0
