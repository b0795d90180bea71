"""Dates that people type in English: turned into the words that `bot.intake.dates` counts by."""

import re

from bot.domain.grammar import phrases_english as words

_DAYS, _WEEKDAYS, _MONTHS = (
    "|".join(sorted(found, key=len, reverse=True))
    for found in (words.DAYS_FROM_TODAY, words.WEEKDAYS, words.MONTHS)
)
_TODAY = re.compile(rf"{words.LEAD}({_DAYS})")
_WEEKDAY = re.compile(rf"{words.LEAD}(?:(next|this|coming) )?({_WEEKDAYS})(?: of)?( next week)?")
_PERIOD = re.compile(
    rf"{words.LEAD}(?:(end|middle|beginning|start) of )?(?:the )?(?:(next|this|coming) )?"
    r"(week|month|quarter|year)"
)
_COUNTED = re.compile(r"(in |within )?(\d{1,3}|[a-z]+) (day|week|month)s?( from now)?")
_MONTH_DAY = re.compile(
    rf"{words.LEAD}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTHS})"
    rf"|(?P<month2>{_MONTHS}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\.?,?(?: (?P<year>\d{{4}}))?"
)
_PART_OF = {"end": "cuối", "middle": "giữa", "beginning": "đầu", "start": "đầu"}


def days_from_today(phrase: str) -> int | None:
    """Return how many days "tomorrow" is from today; None for other words."""
    found = _TODAY.fullmatch(phrase)
    return words.DAYS_FROM_TODAY[found[1]] if found else None


def in_vietnamese(phrase: str) -> str | None:
    """Return "next friday", "end of month", "in two weeks" as "thứ sáu tuần sau" and so on.

    None where `phrase` is nothing of the kind.
    """
    if found := _WEEKDAY.fullmatch(phrase):
        later = " tuần sau" if found[1] == "next" or found[3] else ""
        return words.WEEKDAYS[found[2]] + later
    if found := _PERIOD.fullmatch(phrase):
        if found[1] is None and found[2] is None:
            return None
        part = _PART_OF[found[1] or "end"]
        return f"{part} {words.PERIODS[found[3]]} {words.WHICH[found[2] or '']}"
    if (found := _COUNTED.fullmatch(phrase)) and (found[1] or found[4]):
        count = int(found[2]) if found[2].isdecimal() else words.NUMBERS.get(found[2])
        return f"{count} {words.COUNTED_IN[found[3]]} nữa" if count else None
    return None


def month_day(phrase: str) -> tuple[str, int | None] | None:
    """Return ("30 june", the year if it was typed) of "by June 30, 2024"; None for other words."""
    found = _MONTH_DAY.fullmatch(phrase)
    if found is None:
        return None
    day, month = found["day"] or found["day2"], found["month"] or found["month2"]
    return f"{day} {month}", int(found["year"]) if found["year"] else None
