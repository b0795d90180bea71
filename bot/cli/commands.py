"""Which function answers which command."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence

from pydantic import ValidationError

from bot.cli import (
    demo,
    health,
    office_settings,
    planning,
    reading,
    running,
    storing,
    versions,
)
from bot.cli.arguments import build_parser
from bot.cli.console import complain
from bot.domain.errors import UserError
from bot.i18n import DEFAULT, Translator, translator
from bot.settings import Settings
from storage.db import Database

WRONG = 2

Reader = Callable[[argparse.Namespace, Settings, Translator], Awaitable[int]]
Keeper = Callable[[argparse.Namespace, Database, Settings, Translator], Awaitable[int]]

WITHOUT_DATABASE: dict[str, Reader] = {
    "read": reading.read,
    "deadline": reading.deadline,
    "assignment": reading.assignment,
    "demo": demo.demo,
}
WITH_DATABASE: dict[str, Keeper] = {
    "units": storing.units,
    "load": storing.load,
    "undo-load": versions.undo_load,
    "invite": storing.invite,
    "migrate": storing.migrate,
    "settings": office_settings.settings,
    "preview": planning.show,
    "calendar": planning.calendar,
    "health": health.health,
    "run": running.run,
}


def run_command(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 2 for wrong settings, arguments or files."""
    try:
        settings = Settings()
    except ValidationError as error:
        for one in error.errors():
            complain(f"{'.'.join(str(part) for part in one['loc']).upper()}: {one['msg']}")
        return WRONG
    tr = translator(settings.locale or DEFAULT)
    args = build_parser(tr).parse_args(argv)
    try:
        return asyncio.run(_run(args, settings, tr))
    except UserError as error:
        complain(tr.problem(error.problem))
        return WRONG
    except (BrokenPipeError, KeyboardInterrupt):
        return 1


async def _run(args: argparse.Namespace, settings: Settings, tr: Translator) -> int:
    if reader := WITHOUT_DATABASE.get(args.command):
        return await reader(args, settings, tr)
    problems = settings.problems() if args.command == "run" else []
    for one in problems:
        complain(tr.problem(one.problem))
    if problems:
        return WRONG
    db = Database(settings.async_database_url())
    try:
        await db.migrate()
        return await WITH_DATABASE[args.command](args, db, settings, tr)
    finally:
        await db.close()
