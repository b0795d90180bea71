"""The check table of the domain, and what a swapped day changes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import DateDeadline, Recurring, calendar_year
from bot.domain.grammar.reader import read_deadlines
from bot.domain.workdays import Calendar, NoWorkingDayError, Override, WeekendRule
from bot.intake.calendar import vietnam_calendar

CALENDAR = vietnam_calendar(range(2023, 2028))

CHECK_TABLE = [
    ("Trước 30/4/2024", "2024-04-29", "2024-04-26"),
    ("Trước ngày 22/01/2024", "2024-01-21", "2024-01-19"),
    ("trước ngày 01/4/2024", "2024-03-31", "2024-03-29"),
    ("Trước 15/12/2024", "2024-12-14", "2024-12-13"),
    ("15/12/2024", "2024-12-15", "2024-12-13"),
    ("Trong 06 tháng đầu năm 2024", "2024-06-30", "2024-06-28"),
    ("Tháng 4/2024", "2024-04-30", "2024-04-26"),
    ("Tháng 02/2024", "2024-02-29", "2024-02-29"),
    (
        "chậm nhất ngày 14 hàng tháng cuối kỳ báo cáo",
        "2024-03-14 2024-06-14 2024-09-14 2024-12-14",
        "2024-03-14 2024-06-14 2024-09-13 2024-12-13",
    ),
    (
        "ngày 17 của tháng cuối quý",
        "2024-03-17 2024-06-17 2024-09-17 2024-12-17",
        "2024-03-15 2024-06-17 2024-09-17 2024-12-17",
    ),
    ("30 ngày kể từ ngày 01/02/2024", "2024-03-02", "2024-03-01"),
]


def days(text: str) -> tuple[dt.date, ...]:
    return tuple(map(dt.date.fromisoformat, text.split()))


@pytest.mark.parametrize(("written", "due", "remind"), CHECK_TABLE)
def test_the_check_table_holds(written: str, due: str, remind: str) -> None:
    (deadline,) = read_deadlines(written, calendar_year(2024)).deadlines

    assert isinstance(deadline, DateDeadline | Recurring)
    dues = deadline.dates if isinstance(deadline, Recurring) else (deadline.due,)
    assert dues == days(due)
    assert tuple(map(CALENDAR.last_working_day_on_or_before, dues)) == days(remind)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-04-29", False),  # swapped off
        ("2024-05-04", True),  # a Saturday worked instead
        ("2024-04-18", False),  # Giỗ Tổ
        ("2024-02-09", False),  # Tết
        ("2024-02-15", True),
        ("2024-02-29", True),
        ("2024-09-02", False),
        ("2026-01-01", False),
        ("2026-01-02", False),  # announced after the library was made
        ("2026-01-10", True),
        ("2024-01-01", False),
        ("2023-12-31", False),
    ],
)
def test_a_day_is_worked_or_not(day: str, working: bool) -> None:
    assert CALENDAR.is_working(dt.date.fromisoformat(day)) is working


def test_an_override_comes_before_all_else() -> None:
    monday = dt.date(2024, 7, 1)
    calendar = vietnam_calendar([2024], [(monday, False, "12/TB")])

    assert calendar.overrides[monday] == Override(working=False, source="12/TB")
    assert calendar.last_working_day_on_or_before(monday) == dt.date(2024, 6, 28)
    assert calendar.next_working_day(dt.date(2024, 6, 28)) == dt.date(2024, 7, 2)


class TestEffectiveDue:
    sunday = dt.date(2024, 12, 15)

    def test_it_stays_where_weekends_do_not_move(self) -> None:
        due = CALENDAR.effective_due(self.sunday, before=False, weekend=WeekendRule.NONE)

        assert due == self.sunday

    def test_it_moves_to_the_next_working_day(self) -> None:
        due = CALENDAR.effective_due(self.sunday, before=False, weekend=WeekendRule.FORWARD)

        assert due == dt.date(2024, 12, 16)

    def test_the_before_class_never_moves(self) -> None:
        due = CALENDAR.effective_due(self.sunday, before=True, weekend=WeekendRule.FORWARD)

        assert due == self.sunday

    def test_a_working_day_stays(self) -> None:
        friday = dt.date(2024, 12, 13)

        assert CALENDAR.effective_due(friday, before=False, weekend=WeekendRule.FORWARD) == friday


def test_it_counts_back_over_the_long_holiday() -> None:
    remind = dt.date(2024, 4, 26)

    assert CALENDAR.minus_working_days(dt.date(2024, 4, 29), 0) == remind
    assert CALENDAR.minus_working_days(remind, 5) == dt.date(2024, 4, 19)
    assert CALENDAR.minus_working_days(remind, 10) == dt.date(2024, 4, 11)


def test_working_days_between_leaves_out_the_first() -> None:
    assert CALENDAR.working_days_between(dt.date(2024, 4, 26), dt.date(2024, 5, 6)) == 4
    assert CALENDAR.working_days_between(dt.date(2024, 5, 6), dt.date(2024, 4, 26)) == -4
    assert CALENDAR.working_days_between(dt.date(2024, 5, 6), dt.date(2024, 5, 6)) == 0


def test_five_working_days_after_an_event_leave_its_day_out() -> None:
    assert CALENDAR.plus_working_days(dt.date(2024, 4, 25), 2) == dt.date(2024, 5, 2)


def test_a_calendar_without_working_days_is_refused() -> None:
    start = dt.date(2024, 1, 1)
    never = {start + dt.timedelta(days=step): False for step in range(-800, 800)}

    with pytest.raises(NoWorkingDayError):
        Calendar(never).last_working_day_on_or_before(start)


@given(st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31)), st.integers(0, 30))
def test_back_and_forth_agree(day: dt.date, count: int) -> None:
    back = CALENDAR.minus_working_days(day, count)

    assert CALENDAR.is_working(back)
    assert CALENDAR.working_days_between(back, day) == count
