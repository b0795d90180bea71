"""The sample office: units, people, groups and a plan whose dates are around a given day."""

import csv
import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from bot.domain.workdays import Calendar

DATA = Path(__file__).parent / "data"
PLAN_NAME = "ke-hoach-mau.txt"
_OFFSET = re.compile(r"\{([+-]?\d+)\}")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample office; `group` is the key of the group they sit in."""

    key: str
    name: str
    role: str
    unit: str
    group: str


@dataclass(frozen=True, slots=True)
class SampleGroup:
    """A group chat of the sample office."""

    key: str
    title: str
    purpose: str
    unit: str


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One thing somebody does: `act` is say, press, answer or morning."""

    act: str
    chat: str
    who: str
    text: str


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return [
            {column: value or "" for column, value in row.items()}
            for row in csv.DictReader(source, delimiter="\t")
        ]


def people() -> list[SamplePerson]:
    """Return everybody."""
    return [SamplePerson(**row) for row in _rows("people.tsv")]


def groups() -> list[SampleGroup]:
    """Return the groups."""
    return [SampleGroup(**row) for row in _rows("groups.tsv")]


def script() -> list[ScriptLine]:
    """Return what happens on the scripted morning."""
    return [ScriptLine(**row) for row in _rows("script.tsv")]


def units_csv() -> str:
    """Return the list of units."""
    return (DATA / "units.csv").read_text(encoding="utf-8")


def plan_text(today: dt.date, calendar: Calendar) -> str:
    """Return the plan: "{+3}" is three working days after `today`, "{-2}" two before.

    All within the year of `today`, which is the plan's: its first and last working days stand for
    those beyond.
    """
    year = today.year
    first = calendar.plus_working_days(dt.date(year - 1, 12, 31), 1)
    last = calendar.last_working_day_on_or_before(dt.date(year, 12, 31))

    def day(found: re.Match[str]) -> str:
        count = int(found.group(1))
        moved = (
            calendar.plus_working_days(today, count)
            if count >= 0
            else calendar.minus_working_days(today, -count)
        )
        within = min(max(moved, first), last)
        month = f"{within.month:02d}" if within.month < 3 else str(within.month)
        return f"{within.day:02d}/{month}/{year}"

    text = _OFFSET.sub(day, (DATA / "plan.txt").read_text(encoding="utf-8"))
    words = {
        "year": str(year),
        "month": str(today.month),
        "quarter": _ROMAN[(today.month - 1) // 3],
    }
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text
