"""Read a number of days, hours or months, and count it from a day."""

import calendar
import datetime as dt
from dataclasses import dataclass

from bot.domain.deadline import SpanUnit
from bot.domain.grammar.partial import Tokens, at, count_at, mark, tagged
from bot.domain.grammar.tokens import Tag


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days, hours or months, and the place after it."""

    count: int
    unit: SpanUnit
    end: int


def read_length(tokens: Tokens, place: int) -> Length | None:
    """Read "05 ngày làm việc", "tám giờ làm việc", "03 (ba) ngày", "02 tuần"."""
    count = count_at(tokens, place)
    here = place + 1
    if count == 0:
        return None
    if mark(tokens, here, "(") and count_at(tokens, here + 1) and mark(tokens, here + 2, ")"):
        here += 3
    unit = at(tokens, here)
    working = tagged(tokens, here + 1, Tag.WORKING)
    if unit.tag & Tag.DAY:
        return Length(count, SpanUnit.WORKDAY if working else SpanUnit.DAY, here + 1 + working)
    if unit.tag & Tag.HOUR:
        return Length(count, SpanUnit.WORKHOUR if working else SpanUnit.HOUR, here + 1 + working)
    if unit.tag & Tag.WEEK:
        return Length(count, SpanUnit.WEEK, here + 1)
    if unit.tag & Tag.MONTH:
        return Length(count, SpanUnit.MONTH, here + 1)
    if unit.tag & Tag.YEAR and not unit.tag & Tag.NUMERAL & at(tokens, here + 1).tag:
        return Length(12 * count, SpanUnit.MONTH, here + 1)
    return None


def counted_on(day: dt.date, length: Length) -> dt.date | None:
    """Return the day `length` after `day`, None when the calendar has no such day."""
    try:
        if length.unit is SpanUnit.MONTH:
            year, month = divmod(day.year * 12 + day.month - 1 + length.count, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return dt.date(year, month + 1, min(day.day, last))
        factor = 7 if length.unit is SpanUnit.WEEK else 1
        return day + dt.timedelta(days=factor * length.count)
    except (OverflowError, ValueError):
        return None
