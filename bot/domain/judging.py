"""How a period judges one due day: whether it counts, and in which column. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.status import DueDay
from bot.domain.tally import PartFact, Tally
from bot.domain.work import Duty
from bot.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """A due day of an item as a period counts it: its row, and the report it stands by."""

    occurrence_id: int
    due: dt.date
    tally: Tally
    reported_on: dt.date | None

    @property
    def finished_on(self) -> dt.date | None:
        """The day of the accepted report; None while the due day is open or awaited."""
        return self.reported_on if self.tally.done else None

    @property
    def late(self) -> bool:
        """Tell whether it was done late or is overdue."""
        return bool(self.tally.late or self.tally.overdue)


def judge_days(
    facts: Sequence[PartFact],
    first: dt.date,
    last: dt.date,
    judged: dt.date,
    calendar: Calendar,
) -> list[JudgedDay]:
    """Return the due days of items that `count_figures` counts, one by one."""
    judge = Judge(first, last, judged, calendar)
    found = []
    for group in leads(facts):
        row, due = judge.tally(group, approved), judge.due(group, approved)
        if due is not None and row.total:
            found.append(JudgedDay(group[0].occurrence_id, due, row, judge.reported(group)))
    return found


def approved(fact: PartFact) -> dt.date | None:
    """Return the day by which a part is due, as last approved."""
    return fact.due


def first_date(fact: PartFact) -> dt.date | None:
    """Return the day by which a part was due at first."""
    return fact.original_due or fact.due


def leads(facts: Iterable[PartFact]) -> list[list[PartFact]]:
    """Return the parts by which each due day of an item is judged: its leads'.

    A due day that only binds units inside the office ("hạn nội bộ") is no item's.
    """
    groups: dict[int, list[PartFact]] = {}
    for fact in facts:
        if fact.duty is Duty.LEAD:
            groups.setdefault(fact.occurrence_id, []).append(fact)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the due days of a period at the beginning of the local day `judged`."""

    first: dt.date
    last: dt.date
    judged: dt.date
    calendar: Calendar

    def tally(
        self, group: Sequence[PartFact], due_of: Callable[[PartFact], dt.date | None]
    ) -> Tally:
        """Return the row of one due day, which `group` closes together.

        Of one that is not assigned in the period only what happened to it then stands there: an
        extension into a later period, or a return, is this period's all the same.
        """
        due = self.due(group, due_of)
        reported = self.reported(group)
        if due is None:
            return Tally(undated=int(reported is None and not _closed_on(group)))
        row = Tally(
            extensions=sum(fact.extensions for fact in group),
            returns=sum(fact.returns for fact in group),
        )
        if due > self.last or self._left_out(group, due):
            return row
        row.missing_evidence = int(any(fact.missing_evidence for fact in group))
        row.updated = int(any(fact.acted for fact in group))
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
        if closed is None or self.reported(group) is not None:
            return False
        # What was not accepted after the closing counts as not done; it did not go with the plan.
        went = due >= closed and not any(fact.returned_closed for fact in group)
        return due < self.first or went

    def days_late(self, group: Sequence[PartFact]) -> list[int]:
        """Return how many days an overdue due day is late; nothing when it is not."""
        row = self.tally(group, approved)
        due = self.due(group, approved)
        if not row.overdue or due is None:
            return []
        return [(self.judged - self._late_after(group, due)).days]

    def due(
        self, group: Sequence[PartFact], due_of: Callable[[PartFact], dt.date | None]
    ) -> dt.date | None:
        """Return the day by which the group is due; None where a part has none."""
        return _latest([due_of(fact) for fact in group])

    def reported(self, group: Sequence[PartFact]) -> dt.date | None:
        """Return the day of the latest report; None while one is missing."""
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
