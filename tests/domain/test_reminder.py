"""The ladder of reminders, the hours they go out, and what a morning message lists."""

import datetime as dt

import pytest

from bot.domain.reminder import make_digest, owed_step, sends_now
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty
from tests.builders import CALENDAR, day, make_part, vn

P = Progress


def step(today: str, **part: object) -> str | None:
    found = owed_step(make_part(**part), day(today), CALENDAR)
    return found.name if found else None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-04-10", None),
        ("2024-04-11", "10"),  # Giỗ Tổ, 18/4, is no working day
        ("2024-04-12", "10"),
        ("2024-04-19", "5"),
        ("2024-04-22", "5"),
        ("2024-04-23", "3"),
        ("2024-04-25", "1"),
        ("2024-04-26", "0"),
        ("2024-04-27", "0"),
        ("2024-04-30", "0"),
        ("2024-05-01", "late:2024-05-01"),
        ("2024-05-02", "late:2024-05-02"),
    ],
)
def test_leads_are_reminded_10_5_3_1_and_0_working_days_before_and_daily_once_late(
    today: str, expected: str | None
) -> None:
    # "Tháng 4/2024": hạn ghi Tuesday 30/4, hạn nhắc Friday 26/4.
    assert step(today, due="2024-04-30") == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-04-22", None),
        ("2024-04-23", "3"),
        ("2024-04-25", "3"),
        ("2024-04-26", "0"),
        ("2024-04-30", "0"),
        ("2024-05-02", None),
    ],
)
def test_cooperating_units_are_reminded_3_and_0_working_days_before_only(
    today: str, expected: str | None
) -> None:
    assert step(today, due="2024-04-30", duty=Duty.COOPERATE) == expected


def test_a_unit_with_an_internal_date_climbs_the_whole_ladder() -> None:
    assert step("2024-04-19", due="2024-04-26", duty=Duty.INTERNAL) == "5"


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        ("2024-02-29", "2024-02-22", "5"),
        ("2024-02-15", "2024-02-07", "1"),  # the day before Tết
        ("2024-12-31", "2024-12-31", "0"),
        ("2025-01-02", "2024-12-31", "1"),
        ("2024-05-06", "2024-05-04", "1"),  # Saturday 4/5 was worked
    ],
)
def test_the_ladder_counts_working_days_over_tet_leap_days_and_the_turn_of_the_year(
    due: str, today: str, expected: str
) -> None:
    assert step(today, due=due, activated_on=day("2023-12-01")) == expected


def test_rungs_before_the_plan_was_activated_never_count() -> None:
    part = {"due": "2024-04-26", "activated_on": day("2024-04-24")}

    assert step("2024-04-24", **part) is None, "the third day before was 23/4"
    assert step("2024-04-25", **part) == "1"


def test_a_rung_on_the_day_of_activation_counts() -> None:
    assert step("2024-04-23", due="2024-04-26", activated_on=day("2024-04-23")) == "3"


def test_a_plan_activated_between_the_last_working_day_and_the_due_day_still_reminds() -> None:
    # hạn ghi Tuesday 30/4 (a holiday), activated on Saturday 27/4.
    assert step("2024-04-29", due="2024-04-30", activated_on=day("2024-04-27")) == "0"


def test_several_missed_rungs_become_the_latest_one() -> None:
    assert step("2024-04-25", due="2024-04-26", activated_on=day("2024-04-01")) == "1"


@pytest.mark.parametrize(
    "part",
    [
        {"progress": P.AWAITING_CONFIRMATION, "submitted_at": vn("2024-04-19 08:00")},
        {"progress": P.DONE, "submitted_at": vn("2024-04-19 08:00")},
        {"progress": P.DROPPED},
        {"progress": P.WAITING_EVENT, "due": None},
        {"due": None, "kind": DeadlineKind.ONGOING},
        {"unsettled": True},
        {"activated_on": None},
        {"duty": Duty.COOPERATE, "leads_open": False},
    ],
)
def test_nothing_is_owed_for_what_is_reported_closed_waiting_past_or_not_active(
    part: dict[str, object],
) -> None:
    assert step("2024-04-26", **{"due": "2024-04-26", **part}) is None


@pytest.mark.parametrize("progress", [P.IN_PROGRESS, P.RETURNED, P.EXTENSION_PENDING])
def test_work_that_has_begun_or_was_returned_is_still_reminded_of(progress: Progress) -> None:
    assert step("2024-04-26", due="2024-04-26", progress=progress) == "0"


@pytest.mark.parametrize(
    ("local", "sends"),
    [
        ("2024-04-26 07:29", False),
        ("2024-04-26 07:30", True),
        ("2024-04-26 16:59", True),
        ("2024-04-26 17:00", False),
        ("2024-04-29 09:00", False),  # Monday, swapped off
        ("2024-05-04 09:00", True),  # Saturday, worked instead
        ("2024-04-27 09:00", False),  # an ordinary Saturday
        ("2024-02-08 09:00", False),  # Tết
        ("2024-04-26 00:30", False),
    ],
)
def test_reminders_go_out_from_half_past_seven_to_five_on_working_days(
    local: str, sends: bool
) -> None:
    assert sends_now(dt.datetime.fromisoformat(local), CALENDAR) is sends


def test_a_digest_lists_what_presses_and_counts_every_open_item() -> None:
    late = make_part(id=1, item_id=1, due="2024-04-12")
    due = make_part(id=2, item_id=2, due="2024-04-19")
    soon = make_part(id=3, item_id=3, due="2024-04-26")
    own_date = make_part(id=7, item_id=3, due="2024-12-01")
    far = make_part(id=4, item_id=4, due="2024-12-31")
    undated = make_part(id=5, item_id=5, due=None, kind=DeadlineKind.ONGOING)
    reported = make_part(
        id=6, item_id=6, progress=P.AWAITING_CONFIRMATION, submitted_at=vn("2024-04-18 09:00")
    )

    digest = make_digest(
        [far, own_date, undated, reported, soon, due, late], ["Phòng"], day("2024-04-19"), CALENDAR
    )

    assert [line.part.id for line in digest.lines] == [1, 2, 3]
    assert [line.part.id for line in digest.of(DeadlineState.OVERDUE)] == [1]
    assert digest.open_count == 5, "items, not their parts"


def test_a_digest_names_a_cooperating_part_only_from_its_own_rungs_on() -> None:
    part = make_part(due="2024-04-26", duty=Duty.COOPERATE)

    early = make_digest([part], ["Phòng"], day("2024-04-19"), CALENDAR)
    near = make_digest([part], ["Phòng"], day("2024-04-23"), CALENDAR)

    assert early.lines == ()
    assert [line.part.id for line in near.lines] == [1]
