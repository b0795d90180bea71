"""The summary of a period, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.figures import Figures, UnitTally
from bot.domain.rules import Rules
from bot.domain.windows import ReportPeriod
from bot.services.indicators import Entry


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The rate of one period: on time of all items, against the approved and the first dates."""

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
    `targets` are the indicators that have a value in the period.
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


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """A summary as sent by itself when its window closed."""

    outbox_id: int
    summary: Summary
