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


def office_date(day: dt.date) -> str:
    """Return a day as offices write it: 26/4/2024, and 05/02/2024.

    Days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def office_moment(now: dt.datetime) -> str:
    """Return the local time and day of an instant: 09:05 26/4/2024."""
    local = local_time(now)
    return f"{local:%H:%M} {office_date(local.date())}"
