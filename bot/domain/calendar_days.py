"""Reading changes of the calendar: typed in a chat, or a CSV file. Pure."""

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.calendar_phrases import AND, HEADINGS, OFF, TO, UNSET, WORKED
from bot.domain.days import office_date
from bot.domain.problem import N_, Problem, problem
from bot.domain.vietnamese import composed, fold

MOST_DAYS = 60
NOTICE_LENGTH = 120
UNREADABLE = N_("“{text}” is not understood.")
NO_SUCH_DAY = N_("There is no day “{text}”.")
BACKWARDS = N_("“{text}” ends before it begins. Nothing has changed.")
LONG_AGO = N_("{day} is more than a year ago. Check the year. Nothing has changed.")
JUST_PAST = dt.timedelta(days=60)
A_YEAR = dt.timedelta(days=366)

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?|(\d{4})-(\d{1,2})-(\d{1,2})")
_QUOTES = "\"'“”‘’«»() "


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that is to be off or worked, on a notice; `working` None: as the rule has it."""

    day: dt.date
    working: bool | None
    notice: str = ""


def parse_change(text: str, today: dt.date) -> tuple[DayChange, ...] | Problem:
    """Read "nghi 02/01/2026 "12729/VPCP-KGVX"": a verb, days, and the notice.

    Several days are written one after another, a span with "đến". A day without a year is the
    next one to come, or one of the last `JUST_PAST`; the end of a span the next one after its
    beginning.
    """
    verb, rest = _verb(text)
    if verb is None:
        return problem(UNREADABLE, text=composed(text)[:60])
    days: list[dt.date] = []
    span = False
    while rest:
        found = _DAY.match(rest)
        if found is None:
            word = next((w for w in (*AND, *TO) if _begins(rest, w)), None)
            if word is None or not days:
                break
            span = span or word in TO
            rest = rest[len(word) :].lstrip()
            continue
        day = _next(found, days[-1] if span else today - JUST_PAST)
        if day is None:
            return problem(NO_SUCH_DAY, text=found.group())
        if day < today - A_YEAR:
            return problem(LONG_AGO, day=office_date(day))
        if span and day < days[-1]:
            return problem(BACKWARDS, text=composed(text)[:60])
        days += _span(days[-1], day) if span else [day]
        span, rest = False, rest[found.end() :].lstrip()
    if not days or len(days) > MOST_DAYS:
        return problem(UNREADABLE, text=composed(text)[:60])
    notice = rest.strip(_QUOTES)[:NOTICE_LENGTH]
    return tuple(DayChange(day, _WORKING[verb], notice) for day in dict.fromkeys(days))


_WORKING: dict[str, bool | None] = {"off": False, "worked": True, "unset": None}


def _verb(text: str) -> tuple[str | None, str]:
    """Return the verb that `text` begins with, and what follows it."""
    clean = composed(text)
    words = clean.split(" ")
    for count in (2, 1):
        said = fold(" ".join(words[:count]))
        for verb, phrases in (("off", OFF), ("worked", WORKED), ("unset", UNSET)):
            if said in phrases:
                return verb, " ".join(words[count:])
    return None, clean


def _begins(rest: str, word: str) -> bool:
    """Tell whether `rest` begins with a word that stands between days, and a day follows."""
    if fold(rest[: len(word)]) != word:
        return False
    return _DAY.match(rest[len(word) :].lstrip()) is not None


def _day(found: re.Match[str], year: int) -> dt.date | None:
    day, month, written, *iso = found.groups()
    try:
        if iso[0]:
            return dt.date(*map(int, iso))
        return dt.date(int(written or year), int(month), int(day))
    except ValueError:
        return None


def _next(found: re.Match[str], since: dt.date) -> dt.date | None:
    """Return the day written; one without a year is the first of its kind from `since` on."""
    if found[3] or found[4]:
        return _day(found, dt.MINYEAR)
    # 29/2 comes once in four years, at the most in eight.
    days = (_day(found, year) for year in range(since.year, since.year + 9))
    return next((day for day in days if day is not None and day >= since), None)


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    count = min(max((last - first).days, 0), MOST_DAYS)
    return [first + dt.timedelta(days=n) for n in range(1, count + 1)]


def read_calendar_csv(text: str) -> tuple[tuple[DayChange, ...], tuple[Problem, ...]]:
    """Read rows of (day, off or working, notice); commas, semicolons or tabs between them.

    Between them stands the mark by which most rows can be read: a notice may hold the others. A
    heading is left out; what cannot be read is named by its line, and the rest stands.
    """
    return max((_read_rows(text, mark) for mark in ",;\t"), key=lambda found: len(found[0]))


def _read_rows(text: str, mark: str) -> tuple[tuple[DayChange, ...], tuple[Problem, ...]]:
    changes: dict[dt.date, DayChange] = {}
    problems: list[Problem] = []
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=mark), start=1):
        cells = [composed(cell) for cell in row]
        if not any(cells) or (number == 1 and fold(cells[0]) in HEADINGS):
            continue
        change = _row(cells)
        if change is None:
            line = N_("Line {number}: {text}")
            problems.append(problem(line, number=number, text=", ".join(cells)[:80]))
        else:
            changes[change.day] = change
    return tuple(changes.values()), tuple(problems)


def _row(cells: Sequence[str]) -> DayChange | None:
    found = _DAY.fullmatch(cells[0])
    written = found is not None and (found[3] or found[4])
    day = _day(found, dt.MINYEAR) if found and written else None
    said = fold(cells[1]) if len(cells) > 1 else ""
    if day is None or said not in (*OFF, *WORKED):
        return None
    return DayChange(day, said in WORKED, " ".join(cells[2:]).strip(_QUOTES)[:NOTICE_LENGTH])
