"""What figures are counted from, part by part, and the columns they go into. Pure."""

import datetime as dt
from dataclasses import dataclass, fields

from bot.domain.work import Duty
from bot.domain.workdays import WeekendRule


@dataclass(frozen=True, slots=True)
class PartFact:
    """One part as it stood at the instant the figures are of.

    `due` is the approved day then, `original_due` the first; None without a date. `reported_on` is
    the local day of the report that stands, `accepted` whether Văn phòng has accepted it and
    `accepted_on` when (None: with the report). `closed_on`: the plan was closed by then,
    `returned_closed`: what waited at the closing was returned after it, and is made no more.
    `extensions`, `returns` and `acted` are of the period alone; `extended`: `due` was granted.
    """

    part_id: int
    occurrence_id: int
    unit_id: int | None
    unit: str
    duty: Duty
    due: dt.date | None
    original_due: dt.date | None = None
    before: bool = False
    weekend: WeekendRule = WeekendRule.NONE
    reported_on: dt.date | None = None
    accepted: bool = False
    missing_evidence: bool = False
    extensions: int = 0
    returns: int = 0
    acted: bool = False
    extended: bool = False
    accepted_on: dt.date | None = None
    closed_on: dt.date | None = None
    plan_id: int | None = None
    returned_closed: bool = False

    @property
    def settled_on(self) -> dt.date | None:
        """The day from which the part is open no more; None while it is, or is awaited."""
        return (self.accepted_on or self.reported_on) if self.accepted else None


@dataclass(slots=True)
class Tally:
    """The columns of one row. `early` are done before the due day, `on_day` later but in time.

    `open_in_time` includes `awaiting`, which wait for Văn phòng; `fallen_due` are all but what is
    open and not due yet. `total` = done + open; `undated` stands beside it.
    """

    early: int = 0
    on_day: int = 0
    late: int = 0
    open_in_time: int = 0
    overdue: int = 0
    awaiting: int = 0
    fallen_due: int = 0
    undated: int = 0
    extensions: int = 0
    returns: int = 0
    missing_evidence: int = 0
    updated: int = 0

    @property
    def on_time(self) -> int:
        """Done in time: the column Đúng hạn is trước hạn plus on the day."""
        return self.early + self.on_day

    @property
    def done(self) -> int:
        """Done: in time or late."""
        return self.on_time + self.late

    @property
    def open(self) -> int:
        """Not done: in time or overdue."""
        return self.open_in_time + self.overdue

    @property
    def total(self) -> int:
        """Assigned in the period."""
        return self.done + self.open

    def add(self, other: "Tally") -> None:
        """Add another row to this one."""
        for column in fields(self):
            name = column.name
            setattr(self, name, getattr(self, name) + getattr(other, name))
