"""Where commands print, and what they share."""

import json
import sys
from pathlib import Path
from typing import Any

from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.i18n import Translator

YES_NO = N_("[y/N]")


def say(text: str = "") -> None:
    """Print a line, at once also where the output goes into a file or a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print a line where errors go."""
    sys.stderr.write(f"{text}\n")


def say_json(value: Any, *, indent: int | None = 2) -> None:
    """Print a value as JSON."""
    say(json.dumps(value, ensure_ascii=False, indent=indent))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(N_("There is no file {name}."), name=path) from error
    except OSError as error:
        raise UserError(N_("The file {name} cannot be opened."), name=path) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file.

    Raises:
        UserError: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(N_("The file {name} cannot be written."), name=path) from error


def confirm(question: str, tr: Translator) -> bool:
    """Ask a yes-or-no question at a terminal; elsewhere the answer is no."""
    if not sys.stdin.isatty():
        return False
    sys.stdout.write(f"{question} {tr(YES_NO)} ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "c", "có", "co"}
