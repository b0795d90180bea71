"""Reporting periods, and how people name them."""

import datetime as dt

import pytest

from bot.domain.rules import Window
from bot.domain.windows import (
    PeriodKind,
    ReportPeriod,
    last_closed,
    period_of,
    read_period,
)
from tests.builders import day

MID = Window.MID_MONTH
TODAY = day("2024-04-20")


@pytest.mark.parametrize(
    ("period", "window", "first", "last"),
    [
        (ReportPeriod(PeriodKind.MONTH, 2024, 4), MID, "2024-03-15", "2024-04-14"),
        (ReportPeriod(PeriodKind.MONTH, 2024, 1), MID, "2023-12-15", "2024-01-14"),
        (ReportPeriod(PeriodKind.QUARTER, 2024, 1), MID, "2023-12-15", "2024-03-14"),
        (ReportPeriod(PeriodKind.QUARTER, 2024, 3), MID, "2024-06-15", "2024-09-14"),
        (ReportPeriod(PeriodKind.HALF, 2024, 1), MID, "2023-12-15", "2024-06-14"),
        (ReportPeriod(PeriodKind.NINE, 2024), MID, "2023-12-15", "2024-09-14"),
        (ReportPeriod(PeriodKind.YEAR, 2023), MID, "2022-12-15", "2023-12-14"),
        (ReportPeriod(PeriodKind.MONTH, 2024, 2), Window.CALENDAR, "2024-02-01", "2024-02-29"),
        (ReportPeriod(PeriodKind.YEAR, 2024), Window.CALENDAR, "2024-01-01", "2024-12-31"),
        (ReportPeriod(PeriodKind.MONTH, 2024, 3), Window.LATE_MONTH, "2024-02-25", "2024-03-24"),
    ],
)
def test_a_period_covers_its_days(
    period: ReportPeriod, window: Window, first: str, last: str
) -> None:
    assert period.bounds(window) == (day(first), day(last))


@pytest.mark.parametrize(
    ("text", "kind", "year", "number"),
    [
        ("", PeriodKind.MONTH, 2024, 4),
        ("tháng 4", PeriodKind.MONTH, 2024, 4),
        ("thang 4/2023", PeriodKind.MONTH, 2023, 4),
        ("Tháng 12", PeriodKind.MONTH, 2023, 12),
        ("5", PeriodKind.MONTH, 2024, 5),
        ("4/2024", PeriodKind.MONTH, 2024, 4),
        ("quý I", PeriodKind.QUARTER, 2024, 1),
        ("quý III/2023", PeriodKind.QUARTER, 2023, 3),
        ("quy 2 năm 2024", PeriodKind.QUARTER, 2024, 2),
        ("6 tháng", PeriodKind.HALF, 2024, 1),
        ("06 tháng đầu năm 2024", PeriodKind.HALF, 2024, 1),
        ("6 tháng cuối năm 2023", PeriodKind.HALF, 2023, 2),
        ("9 tháng", PeriodKind.NINE, 2024, 1),
        ("năm 2023", PeriodKind.YEAR, 2023, 1),
        ("năm", PeriodKind.YEAR, 2024, 1),
        ("2023", PeriodKind.YEAR, 2023, 1),
    ],
)
def test_people_name_periods_as_they_write(
    text: str, kind: PeriodKind, year: int, number: int
) -> None:
    assert read_period(text, TODAY, MID) == ReportPeriod(kind, year, number)


@pytest.mark.parametrize("text", ["tháng 13", "quý V", "hôm qua", "4/24/2024", "tháng"])
def test_what_names_no_period_is_not_guessed(text: str) -> None:
    assert read_period(text, TODAY, MID) is None


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("window", Window)
def test_every_day_is_in_one_period_of_a_kind_and_the_one_before_is_closed(
    kind: PeriodKind, window: Window
) -> None:
    for ahead in range(0, 800, 7):
        today = dt.date(2023, 1, 1) + dt.timedelta(days=ahead)
        period = period_of(today, kind, window)
        first, last = period.bounds(window)

        assert today <= last
        assert first <= today or kind is PeriodKind.NINE
        assert last_closed(today, kind, window).bounds(window)[1] < today
