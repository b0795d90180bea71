"""Dates that people type in chat: words counted from today, then the grammar, then dateparser.

The only module that imports dateparser, which guesses: it is asked last, and only where the text
itself names day, month and year. Whoever calls reads the date back to the person.
"""

import calendar
import datetime as dt
import re

import dateparser

from bot.domain.deadline import DateDeadline, Period, SpanUnit
from bot.domain.grammar import phrases_english as english
from bot.domain.grammar import phrases_typed as words
from bot.domain.grammar.lengths import Length, counted_on
from bot.domain.grammar.notes import unread as unread_words
from bot.domain.grammar.reader import read_deadlines
from bot.domain.vietnamese import fold, has_marks, same_words
from bot.intake.dates_english import days_from_today, in_vietnamese, month_day

LONGEST_TYPED = 100
UNREAD = unread_words("").msgid
_FRIDAY = 4
_LEADS = "|".join(sorted((*words.LEAD, *map(fold, words.LEAD)), key=len, reverse=True))
_BEFORE = f"{words.BEFORE}|{fold(words.BEFORE)}"
_DAY = f"{words.DAY}|{fold(words.DAY)}"
_EARLY = "|".join((*words.EARLY_DAY, fold(words.EARLY_DAY[0])))
_LATER = "|".join((*words.THIS_PERIOD[:2], *words.NEXT_PERIOD, *map(fold, words.NEXT_PERIOD)))
_MONTH = f"{words.MONTH}|{fold(words.MONTH)}"
_LONE_DAY = re.compile(
    rf"((?:(?:{_LEADS}|{_BEFORE}) )*(?:(?:{_DAY}) )?)"
    r"(\d{1,2})([.-])(\d{1,2})(?:\3(\d{4}|\d{2}))?"
)
_LONE_NUMBER = re.compile(
    rf"(?:(?:{_LEADS}) )*(?P<before>(?:{_BEFORE}) )?(?:(?P<named>{_DAY})|(?P<early>{_EARLY}))"
    rf" (?P<day>\d{{1,2}})(?: (?:{_MONTH}) (?P<later>{_LATER}))?"
)
_NUMBERS = re.compile(r"\d+")


# The first words of what names a day in words.
_OPENERS = frozenset(
    same_words(phrase).split()[0]
    for phrase in (
        *words.DAYS_FROM_TODAY, *words.FRIDAY_OF, *words.END_OF, *words.BEGIN_OF, *words.LEAD,
        *words.WEEKDAY_OF, *words.WEEKDAYS_TYPED, *words.SPELT_NUMBERS, *words.AFTER,
        *words.EARLY_DAY, words.MIDDLE_OF_MONTH, words.BEFORE, words.DAY, *english.OPENERS,
    )
)  # fmt: skip
_OPENERS_BARE = frozenset(map(fold, _OPENERS))


def opens_a_date(word: str) -> bool:
    """Tell whether a word can be the first of what names a day."""
    bare = same_words(word).strip(" .,:;")
    if bare[:1].isdigit() or bare in _OPENERS:
        return True
    return not has_marks(bare) and bare in _OPENERS_BARE


def read_typed_date(text: str, today: dt.date, period: Period) -> DateDeadline | None:
    """Return the date that `text` names, or None when it names none or is unclear.

    `today` is the Vietnamese day of typing; a day and month without a year take the plan's.
    """
    phrase = same_words(text).strip(" .,")
    if not phrase or len(phrase) > LONGEST_TYPED:
        return None
    due = _from_today(phrase, today)
    if due is None and (meant := in_vietnamese(phrase)):
        due = _from_today(meant, today)
    if due is None:
        due = _next_day(phrase, today) or _month_day(phrase, today, period)
    if due is not None:
        return DateDeadline(due=due, text=text)
    reading = read_deadlines(_slashed(phrase) or text, period)
    if reading.deadlines:
        only = reading.deadlines[0] if len(reading.deadlines) == 1 else None
        unread = any(problem.msgid == UNREAD for problem in reading.problems)
        return only if isinstance(only, DateDeadline) and not unread else None
    return _last_resort(text, phrase, today)


def _slashed(phrase: str) -> str | None:
    """Return "30-6" and "30.6" as "30/6": days only where nothing else stands beside them."""
    found = _LONE_DAY.fullmatch(phrase)
    if found is None:
        return None
    before, day, _, month, year = found.groups()
    return f"{before}{day}/{month}" + (f"/{year}" if year else "")


def _next_day(phrase: str, today: dt.date) -> dt.date | None:
    """Return the day of "ngày 15": the next one to come; of "ngày 15 tháng sau" just that."""
    found = _LONE_NUMBER.fullmatch(phrase)
    if found is None or (found["early"] and not 1 <= int(found["day"]) <= 10):
        return None
    number, before = int(found["day"]), dt.timedelta(days=bool(found["before"]))
    if found["later"]:
        later = fold(found["later"]) not in map(fold, words.THIS_PERIOD)
        day = _day_of_month(today, int(later), number)
        return day and day - before
    months = (_day_of_month(today, later, number) for later in range(4))
    return next((day - before for day in months if day and day - before > today), None)


def _day_of_month(today: dt.date, later: int, number: int) -> dt.date | None:
    """Return a day of the month `later` months after today's; None where it has none."""
    year, month = divmod(today.year * 12 + today.month - 1 + later, 12)
    days = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, number) if 1 <= number <= days else None


def _month_day(phrase: str, today: dt.date, period: Period) -> dt.date | None:
    """Return the day of "30 June", "June 30, 2024", in the plan's year where none stands there."""
    found = month_day(phrase)
    if found is None:
        return None
    named, year = found
    return _ask_dateparser(f"{named} {year or period.year}", today)


def _from_today(phrase: str, today: dt.date) -> dt.date | None:
    """Return the day of words that are counted from `today`."""
    days = _known(phrase, words.DAYS_FROM_TODAY)
    if days is None:
        days = days_from_today(phrase)
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
    """Return the end of this or the next week, month, quarter or year, a weekday, or a begin."""
    monday = today - dt.timedelta(days=today.weekday())
    weekly = {**dict.fromkeys(words.FRIDAY_OF, _FRIDAY), **words.WEEKDAY_OF}
    weekday = _known(base, weekly)
    if weekday is None:
        week = base.removesuffix(" " + words.WEEK).removesuffix(" " + fold(words.WEEK))
        weekday = _known(week, words.WEEKDAYS_TYPED)
        if weekday is not None and week == base:
            return today + dt.timedelta(days=(weekday - today.weekday()) % 7 + 7 * later)
    if weekday is not None:
        return monday + dt.timedelta(days=weekday + 7 * later)
    begins = _known(base, words.BEGIN_OF)
    if begins is not None:
        month = (today.month - 1) // begins * begins + begins * later
        return dt.date(today.year + month // 12, month % 12 + 1, 1)
    if _known(base, {words.MIDDLE_OF_MONTH: 1}):
        return _day_of_month(today, later, 15)
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
    day = _ask_dateparser(text, today)
    if day is None or not {day.day, day.year} <= numbers:
        return None
    return DateDeadline(due=day, text=text)


def _ask_dateparser(text: str, today: dt.date) -> dt.date | None:
    """Return the day that dateparser finds in a text that names day, month and year."""
    found = dateparser.parse(
        text,
        languages=["vi", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
            "PARSERS": ["absolute-time"],
        },
    )
    return found.date() if found is not None else None
