"""Commands: one table feeds handlers, menu and help; the README names them all."""

import re
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.i18n import translator
from handlers.commands import COMMANDS, Command
from storage.db import Database
from tests.builders import Clock
from tests.chatting import RecordingRequest, make_application

ROOT = Path(__file__).parents[2]
OF_OTHERS = {"newbot"}  # what one says to @BotFather
IN_MENU = [command for command in COMMANDS if command.in_menu]


def test_names_are_unique_and_valid() -> None:
    names = [command.name for command in COMMANDS]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("command", IN_MENU, ids=lambda command: command.name)
def test_every_command_of_the_menu_says_what_it_does(command: Command, locale: str) -> None:
    description = translator(locale)(command.description)

    assert 1 <= len(description) <= 256
    assert locale == "en" or description != command.description


def test_every_command_has_exactly_one_handler(db: Database, clock: Clock) -> None:
    application = make_application(db, clock, RecordingRequest())

    handled = [
        name
        for group in application.handlers.values()
        for handler in group
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    ]

    assert sorted(handled) == sorted(command.name for command in COMMANDS)


@pytest.mark.parametrize("command", IN_MENU, ids=lambda command: command.name)
def test_the_readme_names_every_command_of_the_menu(command: Command) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f"/{command.name}" in readme


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`/([a-z_]+)(?![a-z_/.])", readme))

    assert named - OF_OTHERS <= {command.name for command in COMMANDS}
