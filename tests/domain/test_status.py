"""Where a part stands against its date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.status import DeadlineState, DueDay, standing
from bot.domain.workdays import SOON_DAYS, Calendar, WeekendRule
from tests.builders import CALENDAR, day

S = DeadlineState

# (hạn ghi, of the "trước" class, hạn nhắc): the dates of the check table.
CHECK_TABLE = [
    ("2024-04-29", True, "2024-04-26"),
    ("2024-01-21", True, "2024-01-19"),
    ("2024-03-31", True, "2024-03-29"),
    ("2024-12-14", True, "2024-12-13"),
    ("2024-12-15", False, "2024-12-13"),
    ("2024-06-30", False, "2024-06-28"),
    ("2024-04-30", False, "2024-04-26"),
    ("2024-02-29", False, "2024-02-29"),
    ("2024-09-14", False, "2024-09-13"),
    ("2024-03-17", False, "2024-03-15"),
    ("2024-03-02", False, "2024-03-01"),
]
ONE = dt.timedelta(days=1)


@pytest.mark.parametrize(("due", "before", "remind_by"), CHECK_TABLE)
def test_an_open_part_walks_from_on_track_to_overdue_along_its_three_dates(
    due: str, before: bool, remind_by: str
) -> None:
    owed = DueDay(day(due), before)
    soon_from = CALENDAR.minus_working_days(day(remind_by), 10)

    def state(today: dt.date) -> DeadlineState:
        return standing(owed, today, CALENDAR).state

    assert owed.remind_by(CALENDAR) == day(remind_by)
    assert state(soon_from - ONE) is S.ON_TRACK
    assert state(soon_from) is S.DUE_SOON
    assert state(day(remind_by) - ONE) is S.DUE_SOON
    assert state(day(remind_by)) is S.DUE
    assert state(day(due)) is S.DUE, "nobody is late before hạn tính has passed"
    assert state(day(due) + ONE) is S.OVERDUE


@pytest.mark.parametrize(
    ("due", "before", "last_day"),
    [
        ("2024-12-15", False, "2024-12-16"),  # Sunday: to Monday's end
        ("2024-06-30", False, "2024-07-01"),
        ("2024-04-30", False, "2024-05-02"),  # over the holidays, to Thursday
        ("2024-12-14", True, "2024-12-14"),  # "trước" never moves
        ("2024-04-29", True, "2024-04-29"),
        ("2024-04-26", False, "2024-04-26"),  # a working day stays
    ],
)
def test_a_day_off_moves_forward_only_where_the_plan_says_so_and_never_for_before(
    due: str, before: bool, last_day: str
) -> None:
    forward = DueDay(day(due), before, WeekendRule.FORWARD)

    assert forward.late_after(CALENDAR) == day(last_day)
    assert standing(forward, day(last_day), CALENDAR).state is S.DUE
    assert standing(forward, day(last_day) + ONE, CALENDAR).days_late == 1
    assert DueDay(day(due), before).late_after(CALENDAR) == day(due)


def test_days_late_are_counted_from_the_day_lateness_begins_not_from_the_written_day() -> None:
    forward = DueDay(day("2024-06-30"), weekend=WeekendRule.FORWARD)

    late = standing(forward, day("2024-07-05"), CALENDAR)

    assert (late.state, late.days_late) == (S.OVERDUE, 4)


@pytest.mark.parametrize(
    ("due", "weekend", "finished", "state", "days_late"),
    [
        ("2024-04-26", WeekendRule.NONE, "2024-04-25", S.EARLY, 0),
        ("2024-04-26", WeekendRule.NONE, "2024-04-26", S.ON_TIME, 0),
        ("2024-04-26", WeekendRule.NONE, "2024-04-27", S.LATE, 1),
        ("2024-02-29", WeekendRule.NONE, "2024-03-01", S.LATE, 1),
        ("2024-12-31", WeekendRule.NONE, "2025-01-02", S.LATE, 2),
        ("2024-12-15", WeekendRule.FORWARD, "2024-12-14", S.EARLY, 0),
        ("2024-12-15", WeekendRule.FORWARD, "2024-12-16", S.ON_TIME, 0),
        ("2024-12-15", WeekendRule.FORWARD, "2024-12-17", S.LATE, 1),
    ],
)
def test_a_finished_part_is_judged_by_the_day_it_was_submitted(
    due: str, weekend: WeekendRule, finished: str, state: DeadlineState, days_late: int
) -> None:
    years_later = day("2026-01-01")

    judged = standing(
        DueDay(day(due), weekend=weekend), years_later, CALENDAR, finished_on=day(finished)
    )

    assert (judged.state, judged.days_late) == (state, days_late)


def test_without_a_date_there_is_nothing_to_be_late_for() -> None:
    assert standing(None, day("2030-01-01"), CALENDAR).state is S.NO_DEADLINE


@pytest.mark.parametrize(
    ("due", "today", "left"),
    [
        ("2024-04-26", "2024-04-25", 1),
        ("2024-04-26", "2024-04-12", 9),  # Giỗ Tổ, Thursday 18/4, is no working day
        ("2024-05-06", "2024-05-03", 2),  # Saturday 4/5 was worked instead of Monday 29/4
        ("2024-02-15", "2024-02-07", 1),  # Tết between
        ("2025-01-03", "2024-12-31", 2),
    ],
)
def test_what_is_left_is_counted_in_working_days(due: str, today: str, left: int) -> None:
    assert standing(DueDay(day(due)), day(today), CALENDAR).working_days_left == left


@given(
    due=st.dates(dt.date(2023, 1, 1), dt.date(2028, 12, 31)),
    ahead=st.integers(-40, 40),
    before=st.booleans(),
    weekend=st.sampled_from(WeekendRule),
)
def test_states_follow_one_another_in_their_order_and_never_go_back(
    due: dt.date, ahead: int, before: bool, weekend: WeekendRule
) -> None:
    order = [S.ON_TRACK, S.DUE_SOON, S.DUE, S.OVERDUE]
    owed, today = DueDay(due, before, weekend), due + ahead * ONE

    one, next_ = (standing(owed, today + step * ONE, CALENDAR) for step in (0, 1))

    assert order.index(one.state) <= order.index(next_.state)
    assert (one.days_late > 0) == (one.state is S.OVERDUE)
    if one.state is S.DUE_SOON:
        assert 0 < (one.working_days_left or 0) <= SOON_DAYS


def test_an_office_that_never_works_is_told_so_instead_of_searching_for_ever() -> None:
    start = dt.date(2023, 1, 1)
    closed = Calendar({start + step * ONE: False for step in range(1200)})

    with pytest.raises(ValueError, match="no working day"):
        standing(DueDay(day("2024-06-30")), day("2024-06-01"), closed)
