"""The due day that an event gives: the event's own day is not counted."""

import pytest

from bot.domain.deadline import Relative, SpanUnit
from bot.domain.events import due_after
from tests.builders import CALENDAR, day


@pytest.mark.parametrize(
    ("event", "count", "unit", "due"),
    [
        ("2024-02-01", 30, SpanUnit.DAY, "2024-03-02"),
        ("2024-04-26", 5, SpanUnit.WORKDAY, "2024-05-07"),
        ("2024-03-05", 2, SpanUnit.WEEK, "2024-03-19"),
        ("2024-01-31", 1, SpanUnit.MONTH, "2024-02-29"),
        ("2024-03-05", 24, SpanUnit.HOUR, "2024-03-06"),
        ("2024-03-05", 25, SpanUnit.HOUR, "2024-03-07"),
        ("2024-03-08", 8, SpanUnit.WORKHOUR, "2024-03-11"),
        ("2024-03-11", -3, SpanUnit.WORKDAY, "2024-03-06"),
        ("2024-03-11", -10, SpanUnit.DAY, "2024-03-01"),
    ],
)
def test_days_are_counted_from_the_day_after(
    event: str, count: int, unit: SpanUnit, due: str
) -> None:
    deadline = Relative(count, unit, "nhận kết luận", "…")

    assert due_after(day(event), deadline, CALENDAR) == day(due)


def test_hours_follow_the_offices_working_day() -> None:
    deadline = Relative(8, SpanUnit.WORKHOUR, "nhận", "08 giờ làm việc")

    assert due_after(day("2024-03-05"), deadline, CALENDAR, 4) == day("2024-03-07")


def test_without_a_number_there_is_no_day() -> None:
    assert (
        due_after(day("2024-03-05"), Relative(None, None, "họp", "sau khi họp"), CALENDAR) is None
    )
