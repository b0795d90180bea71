"""Dates that people type in chat: words counted from today, then the grammar, then dateparser.

The only module that imports dateparser, which guesses: it is asked last, and only where the text
itself names day, month and year. Whoever calls reads the date back to the person.
"""

import calendar
import datetime as dt
import re

import dateparser

from bot.domain.deadline import DateDeadline, Period, SpanUnit
from bot.domain.grammar import phrases_typed as words
from bot.domain.grammar.lengths import Length, counted_on
from bot.domain.grammar.notes import unread as unread_words
from bot.domain.grammar.reader import read_deadlines
from bot.domain.vietnamese import fold, has_marks, same_words

LONGEST_TYPED = 100
UNREAD = unread_words("").msgid
_FRIDAY = 4
_NUMBERS = re.compile(r"\d+")


def read_typed_date(text: str, today: dt.date, period: Period) -> DateDeadline | None:
    """Return the date that `text` names, or None when it names none or is unclear.

    `today` is the Vietnamese day of typing; a day and month without a year take the plan's.
    """
    phrase = same_words(text).strip(" .,")
    if not phrase or len(phrase) > LONGEST_TYPED:
        return None
    due = _from_today(phrase, today)
    if due is not None:
        return DateDeadline(due=due, text=text)
    reading = read_deadlines(text, period)
    if reading.deadlines:
        only = reading.deadlines[0] if len(reading.deadlines) == 1 else None
        unread = any(problem.msgid == UNREAD for problem in reading.problems)
        return only if isinstance(only, DateDeadline) and not unread else None
    return _last_resort(text, phrase, today)


def _from_today(phrase: str, today: dt.date) -> dt.date | None:
    """Return the day of words that are counted from `today`."""
    days = _known(phrase, words.DAYS_FROM_TODAY)
    if days is not None:
        return today + dt.timedelta(days=days)
    counted = _counted(phrase)
    if counted is not None:
        return counted_on(today, counted)
    for later, endings in ((0, words.THIS_PERIOD), (1, words.NEXT_PERIOD)):
        for ending in endings:
            base = _without_ending(phrase, ending)
            due = _of_period(base, today, later) if base else None
            if due is not None:
                return due
    return None


def _known(phrase: str, table: dict[str, int]) -> int | None:
    """Return what `table` has for `phrase`, as written or, typed without marks, as it looks."""
    if phrase in table:
        return table[phrase]
    if has_marks(phrase):
        return None
    return next((value for key, value in table.items() if fold(key) == phrase), None)


def _counted(phrase: str) -> Length | None:
    """Return the length of "3 ngày nữa", "sau hai tuần"; None when it is not one."""
    parts = phrase.split()
    if len(parts) != 3:
        return None
    if _known(parts[2], words.MORE) is not None:
        written, unit = parts[0], _known(parts[1], words.COUNTED_IN)
    elif _known(parts[0], words.AFTER) is not None:
        written, unit = parts[1], _known(parts[2], words.COUNTED_IN)
    else:
        return None
    count = int(written) if written.isdecimal() else _known(written, words.SPELT_NUMBERS)
    if unit is None or not count:
        return None
    return Length(count, (SpanUnit.DAY, SpanUnit.WEEK, SpanUnit.MONTH)[unit], 0)


def _without_ending(phrase: str, ending: str) -> str | None:
    """Return `phrase` without its last word(s) `ending`, None when it ends otherwise."""
    if not ending:
        return phrase
    for form in {ending, fold(ending)} if not has_marks(phrase) else {ending}:
        if phrase.endswith(" " + form):
            return phrase[: -len(form) - 1]
    return None


def _of_period(base: str, today: dt.date, later: int) -> dt.date | None:
    """Return the end of this or the next week, month, quarter or year, or a weekday."""
    monday = today - dt.timedelta(days=today.weekday())
    weekly = dict.fromkeys(words.FRIDAY_OF, _FRIDAY)
    weekday = _known(base, weekly)
    if weekday is None:
        week = base.removesuffix(" " + words.WEEK).removesuffix(" " + fold(words.WEEK))
        weekday = _known(week, words.WEEKDAYS_TYPED)
        if weekday is not None and week == base:
            return today + dt.timedelta(days=(weekday - today.weekday()) % 7 + 7 * later)
    if weekday is not None:
        return monday + dt.timedelta(days=weekday + 7 * later)
    width = _known(base, words.END_OF)
    if width is None:
        return None
    month = (today.month - 1) // width * width + width * (1 + later) - 1
    year, month = today.year + month // 12, month % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _last_resort(text: str, phrase: str, today: dt.date) -> DateDeadline | None:
    """Ask dateparser for a date whose day and year stand in the text as numbers."""
    numbers = {int(number) for number in _NUMBERS.findall(phrase) if len(number) <= 4}
    if len(numbers) < 2 or not any(number >= 1990 for number in numbers) or ":" in phrase:
        return None
    found = dateparser.parse(
        text,
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
            "PARSERS": ["absolute-time"],
        },
    )
    if found is None or not {found.day, found.year} <= numbers:
        return None
    return DateDeadline(due=found.date(), text=text)
