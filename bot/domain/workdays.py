"""Working days, and the three dates of a deadline: "hạn ghi", "hạn tính" and "hạn nhắc".

All days are Vietnamese calendar days. The calendar comes in as data; see `bot.intake.calendar`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate


class WeekendRule(StrEnum):
    """What a deadline on a day off becomes for judging lateness."""

    NONE = "none"
    FORWARD = "forward"


_SATURDAY = 5
_ONE = dt.timedelta(days=1)
# A calendar that knows no working day at all must not be searched for ever.
LONGEST_SEARCH = 366
SOON_DAYS = 10


class NoWorkingDayError(ValueError):
    """A year passes without a working day: the calendar's overrides are wrong."""


@dataclass(frozen=True, slots=True)
class Override:
    """A day set by hand; `source` is the notice it rests on."""

    working: bool
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked.

    `base` holds public holidays (False) and swapped days that are worked (True); days not in it
    are worked from Monday to Friday. `overrides` come before it. Holidays must include
    substitute days ("nghỉ bù"); a missing one gives a reminder that is too late, never an error.
    `soon_days`: from so many working days before "hạn nhắc" on, the office calls it soon.
    """

    base: Mapping[dt.date, bool] = field(default_factory=dict)
    overrides: Mapping[dt.date, Override] = field(default_factory=dict)
    soon_days: int = SOON_DAYS

    def is_working(self, day: dt.date) -> bool:
        """Tell whether `day` is worked."""
        override = self.overrides.get(day)
        if override is not None:
            return override.working
        return self.base.get(day, day.weekday() < _SATURDAY)

    def last_working_day_on_or_before(self, day: dt.date) -> dt.date:
        """Return "hạn nhắc" of a "hạn ghi": the last working day not after it."""
        return self._search(day, -_ONE)

    def next_working_day(self, day: dt.date) -> dt.date:
        """Return the first working day after `day`."""
        return self._search(day + _ONE, _ONE)

    def first_working_day_on_or_after(self, day: dt.date) -> dt.date:
        """Return `day` if it is worked, else the next working day."""
        return self._search(day, _ONE)

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """Count the working days after `first` up to and including `last`; negative backwards."""
        if last < first:
            return -self.working_days_between(last, first)
        start, counts = self._counts
        low, high = first.toordinal() - start, last.toordinal() - start
        if low >= 0 and high < len(counts):
            return counts[high] - counts[low]
        return sum(self.is_working(first + n * _ONE) for n in range(1, high - low + 1))

    @cached_property
    def _counts(self) -> tuple[int, Sequence[int]]:
        """How many days were worked up to each day of the years in `base`, from an ordinal on.

        Lists ask for the distance of every part, each morning: adding up days one by one was a
        third of the time.
        """
        if not self.base:
            return 0, ()
        start, end = min(self.base).toordinal(), max(self.base).toordinal()
        worked = (self.is_working(dt.date.fromordinal(day)) for day in range(start, end + 1))
        return start, tuple(accumulate(worked))

    def minus_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the working day `count` working days before `day`; 0 gives the last one on it."""
        found = self.last_working_day_on_or_before(day)
        for _ in range(count):
            found = self.last_working_day_on_or_before(found - _ONE)
        return found

    def plus_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the day `count` working days after an event on `day`, which is not counted.

        Source: Bộ luật Dân sự 2015, Điều 147 khoản 2.
        """
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def effective_due(self, due: dt.date, *, before: bool, weekend: WeekendRule) -> dt.date:
        """Return "hạn tính": late begins the day after it.

        `before` marks the "trước" class, which never moves. With `FORWARD` another day
        off moves to the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5).
        """
        if weekend is WeekendRule.NONE or before:
            return due
        return self.first_working_day_on_or_after(due)

    def _search(self, day: dt.date, step: dt.timedelta) -> dt.date:
        """Return the first working day from `day` on in the direction of `step`."""
        for _ in range(LONGEST_SEARCH):
            if self.is_working(day):
                return day
            day += step
        raise NoWorkingDayError(f"no working day within a year of {day.isoformat()}")
