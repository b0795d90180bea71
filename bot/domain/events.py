"""The due day that an event gives to a relative deadline. Pure."""

import datetime as dt

from bot.domain.deadline import Relative, SpanUnit
from bot.domain.grammar.lengths import Length, counted_on
from bot.domain.workdays import Calendar

HOURS_A_DAY = 24
_ONE = dt.timedelta(days=1)


def due_after(
    event_on: dt.date, deadline: Relative, calendar: Calendar, working_hours: int = 8
) -> dt.date | None:
    """Return "hạn ghi" of a deadline whose event was on `event_on`; None without a number.

    The event's own day is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2). Hours become whole
    days of `working_hours`, a begun one as one: only the event's day is known.
    """
    count, unit = deadline.count, deadline.unit
    if count is None or unit is None:
        return None
    if unit is SpanUnit.HOUR:
        count, unit = _whole(count, HOURS_A_DAY), SpanUnit.DAY
    elif unit is SpanUnit.WORKHOUR:
        count, unit = _whole(count, working_hours), SpanUnit.WORKDAY
    if unit is SpanUnit.WORKDAY:
        return _working(event_on, count, calendar)
    return counted_on(event_on, Length(count, unit, 0))


def _whole(hours: int, a_day: int) -> int:
    days = -(-abs(hours) // a_day)
    return days if hours >= 0 else -days


def _working(day: dt.date, count: int, calendar: Calendar) -> dt.date:
    if count >= 0:
        return calendar.plus_working_days(day, count)
    for _ in range(-count):
        day = calendar.last_working_day_on_or_before(day - _ONE)
    return day
