"""The demo's own plan is read without a question on whatever day the demo is played."""

import datetime as dt

import pytest

from bot.demo import sample
from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    Unspecified,
)
from bot.domain.plan import PlanItem, PlanReading
from bot.domain.reading.reader import read_plan
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.domain.workdays import Calendar
from bot.intake.calendar import vietnam_calendar
from bot.intake.document import read_document

YEAR = 2026
CALENDAR = vietnam_calendar(range(YEAR - 1, YEAR + 2))
UNITS, _ = read_units_csv(sample.units_csv())
KINDS = {DateDeadline, Recurring, Relative, Ongoing, Unspecified}


def working_days(calendar: Calendar) -> list[dt.date]:
    days = (dt.date(YEAR, 1, 1) + dt.timedelta(days=number) for number in range(365))
    return [day for day in days if calendar.is_working(day)]


def days_to_try() -> list[dt.date]:
    """Return every fifth working day, and all from which a date could leave the year."""
    days = working_days(CALENDAR)
    return [*days[:8], *days[8:-10:5], *days[-10:]]


def reading_on(day: dt.date) -> PlanReading:
    text = sample.plan_text(day, CALENDAR)
    return read_plan(read_document(text.encode(), sample.PLAN_NAME), UnitRegistry(UNITS))


def item(reading: PlanReading, code: str) -> PlanItem:
    return next(one for one in reading.items if one.code == code)


def due(item: PlanItem) -> list[dt.date]:
    return [one.due for one in item.deadlines if isinstance(one, DateDeadline)]


@pytest.mark.parametrize("day", days_to_try(), ids=dt.date.isoformat)
def test_every_cell_is_read_without_a_question_on_any_day(day: dt.date) -> None:
    reading = reading_on(day)

    assert reading.title == f"NHIỆM VỤ CÔNG TÁC TƯ PHÁP NĂM {YEAR}"
    assert len(reading.items) == 25
    assert [*reading.problems, *(p for one in reading.items for p in one.problems)] == []
    deadlines: list[Deadline] = [d for one in reading.items for d in one.deadlines]
    assert {type(deadline) for deadline in deadlines} == KINDS
    assert all(one.deadlines and one.lead for one in reading.items)
    # What the morning needs: something due that day, for the group that the demo opens on.
    assert due(item(reading, "III.1")) == [day]
    assert due(item(reading, "II.1"))[0] <= day


@pytest.fixture(scope="module")
def friday() -> PlanReading:
    return reading_on(dt.date(YEAR, 4, 24))


def test_days_are_counted_as_working_days_and_before_means_the_day_before(
    friday: PlanReading,
) -> None:
    # 27/4 is off for Giỗ Tổ on Sunday 26/4; 30/4 and 1/5 are holidays.
    internal = [
        ([unit.name for unit in one.units], one.deadline.due)
        for one in item(friday, "I.2").unit_deadlines
        if isinstance(one.deadline, DateDeadline)
    ]

    assert due(item(friday, "I.1")) == [dt.date(YEAR, 4, 21)]
    assert due(item(friday, "II.2")) == [dt.date(YEAR, 4, 28)]
    assert due(item(friday, "I.2")) == [dt.date(YEAR, 5, 4)]
    assert internal == [
        (["Các phòng chuyên môn"], dt.date(YEAR, 4, 28)),
        (["Văn phòng Sở"], dt.date(YEAR, 5, 4)),
    ]


def test_every_kind_of_deadline_means_what_it_says(friday: PlanReading) -> None:
    (quarter,) = item(friday, "II.3").deadlines
    (monthly,) = item(friday, "I.3").deadlines
    (quarterly,) = item(friday, "I.5").deadlines
    (relative,) = item(friday, "II.4").deadlines
    (unspecified,) = item(friday, "I.7").deadlines
    several = item(friday, "IV.5").deadlines

    assert isinstance(quarter, DateDeadline)
    assert (quarter.start, quarter.due) == (dt.date(YEAR, 4, 1), dt.date(YEAR, 6, 30))
    assert isinstance(monthly, Recurring)
    assert monthly.dates == tuple(dt.date(YEAR, month, 20) for month in range(1, 13))
    assert isinstance(quarterly, Recurring)
    assert quarterly.dates == tuple(dt.date(YEAR, month, 14) for month in (3, 6, 9, 12))
    assert isinstance(relative, Relative)
    assert (relative.count, relative.event) == (10, "nhận kết luận kiểm tra")
    assert isinstance(unspecified, Unspecified)
    assert unspecified.ref == "thông báo của Sở Nội vụ"
    assert [(one.label, one.due) for one in several if isinstance(one, DateDeadline)] == [
        ("kế hoạch", dt.date(YEAR, 9, 14)),
        ("báo cáo", dt.date(YEAR, 11, 19)),
    ]


def test_the_five_units_all_lead_something_and_are_named_as_registered(
    friday: PlanReading,
) -> None:
    leads = {unit.name for one in friday.items for unit in one.lead}

    assert leads == {unit.name for unit in UNITS}
    assert len(leads) == 5


def test_no_date_leaves_the_year_of_the_plan() -> None:
    # Friday 2 January is swapped off.
    first, last = reading_on(dt.date(YEAR, 1, 5)), reading_on(dt.date(YEAR, 12, 31))

    assert due(item(first, "II.1")) == [dt.date(YEAR, 1, 5)]
    assert due(item(last, "III.4")) == [dt.date(YEAR, 12, 31)]
