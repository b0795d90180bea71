"""What the charts count: parts by unit and state, and a year's due days by unit and month."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.status import DeadlineState, Progress
from bot.domain.work import Duty, Part
from bot.domain.workdays import Calendar


class Shown(StrEnum):
    """How a part stands in a chart, in the order of its bars."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"  # without a date, or on a day nobody knows
    AWAITING = "awaiting"
    OPEN = "open"
    OVERDUE = "overdue"
    UNDATED = "undated"


_CLOSED = {
    DeadlineState.EARLY: Shown.EARLY,
    DeadlineState.ON_TIME: Shown.ON_TIME,
    DeadlineState.LATE: Shown.LATE,
}


def shown_as(part: Part, today: dt.date, calendar: Calendar) -> Shown | None:
    """Return how a part stands in a chart on the local day `today`.

    None for what is no longer carried out, what was past at activation and nobody has looked at,
    and cooperation, which has no date of its own.
    """
    if part.progress is Progress.DROPPED or part.unsettled or part.duty is Duty.COOPERATE:
        return None
    standing = part.standing(today, calendar)
    if part.progress is Progress.DONE:
        return _CLOSED.get(standing.state, Shown.DONE) if part.submitted_at else Shown.DONE
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return Shown.AWAITING
    if part.due is None:
        return Shown.UNDATED
    return Shown.OVERDUE if standing.state is DeadlineState.OVERDUE else Shown.OPEN


def count_by_unit(
    parts: Iterable[Part], today: dt.date, calendar: Calendar
) -> list[tuple[str, dict[Shown, int]]]:
    """Return (unit, count by state), the unit with the most overdue first, then by size."""
    counts: dict[str, dict[Shown, int]] = {}
    for part in parts:
        kind = shown_as(part, today, calendar)
        if kind is not None:
            own = counts.setdefault(part.unit, dict.fromkeys(Shown, 0))
            own[kind] += 1
    return sorted(
        counts.items(),
        key=lambda row: (-row[1][Shown.OVERDUE], -sum(row[1].values()), row[0]),
    )


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Of a unit's parts due in one month: all, those reported, and those overdue now."""

    due: int = 0
    done: int = 0
    overdue: int = 0


def count_by_month(
    parts: Sequence[Part], year: int, today: dt.date, calendar: Calendar
) -> list[tuple[str, tuple[MonthCount, ...]]]:
    """Return (unit, its twelve months of `year`), the unit with the most due days first."""
    found: dict[str, list[list[int]]] = {}
    for part in parts:
        kind = shown_as(part, today, calendar)
        if kind is None or part.due is None or part.due.year != year:
            continue
        month = found.setdefault(part.unit, [[0, 0, 0] for _ in range(12)])[part.due.month - 1]
        month[0] += 1
        month[1] += kind not in (Shown.OPEN, Shown.OVERDUE)
        month[2] += kind is Shown.OVERDUE
    rows = [
        (unit, tuple(MonthCount(*month) for month in months)) for unit, months in found.items()
    ]
    return sorted(rows, key=lambda row: (-sum(month.due for month in row[1]), row[0]))
