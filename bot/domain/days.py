"""From instants (aware UTC) to Vietnamese calendar days and back."""

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local_time(now: dt.datetime) -> dt.datetime:
    """Return the aware instant `now` on the clock of Vietnam."""
    return now.astimezone(VIETNAM)


def local_day(now: dt.datetime) -> dt.date:
    """Return the Vietnamese calendar day on which the aware instant `now` falls."""
    return local_time(now).date()


def instant(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the UTC instant of a Vietnamese day and clock time."""
    return dt.datetime.combine(day, time, tzinfo=VIETNAM).astimezone(dt.UTC)
