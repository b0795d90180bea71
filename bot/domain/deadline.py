"""What a "Tiến độ" cell can mean: five kinds of deadline, as plain values.

All days are Vietnamese calendar days and inclusive. `text` is the phrase as written, for showing
and for audits.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SpanUnit(StrEnum):
    """What a relative deadline counts in."""

    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    HOUR = "hour"
    WORKHOUR = "workhour"


@dataclass(frozen=True, slots=True)
class DateDeadline:
    """One due day ("hạn ghi"): the last day that still counts as on time.

    `start` is the first day of a period ("trong quý III/2024"), None for a single day. `units`
    names the leads a date binds, when it binds only some of them. `before` marks the "trước"
    class, which never moves forward over a weekend (Bộ luật Dân sự 2015, Điều 148 khoản 5).
    """

    due: dt.date
    text: str
    start: dt.date | None = None
    label: str | None = None
    units: tuple[str, ...] = ()
    before: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """A rule (RFC 5545) that yields due days within the plan's period.

    `rrule` and `dates` give "hạn ghi": "trước" is already applied. `dates` is ascending.
    """

    rrule: str
    dates: tuple[dt.date, ...]
    text: str
    label: str | None = None
    units: tuple[str, ...] = ()
    before: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """Counted from an event whose date somebody records later ("chờ kích hoạt").

    `count` is None when no number is written; negative before the event. The event's own day is
    not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2).
    """

    count: int | None
    unit: SpanUnit | None
    event: str
    text: str


@dataclass(frozen=True, slots=True)
class Ongoing:
    """No due day ("thường xuyên")."""

    text: str


@dataclass(frozen=True, slots=True)
class Unspecified:
    """No date until Văn phòng sets one; `ref` names what it depends on."""

    ref: str
    text: str


Deadline = DateDeadline | Recurring | Relative | Ongoing | Unspecified


@dataclass(frozen=True, slots=True)
class Period:
    """The days a plan covers, both inclusive; a date without a year takes `year`."""

    start: dt.date
    end: dt.date

    @property
    def year(self) -> int:
        """The plan's year: the one its period begins in."""
        return self.start.year


def calendar_year(year: int) -> Period:
    """Return the period from 1 January to 31 December of `year`."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
