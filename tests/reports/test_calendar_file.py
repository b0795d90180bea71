"""Due days as a calendar file."""

import datetime as dt

from icalendar import Calendar

from bot.reports.calendar_file import DueEvent, write_calendar

NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
DUE = DueEvent("part-7", dt.date(2026, 4, 30), "III.5 · Rà soát; lần 1, 2", "Phòng Hành chính")


def test_a_due_day_is_a_whole_day_that_another_program_reads() -> None:
    events = Calendar.from_ical(write_calendar("Hạn của phòng", [DUE], NOW)).walk("VEVENT")

    assert len(events) == 1
    assert events[0].decoded("dtstart") == dt.date(2026, 4, 30)
    assert events[0].decoded("dtend") == dt.date(2026, 5, 1)
    assert str(events[0]["summary"]) == DUE.title


def test_a_newer_file_replaces_the_same_due_day() -> None:
    first, second = (
        Calendar.from_ical(write_calendar("x", [DUE], now)).walk("VEVENT")[0]["uid"]
        for now in (NOW, NOW + dt.timedelta(days=1))
    )

    assert first == second


def test_long_lines_are_folded_by_bytes() -> None:
    long = DueEvent("part-8", dt.date(2026, 5, 4), "Nhiệm vụ " * 30, "")

    assert all(len(line) <= 75 for line in write_calendar("x", [long], NOW).split(b"\r\n"))
