"""What comes back: monthly, quarterly, half-yearly, yearly and weekly deadlines, as RRULEs."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from dateutil.rrule import rrulestr

from bot.domain.deadline import Period

ALL_MONTHS = frozenset(range(1, 13))
QUARTER_ENDS = frozenset({3, 6, 9, 12})
LAST = -1
FRIDAY = 4
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Rule:
    """Days of months (-1 the last), or a weekday, that come back.

    `later` is 1 when the days fall in the month after the period reported on ("tháng sau"): the
    dates then run one month past the plan's.
    """

    months: frozenset[int] = ALL_MONTHS
    days: tuple[int, ...] = (LAST,)
    weekday: int | None = None
    later: int = 0


def months_of(width: int, edge: int = 3) -> frozenset[int]:
    """Return the last (or, by `edge`, first or second) month of each run of `width` months."""
    if width == 9:
        return frozenset({9})
    place = {1: 1, 2: min(2, width), 3: width}[edge]
    return frozenset(range(place, 13, width))


def day_before(rule: Rule) -> Rule:
    """Return `rule` a day earlier: "trước ngày 05" is the 4th, "trước ngày 01" a month's last."""
    if rule.weekday is not None:
        return replace(rule, weekday=(rule.weekday - 1) % 7)
    if rule.days == (1,):
        months = frozenset((month - 2) % 12 + 1 for month in rule.months)
        return replace(rule, months=months, days=(LAST,), later=max(0, rule.later - 1))
    return replace(rule, days=tuple(day - 1 for day in rule.days))


def short_months_lack(rule: Rule) -> bool:
    """Tell whether some month of `rule` has no such day."""
    return rule.weekday is None and max(rule.days) > min(
        calendar.monthrange(2023, month)[1] for month in rule.months
    )


def rrule_of(rule: Rule) -> str:
    """Return `rule` in RFC 5545; a month without the day takes its last."""
    if rule.weekday is not None:
        return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[rule.weekday]}"
    parts = ["FREQ=YEARLY" if len(rule.months) == 1 else "FREQ=MONTHLY"]
    if rule.months != ALL_MONTHS:
        parts.append(f"BYMONTH={','.join(map(str, sorted(rule.months)))}")
    days, last_of_them = rule.days, False
    if short_months_lack(rule) and len(days) == 1:
        last_of_them = days[0] != 31
        days = tuple(range(_SHORTEST_MONTH, days[0] + 1)) if last_of_them else (LAST,)
    parts.append(f"BYMONTHDAY={','.join(map(str, days))}")
    return ";".join([*parts, "BYSETPOS=-1"] if last_of_them else parts)


def dates_of(rule: Rule, period: Period) -> tuple[dt.date, ...]:
    """Return the days of `rule` within `period`, or within it moved `later` months on."""
    first, last = period.start, period.end
    if rule.later:
        first, last = _month_on(first, last=False), _month_on(last, last=True)
    return expand(rrule_of(rule), first, last)


def expand(rrule: str, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the days of `rrule` from `first` to `last`, both inclusive."""
    start = dt.datetime.combine(first, dt.time())
    until = dt.datetime.combine(last, dt.time())
    return tuple(
        moment.date() for moment in rrulestr(rrule, dtstart=start).between(start, until, inc=True)
    )


def _month_on(day: dt.date, *, last: bool) -> dt.date:
    """Return the first or last day of the month after that of `day`."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
