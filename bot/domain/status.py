"""The two axes of an item's state: progress (stored) and deadline state (derived)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.workdays import Calendar, WeekendRule


class Progress(StrEnum):
    """What was reported about a part; changed by people only."""

    NOT_STARTED = "not_started"  # -> in_progress, awaiting_confirmation, done, dropped
    IN_PROGRESS = "in_progress"  # -> awaiting_confirmation, done, dropped
    AWAITING_CONFIRMATION = "awaiting_confirmation"  # -> done, returned
    RETURNED = "returned"  # -> awaiting_confirmation, done, dropped
    EXTENSION_PENDING = "extension_pending"  # -> the state before it
    WAITING_EVENT = "waiting_event"  # -> not_started, dropped
    DONE = "done"  # -> returned (confirmed by mistake)
    DROPPED = "dropped"  # no longer carried out, with the decision it rests on


OWED = frozenset(
    {Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.RETURNED, Progress.EXTENSION_PENDING}
)
CLOSED = frozenset({Progress.DONE, Progress.DROPPED})


class DeadlineState(StrEnum):
    """Where a part stands against its date."""

    NO_DEADLINE = "no_deadline"
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A due occurrence's "hạn ghi" with what moves it: `before` is the "trước" class."""

    due: dt.date
    before: bool = False
    weekend: WeekendRule = WeekendRule.NONE

    def late_after(self, calendar: Calendar) -> dt.date:
        """Return "hạn tính": late starts the day after (Bộ luật Dân sự 2015, Điều 148)."""
        return calendar.effective_due(self.due, before=self.before, weekend=self.weekend)

    def remind_by(self, calendar: Calendar) -> dt.date:
        """Return "hạn nhắc": the last working day on or before hạn ghi."""
        return calendar.last_working_day_on_or_before(self.due)


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline state with its distance: days late, or working days left to hạn nhắc.

    `remind_by` is hạn nhắc, None without a date.
    """

    state: DeadlineState
    days_late: int = 0
    working_days_left: int | None = None
    remind_by: dt.date | None = None


def standing(
    day: DueDay | None, today: dt.date, calendar: Calendar, *, finished_on: dt.date | None = None
) -> Standing:
    """Derive where a part stands on the Vietnamese day `today`.

    `finished_on` is the local day on which the report that counts was submitted, None while the
    part is owed; on time is judged by it, never by a slow confirmation.
    """
    if day is None:
        return Standing(DeadlineState.NO_DEADLINE)
    late_after = day.late_after(calendar)
    if finished_on is not None:
        return _closed(day.due, late_after, finished_on)
    if today > late_after:
        return Standing(DeadlineState.OVERDUE, days_late=(today - late_after).days)
    remind_by = day.remind_by(calendar)
    if today >= remind_by:
        return Standing(DeadlineState.DUE, working_days_left=0, remind_by=remind_by)
    left = calendar.working_days_between(today, remind_by)
    soon = today >= calendar.minus_working_days(remind_by, calendar.soon_days)
    return Standing(
        DeadlineState.DUE_SOON if soon else DeadlineState.ON_TRACK,
        working_days_left=left,
        remind_by=remind_by,
    )


def _closed(due: dt.date, late_after: dt.date, finished_on: dt.date) -> Standing:
    if finished_on > late_after:
        return Standing(DeadlineState.LATE, days_late=(finished_on - late_after).days)
    return Standing(DeadlineState.EARLY if finished_on < due else DeadlineState.ON_TIME)
