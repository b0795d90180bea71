"""Due days as a calendar file (RFC 5545) that phones and mail programs take."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//nhacviec//VI"


@dataclass(frozen=True, slots=True)
class DueEvent:
    """A due day: `key` is the same in every file about it, so that a newer file replaces it.

    `alarm_days` is how many days before it the program may remind.
    """

    key: str
    day: dt.date
    title: str
    description: str
    alarm_days: int = 1


def write_calendar(name: str, events: Sequence[DueEvent], now: dt.datetime) -> bytes:
    """Return the calendar's bytes; `now` (aware) is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for due in events:
        event = Event()
        event.add("uid", f"{due.key}@nhacviec")
        event.add("dtstamp", now)
        event.add("dtstart", due.day)
        event.add("dtend", due.day + dt.timedelta(days=1))
        event.add("summary", due.title)
        event.add("description", due.description)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", due.title)
        alarm.add("trigger", dt.timedelta(days=-due.alarm_days, hours=8))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
