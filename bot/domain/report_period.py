"""What a periodic report counts, section by section. Pure.

Figures count due days (an item's due day is closed when all its leads' parts are, as of the
latest accepted report); they are what the annex shows, so the two agree.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.reminder import Line
from bot.domain.status import Progress
from bot.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class DueItem:
    """One due day of an item: when it was closed (None: open), and whether it is or was late."""

    entry: ItemProgress
    due: dt.date
    finished_on: dt.date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Of some due days: all, those done (early is part of on time), those late, those open."""

    total: int
    early: int
    on_time: int
    late: int
    open_in_time: int
    overdue: int

    @property
    def done(self) -> int:
        """How many are done."""
        return self.on_time + self.late


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A plan over a period (local days, inclusive): by section, what is open, what comes next."""

    table: ProgressTable
    first: dt.date
    last: dt.date
    sections: tuple[tuple[str, tuple[DueItem, ...]], ...]
    following: tuple[DueItem, ...]

    @property
    def items(self) -> tuple[DueItem, ...]:
        """Every due day that the period counts."""
        return tuple(item for _, items in self.sections for item in items)


def make_report(
    table: ProgressTable, first: dt.date, last: dt.date, next_last: dt.date, calendar: Calendar
) -> PeriodReport:
    """Return what a report on the days `first` to `last` counts.

    These are the due days in the period and those before it that were still open when it began;
    `following` are the due days after it up to `next_last`.
    """
    sections: dict[str, list[DueItem]] = {}
    following: list[DueItem] = []
    for entry in table.rows:
        found = sections.setdefault(entry.item.section, [])
        for item in due_items(entry, last, calendar):
            if last < item.due <= next_last:
                following.append(item)
            elif item.due <= last and (
                item.due >= first or item.finished_on is None or item.finished_on >= first
            ):
                found.append(item)
    return PeriodReport(
        table,
        first,
        last,
        tuple((name, tuple(items)) for name, items in sections.items()),
        tuple(sorted(following, key=lambda item: (item.due, item.entry.item.id))),
    )


def due_items(entry: ItemProgress, last: dt.date, calendar: Calendar) -> list[DueItem]:
    """Return the due days of an item as they stood at the end of the local day `last`.

    What is no longer carried out does not count; nor what was past at activation and was set
    aside without a report.
    """
    by_day: dict[int, list[Line]] = {}
    for line in entry.answering:
        if line.part.due is not None and line.part.progress is not Progress.DROPPED:
            by_day.setdefault(line.part.occurrence_id, []).append(line)
    found = []
    for lines in by_day.values():
        days = [_reported(line, last) for line in lines]
        closed = [day for day in days if day is not None]
        done = len(closed) == len(lines)
        until = max(line.part.due_day.late_after(calendar) for line in lines if line.part.due_day)
        finished = max(closed) if done else None
        due = max(line.part.due for line in lines if line.part.due)
        late = (finished or last) > until
        if not any(line.part.unsettled for line in lines):
            found.append(DueItem(entry, due, finished, late))
    return sorted(found, key=lambda item: item.due)


def _reported(line: Line, last: dt.date) -> dt.date | None:
    """Return the day of the report that counts, when it was made by `last`."""
    part = line.part
    if part.progress not in (Progress.DONE, Progress.AWAITING_CONFIRMATION):
        return None
    if part.submitted_at is None:
        return part.due  # done before the plan was followed here
    day = local_day(part.submitted_at)
    return day if day <= last else None


def count(items: Iterable[DueItem]) -> Counts:
    """Return the counts of some due days."""
    total = early = on_time = late = in_time = overdue = 0
    for item in items:
        total += 1
        if item.finished_on is None:
            overdue += item.late
            in_time += not item.late
        else:
            late += item.late
            on_time += not item.late
            early += item.finished_on < item.due and not item.late
    return Counts(total, early, on_time, late, in_time, overdue)
