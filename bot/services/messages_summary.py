"""The summary of a period, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.figures import Figures, UnitTally
from bot.domain.indicator_value import Entry
from bot.domain.rules import Rules
from bot.domain.windows import ReportPeriod


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The rate of one period, against the approved and the first dates.

    `total` and `original_total` are what it is counted against: 0 where there is nothing yet.
    """

    period: ReportPeriod
    on_time: int
    total: int
    original_on_time: int
    original_total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A period's figures as their reader may see them.

    `frozen_at` is None while the period runs; `version` above 1 is a correction, for `reason`.
    `own` holds the reader's own rows where units may not be compared, else None. `trend` are the
    periods of the same kind before this one that were frozen, oldest first, then this one.
    `targets` are the indicators that have a value in the period. `rules` are of now, but for what
    a frozen summary is judged by: that is of its time.
    """

    period: ReportPeriod
    figures: Figures
    rules: Rules
    now: dt.datetime
    trend: tuple[TrendPoint, ...]
    id: int | None = None
    frozen_at: dt.datetime | None = None
    version: int = 1
    reason: str | None = None
    own: tuple[UnitTally, ...] | None = None
    targets: tuple[Entry, ...] = ()

    @property
    def over(self) -> bool:
        """Tell whether the period has ended, frozen or not."""
        return self.frozen_at is not None or self.figures.last < local_day(self.now)


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """A summary as sent by itself when its window closed."""

    outbox_id: int
    summary: Summary
