"""A request for another date (gia hạn): what is kept of it, and what people type. Pure."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.states import OPEN_REQUESTS, ExtensionState
from bot.domain.status import Progress


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to move a part's date from `from_due` to `to_due`.

    `counter_due` is the date that Văn phòng proposes instead; `after_due`: asked for when the due
    day had passed. `progress_before` is what the part returns to.
    """

    id: int
    office_id: int
    part_id: int
    requested_by: int
    requested_at: dt.datetime
    from_due: dt.date
    to_due: dt.date
    reason: str
    state: ExtensionState
    progress_before: Progress
    decided_by: int | None = None
    decided_at: dt.datetime | None = None
    answer: str | None = None
    counter_due: dt.date | None = None
    after_due: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in OPEN_REQUESTS

    @property
    def self_decided(self) -> bool:
        """Whether it was granted at once, as nobody else can decide."""
        return self.state is ExtensionState.APPROVED and self.decided_by is None

    @property
    def granted(self) -> dt.date:
        """The date it leads to when it is approved: the proposed one, once there is one."""
        return self.counter_due or self.to_due


class BadDay(StrEnum):
    """Why a typed date cannot be the new one."""

    UNREAD = "unread"
    PAST = "past"
    NOT_LATER = "not_later"


def check_day(day: dt.date | None, due: dt.date, today: dt.date) -> BadDay | None:
    """Return why `day` cannot replace the present `due` on the local day `today`; None: it can."""
    if day is None:
        return BadDay.UNREAD
    if day < today:
        return BadDay.PAST
    return BadDay.NOT_LATER if day <= due else None


def missed_year(
    day: dt.date, first: dt.date, year_days: Iterable[tuple[int, int]]
) -> dt.date | None:
    """Return the last day of the scored year that a part due on `first` misses by moving to `day`.

    `year_days` are the days (day, month) on which scored years end; None: it stays within its own.
    """
    ends = [
        dt.date(year, month, min(number, calendar.monthrange(year, month)[1]))
        for year in (first.year, first.year + 1)
        for number, month in year_days
    ]
    own = min((end for end in ends if end >= first), default=None)
    return own if own is not None and day > own else None
