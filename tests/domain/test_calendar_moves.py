"""Which reminders a changed day moves: every kind, and nothing that lies in the past."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.calendar_moves import Move, MoveKind, moves, parts_moved
from bot.domain.reminder import RulesFor, office_rules
from bot.domain.rules import Rules
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.domain.workdays import Override
from tests.builders import CALENDAR, day, make_part


def moved(
    parts: Sequence[Part],
    today: str,
    *days: tuple[str, bool],
    rules_for: RulesFor = office_rules,
) -> list[Move]:
    overrides = {day(on): Override(working) for on, working in days}
    new = replace(CALENDAR, overrides={**CALENDAR.overrides, **overrides})
    return list(moves(parts, CALENDAR, new, rules_for, day(today), list(overrides)))


def said(found: Sequence[Move]) -> list[tuple[str, str, str, str]]:
    return [
        (move.kind, move.step, move.before.isoformat(), move.after.isoformat()) for move in found
    ]


def whole_year(part_id: int = 1, **other: Any) -> Part:
    return make_part(id=part_id, start=day("2024-01-01"), due="2024-12-31", **other)


def ongoing(part_id: int = 1, **other: Any) -> Part:
    values = {"kind": DeadlineKind.ONGOING, "due": None, **other}
    return make_part(id=part_id, **values)


def awaited(part_id: int = 1, **other: Any) -> Part:
    progress = Progress.WAITING_EVENT
    return make_part(id=part_id, kind=DeadlineKind.RELATIVE, due=None, progress=progress, **other)


def test_rungs_and_who_hears_of_a_risk_move_together() -> None:
    found = moved([make_part(due="2024-04-26")], "2024-04-10", ("2024-04-26", False))

    assert said(found) == [
        ("ladder", "0", "2024-04-26", "2024-04-25"),
        ("escalation", "risk", "2024-04-24", "2024-04-23"),
    ]
    assert [move.count for move in found] == [5, 1]


def test_a_checkpoint_moves_for_all_work_of_the_year_at_once() -> None:
    parts = [whole_year(1), whole_year(2), whole_year(3, duty=Duty.COOPERATE)]

    found = moved(parts, "2024-06-10", ("2024-06-28", False))

    assert said(found) == [("checkpoint", "check:2024-06-30", "2024-06-28", "2024-06-27")]
    assert [part.id for part in found[0].parts] == [1, 2]
    assert parts_moved(found) == 2


@pytest.mark.parametrize(
    ("off", "step", "before", "after"),
    [
        ("2024-09-30", "check:2024-09-30", "2024-09-30", "2024-09-27"),
        ("2024-12-10", "year:2024-12-14", "2024-12-06", "2024-12-05"),
    ],
)
def test_september_and_the_warning_before_the_scored_year_ends_move_too(
    off: str, step: str, before: str, after: str
) -> None:
    found = moved([whole_year()], "2024-06-10", (off, False))

    assert ("checkpoint", step, before, after) in said(found)


def test_a_quarters_question_and_the_list_of_what_has_no_answer_move() -> None:
    found = moved(
        [ongoing(1), ongoing(2)], "2024-06-10", ("2024-06-28", False), ("2024-07-02", False)
    )

    assert said(found) == [
        ("check_in", "2024-06-30", "2024-06-28", "2024-06-27"),
        ("unanswered", "2024-06-30", "2024-07-03", "2024-07-04"),
    ]
    assert [len(move.parts) for move in found] == [2, 2]


def test_a_months_question_about_events_moves() -> None:
    found = moved([awaited()], "2024-06-10", ("2024-07-01", False))

    assert said(found) == [("event", "2024-07-01", "2024-07-01", "2024-07-02")]


def test_a_worked_saturday_brings_a_question_forward() -> None:
    found = moved(
        [awaited(), ongoing(2)], "2024-06-10", ("2024-06-29", True), ("2024-06-01", True)
    )

    assert said(found) == [("check_in", "2024-06-30", "2024-06-28", "2024-06-29")]


@pytest.mark.parametrize(
    ("today", "rules", "first", "count"),
    [
        ("2024-05-13", {}, ("up:leader", "2024-05-15", "2024-05-16"), 3),
        ("2024-05-17", {}, ("up:director", "2024-05-17", "2024-05-20"), 2),
        ("2024-05-13", {"leader_after": 0}, ("up:director", "2024-05-17", "2024-05-20"), 2),
        ("2024-05-13", {"director_after": 0}, ("up:leader", "2024-05-15", "2024-05-16"), 2),
    ],
)
def test_the_days_on_which_lateness_climbs_move(
    today: str, rules: dict[str, Any], first: tuple[str, str, str], count: int
) -> None:
    late = make_part(due="2024-05-10")

    (found,) = moved([late], today, ("2024-05-14", False), rules_for=lambda _: Rules(**rules))

    assert (found.kind, found.count) == (MoveKind.ESCALATION, count)
    assert said([found])[0][1:] == first


@pytest.mark.parametrize("today", ["2024-06-10", "2024-06-07"])
def test_the_weekly_repeat_of_what_is_long_overdue_moves(today: str) -> None:
    late = make_part(due="2024-05-10")

    found = moved([late], today, ("2024-06-13", False))

    assert said(found) == [("escalation", "up:again:4", "2024-06-14", "2024-06-17")]


@pytest.mark.parametrize(
    "part",
    [
        make_part(progress=Progress.DONE),
        make_part(progress=Progress.AWAITING_CONFIRMATION),
        make_part(activated_on=None),
        make_part(unsettled=True),
        ongoing(progress=Progress.DONE),
        ongoing(duty=Duty.COOPERATE),
        awaited(unsettled=True),
        awaited(activated_on=day("2024-05-02")),
    ],
)
def test_what_nobody_is_reminded_of_does_not_move(part: Part) -> None:
    assert moved([part], "2024-04-10", ("2024-04-26", False), ("2024-05-02", True)) == []


def test_what_lies_in_the_past_under_both_calendars_is_left_out() -> None:
    parts = [make_part(due="2024-12-20"), ongoing(2), awaited(3), whole_year(4)]

    assert moved(parts, "2024-08-01", ("2024-04-01", False), ("2024-06-28", False)) == []
