"""Instants become Vietnamese days, whatever day it is in UTC."""

import datetime as dt

import pytest

from bot.domain.days import instant, local_day, local_time


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2024-04-25T17:30", "2024-04-26"),  # 00:30 in Vietnam, still yesterday in UTC
        ("2024-04-26T16:59", "2024-04-26"),
        ("2024-04-26T17:00", "2024-04-27"),
        ("2024-02-28T17:00", "2024-02-29"),
        ("2023-12-31T17:00", "2024-01-01"),
    ],
)
def test_the_day_changes_at_midnight_in_vietnam(utc: str, expected: str) -> None:
    now = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    assert local_day(now) == dt.date.fromisoformat(expected)


def test_a_clock_time_of_a_day_comes_back_from_its_instant() -> None:
    morning = instant(dt.date(2024, 2, 29), dt.time(7, 30))

    assert morning == dt.datetime(2024, 2, 29, 0, 30, tzinfo=dt.UTC)
    assert morning.utcoffset() == dt.timedelta(0)
    assert local_time(morning).time() == dt.time(7, 30)
