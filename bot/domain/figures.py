"""The figures of a reporting period. Pure; every sum is worked out here and nowhere else.

Assigned in a period are the due days in it and those before it that were open when it began.
Unit rows count parts (those by which a unit answers: it leads, or has a date of its own); the
total row counts items: an item's due day is closed when all its leads' parts are, as of the latest
report. A report counts from when it was submitted, once Văn phòng has accepted it; one that waits
is neither done nor overdue, stands apart, and is carried over until its period of acceptance.
What a plan leaves open when it closes is missed where it fell due; it is carried over nowhere, as
the next plan has it or nobody any more.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields

from bot.domain.status import DueDay
from bot.domain.work import Duty
from bot.domain.workdays import Calendar, WeekendRule


@dataclass(frozen=True, slots=True)
class PartFact:
    """One part as it stood at the instant the figures are of.

    `due` is the approved day then, `original_due` the first; None without a date. `reported_on` is
    the local day of the report that stands, `accepted` whether Văn phòng has accepted it and
    `accepted_on` when (None: with the report). `closed_on`: the plan was closed by then.
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


@dataclass(frozen=True, slots=True)
class UnitTally:
    """A unit's row."""

    unit_id: int | None
    unit: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the local days `first` to `last`, as things stood when `judged` began.

    `units` count parts and `parts` is their sum; `items` counts items. `original` counts items
    against their first dates. `overdue_days` are the days late of each overdue item. `plans`
    counts the items of each plan; figures frozen before it was kept have none.
    """

    first: dt.date
    last: dt.date
    judged: dt.date
    units: tuple[UnitTally, ...]
    parts: Tally
    items: Tally
    original: Tally
    overdue_days: tuple[int, ...] = field(default=())
    plans: tuple[tuple[int, Tally], ...] = ()


def count_figures(
    facts: Sequence[PartFact],
    first: dt.date,
    last: dt.date,
    judged: dt.date,
    calendar: Calendar,
) -> Figures:
    """Return the figures of a period, judged at the beginning of the local day `judged`."""
    answering = [fact for fact in facts if fact.duty is not Duty.COOPERATE]
    judge = _Judge(first, last, judged, calendar)
    units: dict[int | None, UnitTally] = {}
    for fact in answering:
        row = units.setdefault(fact.unit_id, UnitTally(fact.unit_id, fact.unit, Tally()))
        row.tally.add(judge.tally([fact], _approved))
    items, original = Tally(), Tally()
    late: list[int] = []
    plans: dict[int, Tally] = {}
    for group in _leads(answering):
        item = judge.tally(group, _approved)
        items.add(item)
        if (plan_id := group[0].plan_id) is not None:
            plans.setdefault(plan_id, Tally()).add(item)
        original.add(judge.tally(group, _first_date))
        late += judge.days_late(group)
    parts = Tally()
    for row in units.values():
        parts.add(row.tally)
    listed = [row for row in units.values() if row.tally.total or row.tally.undated]
    by_plan = tuple(plans.items())
    return Figures(
        first, last, judged, tuple(listed), parts, items, original, tuple(late), by_plan
    )


def _approved(fact: PartFact) -> dt.date | None:
    return fact.due


def _first_date(fact: PartFact) -> dt.date | None:
    return fact.original_due or fact.due


def _leads(facts: Iterable[PartFact]) -> list[list[PartFact]]:
    """Return the parts by which each due day of an item is judged: its leads'.

    A due day that only binds units inside the office ("hạn nội bộ") is no item's.
    """
    groups: dict[int, list[PartFact]] = {}
    for fact in facts:
        if fact.duty is Duty.LEAD:
            groups.setdefault(fact.occurrence_id, []).append(fact)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class _Judge:
    first: dt.date
    last: dt.date
    judged: dt.date
    calendar: Calendar

    def tally(
        self, group: Sequence[PartFact], due_of: Callable[[PartFact], dt.date | None]
    ) -> Tally:
        """Return the row of one due day, which `group` closes together; empty: not assigned."""
        due = self._due(group, due_of)
        reported = self._reported(group)
        if due is None:
            return Tally(undated=int(reported is None and not _closed_on(group)))
        if due > self.last or self._left_out(group, due):
            return Tally()
        row = Tally(
            extensions=sum(fact.extensions for fact in group),
            returns=sum(fact.returns for fact in group),
            missing_evidence=int(any(fact.missing_evidence for fact in group)),
            updated=int(any(fact.acted for fact in group)),
        )
        late_after = self._late_after(group, due)
        if reported is None:
            row.overdue = int(late_after < self.judged)
            row.open_in_time = 1 - row.overdue
        elif not all(fact.accepted for fact in group):
            row.awaiting = row.open_in_time = 1
        else:
            row.late = int(reported > late_after)
            row.early = int(reported < due)
            row.on_day = 1 - row.late - row.early
        row.fallen_due = int(bool(row.done) or due < self.judged)
        return row

    def _left_out(self, group: Sequence[PartFact], due: dt.date) -> bool:
        """Tell whether a due day was settled before the period, or went with its plan."""
        settled = _latest([fact.settled_on for fact in group])
        if settled is not None:
            return due < self.first and settled < self.first
        closed = _closed_on(group)
        if closed is None or self._reported(group) is not None:
            return False
        return due < self.first or due >= closed

    def days_late(self, group: Sequence[PartFact]) -> list[int]:
        """Return how many days an overdue due day is late; nothing when it is not."""
        row = self.tally(group, _approved)
        due = self._due(group, _approved)
        if not row.overdue or due is None:
            return []
        return [(self.judged - self._late_after(group, due)).days]

    def _due(
        self, group: Sequence[PartFact], due_of: Callable[[PartFact], dt.date | None]
    ) -> dt.date | None:
        return _latest([due_of(fact) for fact in group])

    def _reported(self, group: Sequence[PartFact]) -> dt.date | None:
        return _latest([fact.reported_on for fact in group])

    def _late_after(self, group: Sequence[PartFact], due: dt.date) -> dt.date:
        fact = group[0]
        # Another date that was granted is not "trước" a day any more.
        before = fact.before and not (fact.extended and due == fact.due)
        return DueDay(due, before, fact.weekend).late_after(self.calendar)


def _latest(days: Sequence[dt.date | None]) -> dt.date | None:
    """Return the latest of some days, None where one is missing."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _closed_on(group: Sequence[PartFact]) -> dt.date | None:
    return group[0].closed_on
