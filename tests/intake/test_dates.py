"""Dates typed in chat, on Wednesday 10 July 2024."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import calendar_year
from bot.intake.dates import read_typed_date

TODAY = dt.date(2024, 7, 10)
PERIOD = calendar_year(2024)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("30/6", "2024-06-30"),
        ("15/7/2024", "2024-07-15"),
        ("trước 15/8", "2024-08-14"),
        ("hôm nay", "2024-07-10"),
        ("mai", "2024-07-11"),
        ("Ngày mai", "2024-07-11"),
        ("ngày kia", "2024-07-12"),
        ("3 ngày nữa", "2024-07-13"),
        ("hai tuần nữa", "2024-07-24"),
        ("sau 3 ngày", "2024-07-13"),
        ("1 tháng nữa", "2024-08-10"),
        ("thứ sáu", "2024-07-12"),
        ("thứ hai", "2024-07-15"),
        ("thứ sáu tuần sau", "2024-07-19"),
        ("thu sau tuan sau", "2024-07-19"),
        ("thứ 6 tuần này", "2024-07-12"),
        ("cuối tuần", "2024-07-12"),
        ("tuần sau", "2024-07-19"),
        ("hết tháng", "2024-07-31"),
        ("cuối tháng này", "2024-07-31"),
        ("tháng sau", "2024-08-31"),
        ("hết quý", "2024-09-30"),
        ("quý sau", "2024-12-31"),
        ("cuối năm", "2024-12-31"),
        ("hết năm sau", "2025-12-31"),
        ("ngày 10 tháng 12 năm 2024", "2024-12-10"),
        ("15 giờ 30 ngày 25/11/2024", "2024-11-25"),
        ("tháng 12", "2024-12-31"),
    ],
)
def test_a_typed_date_is_understood(typed: str, due: str) -> None:
    deadline = read_typed_date(typed, TODAY, PERIOD)

    assert deadline is not None
    assert deadline.due == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    "typed",
    ["", "xin chào", "31/6", "hàng tháng", "khi có yêu cầu", "5", "12", "mùng 5 Tết", "0 ngày nữa",
     "15/6 và 15/12", "thường xuyên", "10 thg 12 2024 hoặc 2025", "tháng 13", "99/99/9999"],
)  # fmt: skip
def test_what_is_no_one_date_is_not_guessed(typed: str) -> None:
    assert read_typed_date(typed, TODAY, PERIOD) is None


def test_the_end_of_a_month_does_not_overflow() -> None:
    deadline = read_typed_date("1 tháng nữa", dt.date(2024, 1, 31), PERIOD)

    assert deadline is not None
    assert deadline.due == dt.date(2024, 2, 29)


def test_next_week_crosses_the_year() -> None:
    deadline = read_typed_date("thứ sáu tuần sau", dt.date(2024, 12, 30), PERIOD)

    assert deadline is not None
    assert deadline.due == dt.date(2025, 1, 10)


@given(st.text(max_size=60))
def test_it_never_raises(text: str) -> None:
    read_typed_date(text, TODAY, PERIOD)
