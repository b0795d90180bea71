"""What can be typed after `nhacviec`."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.i18n import Translator

FIRST_YEAR, LAST_YEAR = 1990, 2100
ROLE_NAMES = tuple(role.value for role in Role)


def year(text: str) -> int:
    """Return a year that a plan can be of.

    Raises:
        ValueError: it is none.
    """
    found = int(text)
    if not FIRST_YEAR <= found <= LAST_YEAR:
        raise ValueError(text)
    return found


def build_parser(tr: Translator) -> argparse.ArgumentParser:
    """Return the parser of every command, its help in the language of `tr`.

    Wrong arguments end the process with exit code 2 and a sentence that says where to look.
    """

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            hint = tr(N_("These arguments do not fit. See: {command} --help"), command=self.prog)
            usage = self.format_usage().removeprefix("usage: ").strip()
            self.exit(2, f"{hint}\n  {usage}\n")

    parser = Parser(
        prog="nhacviec",
        description=tr(N_("Keeps an office on time with its yearly plan, through Telegram.")),
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=Parser
    )
    _reading(commands, tr)
    _storing(commands, tr)
    _running(commands, tr)
    _planning(commands, tr)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[Any]"


def _reading(commands: Commands, tr: Translator) -> None:
    read = commands.add_parser("read", help=tr(N_("show what is understood of a plan")))
    read.add_argument("file", type=Path)
    read.add_argument("--year", type=year, help=tr(N_("the plan's year, if it does not say")))
    read.add_argument("--units", type=Path, help=tr(N_("a CSV list of units")))
    _ways(read, tr)
    read.add_argument("--json", action="store_true", help=tr(N_("for other programs")))
    deadline = commands.add_parser("deadline", help=tr(N_("explain one phrase of a deadline")))
    deadline.add_argument("text", help=tr(N_("the phrase, or - to read one a line")))
    deadline.add_argument("--year", type=year, required=True)
    deadline.add_argument("--json", action="store_true")
    assignment = commands.add_parser("assignment", help=tr(N_("explain one assignment cell")))
    assignment.add_argument("text", help=tr(N_("the cell, or - to read one a line")))
    assignment.add_argument("--column", choices=("lead", "cooperate"))
    assignment.add_argument("--year", type=year)
    assignment.add_argument("--units", type=Path)
    assignment.add_argument("--json", action="store_true")


def _ways(command: argparse.ArgumentParser, tr: Translator) -> None:
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="N=WHAT",
        help=tr(N_("what a column holds: --column 2=title --column 4=deadline")),
    )
    command.add_argument(
        "--ocr", action="store_true", help=tr(N_("recognise the text of a scan first"))
    )


def _storing(commands: Commands, tr: Translator) -> None:
    units = commands.add_parser("units", help=tr(N_("the office's units")))
    acts = units.add_subparsers(dest="act", required=True, metavar="ACT")
    load_units = acts.add_parser("load", help=tr(N_("load a CSV list of units")))
    load_units.add_argument("file", type=Path)
    acts.add_parser("list", help=tr(N_("show the units")))
    load = commands.add_parser("load", help=tr(N_("load a plan into the database")))
    load.add_argument("file", type=Path)
    load.add_argument("--year", type=year)
    load.add_argument("--units", type=Path)
    _ways(load, tr)
    load.add_argument(
        "--xlsx", type=Path, help=tr(N_("write the list of what was understood (XLSX)"))
    )
    load.add_argument("--activate", action="store_true", help=tr(N_("activate it at once")))
    load.add_argument("--yes", action="store_true", help=tr(N_("activate it, and ask nothing")))
    load.add_argument(
        "--update",
        nargs="?",
        const="",
        metavar="PLAN",
        help=tr(N_("it is a newer version of a plan: show what changes, then ask")),
    )
    load.add_argument(
        "--separate", action="store_true", help=tr(N_("it is a plan of its own, also if alike"))
    )
    undo = commands.add_parser(
        "undo-load", help=tr(N_("take back a plan's newest version, or its load"))
    )
    undo.add_argument("plan", nargs="?", help=tr(N_("its number or its title; none: list them")))
    invite = commands.add_parser("invite", help=tr(N_("make a one-time code")))
    invite.add_argument("who", choices=(*ROLE_NAMES, "chat"))
    invite.add_argument("--unit", help=tr(N_("the unit's name")))
    invite.add_argument("--for", dest="purpose", choices=("office", "leaders"))
    invite.add_argument("--json", action="store_true")
    settings = commands.add_parser("settings", help=tr(N_("the office's settings")))
    settings.add_argument(
        "act", nargs="?", choices=("list", "get", "set", "reset"), default="list"
    )
    settings.add_argument("name", nargs="?", help=tr(N_("the setting's name")))
    settings.add_argument("value", nargs="*", help=tr(N_("its new value")))
    settings.add_argument("--plan", type=int, help=tr(N_("the plan's number: only for this plan")))
    settings.add_argument("--json", action="store_true", help=tr(N_("for other programs")))
    commands.add_parser("migrate", help=tr(N_("bring the tables up to date")))


def _running(commands: Commands, tr: Translator) -> None:
    commands.add_parser("run", help=tr(N_("run the bot")))
    health = commands.add_parser("health", help=tr(N_("tell whether the bot is alive")))
    health.add_argument("--json", action="store_true")
    demo = commands.add_parser(
        "demo", help=tr(N_("try everything in a browser, without Telegram"))
    )
    demo.add_argument("--port", type=int, default=8017)
    demo.add_argument(
        "--transcript", action="store_true", help=tr(N_("print a scripted morning and end"))
    )


def day(text: str) -> dt.date:
    """Return a day written 2026-04-24 or 24/4/2026.

    Raises:
        ValueError: it is neither.
    """
    parts = text.split("/")
    if len(parts) == 3:
        return dt.date(int(parts[2]), int(parts[1]), int(parts[0]))
    return dt.date.fromisoformat(text)


def _planning(commands: Commands, tr: Translator) -> None:
    calendar = commands.add_parser("calendar", help=tr(N_("days off and worked")))
    acts = calendar.add_subparsers(dest="act", required=True, metavar="ACT")
    load = acts.add_parser("load", help=tr(N_("load a CSV file: day, off or working, notice")))
    load.add_argument("file", type=Path)
    preview = commands.add_parser("preview", help=tr(N_("show the reminders of some days")))
    preview.add_argument(
        "--from", dest="first", type=day, required=True, metavar="DAY",
        help=tr(N_("the first day, 2026-04-24 or 24/4/2026")),
    )  # fmt: skip
    preview.add_argument(
        "--to", dest="last", type=day, required=True, metavar="DAY", help=tr(N_("the last day"))
    )
    preview.add_argument("--json", action="store_true", help=tr(N_("for other programs")))
