"""What a periodic report counts, section by section. Pure.

Its due days are those that the summary of the period counts (`bot.domain.figures`), judged by the
same rules; so the two agree.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.judging import JudgedDay, judge_days
from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.tally import PartFact, Tally
from bot.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class DueItem:
    """One due day of an item, as it was judged."""

    entry: ItemProgress
    day: JudgedDay


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A plan over a period (local days, inclusive): by section, what is open, what comes next.

    `counts` are of all sections; where `frozen_at` is set, those that were kept when the period
    closed or was corrected.
    """

    table: ProgressTable
    first: dt.date
    last: dt.date
    sections: tuple[tuple[str, tuple[DueItem, ...]], ...]
    following: tuple[DueItem, ...]
    counts: Tally
    frozen_at: dt.datetime | None = None

    @property
    def items(self) -> tuple[DueItem, ...]:
        """Every due day that the period counts."""
        return tuple(item for _, items in self.sections for item in items)


@dataclass(frozen=True, slots=True)
class ReportDays:
    """The days of a report: `judged` is when it looks at things, `next_last` how far ahead."""

    first: dt.date
    last: dt.date
    judged: dt.date
    next_last: dt.date


def make_report(
    table: ProgressTable, facts: Sequence[PartFact], days: ReportDays, calendar: Calendar
) -> PeriodReport:
    """Return what a report counts of the parts of a plan, `facts`.

    These are the due days in the period and those before it that were still open when it began;
    `following` are the due days after it up to `next_last`.
    """
    now = _by_id(judge_days(facts, days.first, days.last, days.judged, calendar))
    next_first = days.last + dt.timedelta(days=1)
    later = judge_days(facts, next_first, days.next_last, days.judged, calendar)
    sections: dict[str, list[DueItem]] = {}
    for entry in table.rows:
        sections.setdefault(entry.item.section, []).extend(_days_of(entry, now))
    coming = _by_id(day for day in later if day.due > days.last)
    following = [item for entry in table.rows for item in _days_of(entry, coming)]
    named = tuple((name, tuple(items)) for name, items in sections.items())
    return PeriodReport(
        table,
        days.first,
        days.last,
        named,
        tuple(sorted(following, key=lambda item: (item.day.due, item.entry.item.id))),
        count(item for _, items in named for item in items),
    )


def _by_id(days: Iterable[JudgedDay]) -> dict[int, JudgedDay]:
    return {day.occurrence_id: day for day in days}


def _days_of(entry: ItemProgress, judged: Mapping[int, JudgedDay]) -> list[DueItem]:
    own = dict.fromkeys(line.part.occurrence_id for line in entry.lines)
    found = [DueItem(entry, judged[key]) for key in own if key in judged]
    return sorted(found, key=lambda item: item.day.due)


def count(items: Iterable[DueItem]) -> Tally:
    """Return the counts of some due days."""
    total = Tally()
    for item in items:
        total.add(item.day.tally)
    return total
