"""Reporting periods: which days a month, a quarter, six months or a year of reports covers.

A month runs from the 15th of the month before to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12)
unless the office has set another window; all other periods are made of such months. Days are
Vietnamese calendar days, inclusive.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.rules import Window
from bot.domain.vietnamese import fold


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE = "nine"
    YEAR = "year"


_LENGTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE: 9,
    PeriodKind.YEAR: 12,
}
# On which day of the month before a month begins (None: with itself), and on which it ends.
_EDGES: dict[Window, tuple[int, int] | None] = {
    Window.MID_MONTH: (15, 14),
    Window.LATE_MONTH: (25, 24),
    Window.CALENDAR: None,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*(?:/|nam|-)?\s*(\d{4}))?"
_MONTH = re.compile(rf"(?:thang\s*)?(\d{{1,2}}){_YEAR}")
_QUARTER = re.compile(rf"quy\s*(iii|ii|iv|i|[1-4]){_YEAR}")
_HALF = re.compile(rf"0?6\s*thang(?:\s*(dau|cuoi)(?:\s*nam)?)?{_YEAR}")
_NINE = re.compile(rf"0?9\s*thang(?:\s*dau(?:\s*nam)?)?{_YEAR}")
_WHOLE = re.compile(r"(?:ca\s*)?(?:nam\s*)?(\d{4})|(?:ca\s*)?nam(?:\s*nay)?")


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A period of reporting: its `number` within `year` (month 1–12, quarter 1–4, half 1–2)."""

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def last_month(self) -> int:
        """The month of the year that the period ends with."""
        return self.number * _LENGTHS[self.kind]

    @property
    def count(self) -> int:
        """How many periods of this kind a year has."""
        return _COUNTS[self.kind]

    def bounds(self, window: Window) -> tuple[dt.date, dt.date]:
        """Return the first and the last day."""
        last = self.last_month
        first = last - _LENGTHS[self.kind] + 1
        edges = _EDGES[window]
        if edges is None:
            end = calendar.monthrange(self.year, last)[1]
            return dt.date(self.year, first, 1), dt.date(self.year, last, end)
        start = dt.date(self.year - (first == 1), first - 1 or 12, edges[0])
        return start, dt.date(self.year, last, edges[1])

    def before(self) -> "ReportPeriod":
        """Return the period of the same kind before this one; nine months: of the year before."""
        if self.number > 1:
            return ReportPeriod(self.kind, self.year, self.number - 1)
        return ReportPeriod(self.kind, self.year - 1, self.count)

    def after(self) -> "ReportPeriod":
        """Return the period of the same kind after this one; nine months: of the next year."""
        if self.number < self.count:
            return ReportPeriod(self.kind, self.year, self.number + 1)
        return ReportPeriod(self.kind, self.year + 1, 1)


_COUNTS = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.NINE: 1,
    PeriodKind.YEAR: 1,
}


def period_of(day: dt.date, kind: PeriodKind, window: Window) -> ReportPeriod:
    """Return the period of a kind that covers a day; past nine months, the next year's."""
    period = ReportPeriod(kind, day.year)
    while not day <= period.bounds(window)[1]:
        period = period.after()
    return period


def last_closed(day: dt.date, kind: PeriodKind, window: Window) -> ReportPeriod:
    """Return the last period of a kind that ended before a day."""
    return period_of(day, kind, window).before()


def read_period(text: str, today: dt.date, window: Window) -> ReportPeriod | None:
    """Return the period that somebody names, None when it names none.

    Without a year: the latest of that name that has begun by `today`. Without any words: the last
    closed month.
    """
    words = " ".join(fold(text).split()).strip(" .")
    if not words:
        return last_closed(today, PeriodKind.MONTH, window)
    if found := _HALF.fullmatch(words):
        number = 2 if found[1] == "cuoi" else 1
        return _dated(PeriodKind.HALF, number, found[2], today, window)
    if found := _NINE.fullmatch(words):
        return _dated(PeriodKind.NINE, 1, found[1], today, window)
    if found := _QUARTER.fullmatch(words):
        number = _ROMAN.get(found[1]) or int(found[1])
        return _dated(PeriodKind.QUARTER, number, found[2], today, window)
    if (found := _MONTH.fullmatch(words)) and 1 <= int(found[1]) <= 12:
        return _dated(PeriodKind.MONTH, int(found[1]), found[2], today, window)
    if found := _WHOLE.fullmatch(words):
        return _dated(PeriodKind.YEAR, 1, found[1], today, window)
    return None


def _dated(
    kind: PeriodKind, number: int, year: str | None, today: dt.date, window: Window
) -> ReportPeriod:
    if year:
        return ReportPeriod(kind, int(year), number)
    period = ReportPeriod(kind, today.year + 1, number)
    while period.bounds(window)[0] > today:
        period = ReportPeriod(kind, period.year - 1, number)
    return period
