"""A deadline of one year's plan, moved into the plan of a later year. Pure."""

import calendar
import datetime as dt
import re
from dataclasses import replace

from bot.domain.deadline import DateDeadline, Deadline, Period, Recurring
from bot.domain.grammar.reader import read_deadlines

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def later_day(day: dt.date, years: int) -> dt.date:
    """Return the same day of a later year; the last day of a month stays the last."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, day.month, last if was_last else min(day.day, last))


def later_text(text: str, years: int) -> str:
    """Return words with the years they name moved."""
    return _YEAR.sub(lambda found: str(int(found[1]) + years), text)


def later_deadline(deadline: Deadline, period: Period, years: int) -> Deadline:
    """Return a deadline moved by `years` into `period`.

    What recurs is read anew where its words suffice: a rule by weekday has other days then.
    """
    text = later_text(deadline.text, years)
    if isinstance(deadline, DateDeadline):
        return replace(
            deadline,
            due=later_day(deadline.due, years),
            start=later_day(deadline.start, years) if deadline.start else None,
            text=text,
            label=later_text(deadline.label, years) if deadline.label else deadline.label,
        )
    if isinstance(deadline, Recurring):
        found = read_deadlines(text, period).deadlines
        same = [one for one in found if isinstance(one, Recurring)]
        if len(found) == 1 and same and same[0].rrule == deadline.rrule:
            return replace(deadline, dates=same[0].dates, text=text)
        dates = tuple(sorted(later_day(day, years) for day in deadline.dates))
        return replace(deadline, dates=dates, text=text)
    return replace(deadline, text=text)
