"""The sandbox's own clock: it runs at real speed and can be moved forward, never backward."""

import datetime as dt
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# A minute past the hours at which the office's reminders go out, so that they are all there.
MORNING = dt.time(7, 31)
AFTERNOON = dt.time(13, 31)
SATURDAY = 5


class MovableClock:
    """Real seconds counted from a chosen instant, plus the jumps made so far."""

    def __init__(self, start: dt.datetime, *, running: bool = True) -> None:
        if start.tzinfo is None:
            raise ValueError("the clock starts at an aware instant")
        self._base = start
        self._running = running
        self._started = time.monotonic()

    def now(self) -> dt.datetime:
        """Return the aware instant it is in the sandbox, in the office's zone."""
        passed = time.monotonic() - self._started if self._running else 0.0
        return (self._base + dt.timedelta(seconds=passed)).astimezone(OFFICE_ZONE)

    def move_to(self, instant: dt.datetime) -> None:
        """Jump to a later instant; an earlier or naive one is a ValueError."""
        if instant.tzinfo is None:
            raise ValueError("the clock moves to an aware instant")
        if instant < self.now():
            raise ValueError("the clock only moves forward")
        self._base = instant
        self._started = time.monotonic()


def next_at(now: dt.datetime, at: dt.time) -> dt.datetime:
    """Return the first moment after `now` at which office clocks show `at`."""
    local = now.astimezone(OFFICE_ZONE)
    moment = dt.datetime.combine(local.date(), at, OFFICE_ZONE)
    return moment if moment > local else moment + dt.timedelta(days=1)


def next_morning(now: dt.datetime, is_day_off: Callable[[dt.date], bool]) -> dt.datetime:
    """Return 07:31 of the next working day after `now`.

    Saturdays and Sundays are skipped, and the further days that `is_day_off` knows.
    """
    moment = next_at(now, MORNING)
    while moment.weekday() >= SATURDAY or is_day_off(moment.date()):
        moment += dt.timedelta(days=1)
    return moment
