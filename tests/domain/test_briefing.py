"""The weekly briefing as values."""

import json
from typing import Any

from bot.domain.briefing import (
    Briefing,
    Facts,
    briefing_from_json,
    briefing_to_json,
    last_week,
    make_briefing,
    monday_of,
)
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.domain.workdays import Calendar
from tests.builders import day, make_part, vn

MONDAY = "2024-04-22"


def owed(number: int, due: str | None, **other: Any) -> Part:
    return make_part(id=number, due=day(due) if due else None, **other)


def done(number: int, due: str, submitted: str) -> Part:
    return owed(number, due, progress=Progress.DONE, submitted_at=vn(f"{submitted} 16:00"))


def briefing(*open_parts: Part, reported: tuple[Part, ...] = (), **other: Any) -> Briefing:
    facts = Facts(open_parts, reported, other.pop("returned", ()), other.pop("difficulties", ()))
    return make_briefing(facts, day(other.pop("today", MONDAY)), Calendar())


def ids(lines: Any) -> list[int]:
    return [line.part_id for line in lines]


def test_the_week_before_is_told_by_when_it_was_reported() -> None:
    made = briefing(
        reported=(
            done(1, "2024-04-19", "2024-04-17"),
            done(2, "2024-04-19", "2024-04-19"),
            done(3, "2024-04-16", "2024-04-18"),
        )
    )

    assert (ids(made.early), ids(made.on_time), ids(made.late)) == ([1], [2], [3])
    assert made.late[0].days_late == 2


def test_newly_overdue_is_what_became_late_in_the_week_before() -> None:
    made = briefing(
        owed(1, "2024-04-13"),  # late from Sunday 14/4
        owed(2, "2024-04-14"),  # late from Monday 15/4
        owed(3, "2024-04-20"),  # late from Sunday 21/4
        owed(4, "2024-04-21"),  # late from this Monday
    )

    assert ids(made.newly_overdue) == [2, 3]
    assert ids(made.overdue) == [1, 2, 3, 4]


def test_this_week_begins_today_and_the_next_follows() -> None:
    made = briefing(
        owed(1, "2024-04-23"), owed(2, "2024-04-28"), owed(3, "2024-04-29"), owed(4, "2024-05-06")
    )

    assert (ids(made.this_week), ids(made.next_week)) == ([1, 2], [3])


def test_cooperation_and_what_was_past_at_activation_are_not_in_it() -> None:
    made = briefing(
        owed(1, "2024-04-10", duty=Duty.COOPERATE), owed(2, "2024-04-10", unsettled=True)
    )

    assert made.empty()


def test_what_awaits_confirmation_is_apart_from_what_is_late() -> None:
    made = briefing(
        owed(
            1,
            "2024-04-10",
            progress=Progress.AWAITING_CONFIRMATION,
            submitted_at=vn("2024-04-10 08:00"),
        )
    )

    assert (ids(made.awaiting), ids(made.overdue)) == ([1], [])


def test_items_without_a_date_or_an_owner_are_named() -> None:
    made = briefing(
        owed(1, None, kind=DeadlineKind.UNSPECIFIED),
        owed(2, None, kind=DeadlineKind.ONGOING),
        owed(3, "2024-04-26", unit_id=None, unit=""),
    )

    assert (ids(made.undated), ids(made.unassigned)) == ([1], [3])


def test_a_units_own_briefing_says_nothing_of_others() -> None:
    made = briefing(owed(1, "2024-04-10", unit_id=1), owed(2, "2024-04-10", unit_id=2))

    assert ids(made.own({2}).overdue) == [2]


def test_what_the_office_leaves_out_is_left_out_of_every_group() -> None:
    made = briefing(owed(1, "2024-04-16"), owed(2, "2024-04-26")).without({1})

    assert ids(made.overdue) == ids(made.newly_overdue) == []
    assert ids(made.this_week) == [2]


def test_a_briefing_comes_back_from_json_as_it_was() -> None:
    made = briefing(
        owed(1, "2024-04-16"),
        owed(2, None, kind=DeadlineKind.UNSPECIFIED),
        returned=((owed(3, "2024-04-26"), "Thiếu phụ lục"),),
    )

    assert briefing_from_json(json.loads(json.dumps(briefing_to_json(made)))) == made


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert monday_of(day("2024-04-28")) == day(MONDAY)
    assert last_week(day("2024-04-28")) == (day("2024-04-15"), day("2024-04-21"))
