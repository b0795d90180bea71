"""Say a deadline in the customary words, so that reading them again gives the same deadline."""

import datetime as dt
from dataclasses import dataclass

from dateutil.rrule import rrulestr

from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    Unspecified,
)
from bot.domain.grammar import phrases_said as words

_ONE = dt.timedelta(days=1)


def format_phrase(deadline: Deadline) -> str:
    """Return the canonical phrase of `deadline`, with its label first.

    What an office wrote in words that have no canonical form (a rule of its own making) comes back
    as it was written.
    """
    phrase = _phrase(deadline)
    label = deadline.label if isinstance(deadline, DateDeadline | Recurring) else None
    return words.LABELLED.format(label=label, phrase=phrase) if label else phrase


def _phrase(deadline: Deadline) -> str:
    """Return the phrase without a label."""
    match deadline:
        case DateDeadline():
            return _date(deadline)
        case Recurring():
            return _recurring(deadline) or deadline.text
        case Relative():
            return _relative(deadline)
        case Ongoing():
            return words.ONGOING
        case Unspecified():
            return words.UNSPECIFIED.format(ref=deadline.ref)


def day_text(day: dt.date) -> str:
    """Return `day` as dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _date(deadline: DateDeadline) -> str:
    """Return a single day, a month, quarter or year, or a span."""
    if deadline.start is None:
        if deadline.before:
            return words.BEFORE_DAY.format(day=day_text(deadline.due + _ONE))
        return words.ON_DAY.format(day=day_text(deadline.due))
    return period_text(deadline.start, deadline.due) or words.SPAN.format(
        first=day_text(deadline.start), last=day_text(deadline.due)
    )


def period_text(first: dt.date, last: dt.date) -> str | None:
    """Return the month, quarter, half-year or year from `first` to `last`, or None."""
    if first.year != last.year or first.day != 1 or (last + _ONE).day != 1:
        return None
    months = (first.month, last.month)
    named = words.PERIODS.get(months)
    if named is not None:
        return named.format(year=first.year)
    if first.month == last.month:
        return words.IN_MONTH.format(month=f"{first.month:02d}", year=first.year)
    return None


@dataclass(frozen=True, slots=True)
class _Fields:
    months: tuple[int, ...]
    days: tuple[int, ...]
    weekdays: tuple[int, ...]


def _fields(rrule: str) -> _Fields:
    """Return the months, month days and weekdays of a rule."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    days = tuple(map(int, parts.get("BYMONTHDAY", "").split(","))) if "BYMONTHDAY" in parts else ()
    if parts.get("BYSETPOS") == "-1":
        days = (max(days),)
    months = tuple(map(int, parts["BYMONTH"].split(","))) if "BYMONTH" in parts else ()
    weekdays = tuple(
        words.RRULE_DAYS.index(day) for day in parts.get("BYDAY", "").split(",") if day
    )
    return _Fields(months, days, weekdays)


def _recurring(deadline: Recurring) -> str | None:
    """Return the phrase of a weekly, monthly, quarterly, half-yearly or yearly rule, or None."""
    fields = _fields(deadline.rrule)
    if fields.weekdays:
        weekday = (fields.weekdays[0] + deadline.before) % 7
        template = words.BEFORE_WEEKDAY if deadline.before else words.ON_WEEKDAY
        return template.format(weekday=words.WEEKDAY_NAMES[weekday])
    later = bool(deadline.dates) and _falls_after(deadline)
    if deadline.before and fields.days == (-1,):
        return _before_first(fields)
    if len(fields.months) == 1 and len(fields.days) == 1:
        return _yearly(deadline, fields)
    months = words.MONTHS_OF.get((fields.months, later))
    if months is None or not fields.days:
        return None
    if fields.days == (-1,) and not deadline.before:
        return words.LAST_DAY_OF.get((fields.months, later))
    if -1 in fields.days:
        return None
    days = [day + deadline.before for day in fields.days]
    template = words.BEFORE_DAYS if deadline.before else words.ON_DAYS
    return template.format(days=words.LIST_OF_DAYS.join(map(str, days)), months=months)


def _before_first(fields: _Fields) -> str | None:
    """Return the phrase of a month's last day that was written as "before the 1st"."""
    following = tuple(sorted(month % 12 + 1 for month in fields.months))
    if len(following) == 1:
        return words.BEFORE_YEARLY.format(day=f"01/{following[0]:02d}")
    months = words.MONTHS_OF.get((following, False))
    return words.BEFORE_DAYS.format(days=1, months=months) if months else None


def _yearly(deadline: Recurring, fields: _Fields) -> str:
    """Return "ngày 15/12 hằng năm", "tháng 3 hằng năm"."""
    if fields.days[0] < 0:
        return words.MONTH_YEARLY.format(month=fields.months[0])
    day = dt.date(2024, fields.months[0], fields.days[0])
    day = day + _ONE if deadline.before else day
    template = words.BEFORE_YEARLY if deadline.before else words.ON_YEARLY
    return template.format(day=f"{day.day:02d}/{day.month:02d}")


def _falls_after(deadline: Recurring) -> bool:
    """Tell whether the rule's dates are those of the months after the periods ("tháng tiếp")."""
    first, last = deadline.dates[0], deadline.dates[-1]
    rule = rrulestr(deadline.rrule, dtstart=dt.datetime(first.year, 1, 1))  # noqa: DTZ001
    skipped = next(iter(rule)).date() < first
    return skipped and last.month in {1, 2} and last.year > first.year


def _relative(deadline: Relative) -> str:
    """Return what is counted from an event, or before it."""
    if deadline.count is None or deadline.unit is None:
        if deadline.event.lower().startswith(words.NO_PREFIX):
            return deadline.event
        return words.AFTER_EVENT.format(event=deadline.event)
    unit = words.SPAN_UNITS[deadline.unit]
    template = words.FROM_EVENT if deadline.count > 0 else words.BEFORE_EVENT
    return template.format(count=abs(deadline.count), unit=unit, event=deadline.event)
