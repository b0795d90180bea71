"""Parts: whether they are owed, what a list shows of them, and which one a bare command means."""

import pytest

from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty, by_urgency, current, earliest_owed, speaker, worst
from tests.builders import CALENDAR, day, make_part, vn

P = Progress


@pytest.mark.parametrize(
    "progress", [P.NOT_STARTED, P.IN_PROGRESS, P.RETURNED, P.EXTENSION_PENDING]
)
def test_every_open_state_stays_in_the_overdue_list(progress: Progress) -> None:
    part = make_part(due="2024-04-26", progress=progress)

    assert part.overdue(day("2024-04-27"), CALENDAR)
    assert not part.overdue(day("2024-04-26"), CALENDAR)


@pytest.mark.parametrize("progress", [P.AWAITING_CONFIRMATION, P.DONE, P.DROPPED, P.WAITING_EVENT])
def test_what_was_reported_closed_or_waits_for_its_event_is_not_overdue(
    progress: Progress,
) -> None:
    part = make_part(due="2024-04-26", progress=progress, submitted_at=vn("2024-04-26 16:00"))

    assert not part.overdue(day("2024-06-01"), CALENDAR)


def test_a_cooperating_unit_is_never_the_one_that_is_late() -> None:
    part = make_part(due="2024-04-26", duty=Duty.COOPERATE)

    assert not part.overdue(day("2024-05-15"), CALENDAR)


def test_what_was_past_at_activation_is_not_overdue_until_somebody_says_so() -> None:
    past = make_part(due="2024-04-26", unsettled=True)
    settled = make_part(due="2024-04-26", unsettled=False)

    assert not past.overdue(day("2024-05-15"), CALENDAR)
    assert settled.overdue(day("2024-05-15"), CALENDAR)


def test_a_report_made_at_half_past_midnight_counts_for_the_new_day() -> None:
    late = make_part(due="2024-04-26", progress=P.DONE, submitted_at=vn("2024-04-27 00:30"))
    in_time = make_part(due="2024-04-26", progress=P.DONE, submitted_at=vn("2024-04-26 23:59"))

    assert late.standing(day("2024-05-10"), CALENDAR).state is DeadlineState.LATE
    assert in_time.standing(day("2024-05-10"), CALENDAR).state is DeadlineState.ON_TIME


def test_a_slow_confirmation_never_makes_a_unit_late() -> None:
    part = make_part(
        due="2024-04-26", progress=P.AWAITING_CONFIRMATION, submitted_at=vn("2024-04-25 10:00")
    )

    assert part.standing(day("2024-06-30"), CALENDAR).state is DeadlineState.EARLY


def test_a_returned_report_is_as_if_it_had_not_been_made() -> None:
    part = make_part(due="2024-04-26", progress=P.RETURNED, submitted_at=vn("2024-04-20 10:00"))

    assert part.standing(day("2024-04-29"), CALENDAR).state is DeadlineState.OVERDUE


def test_cooperation_ends_when_the_leads_are_done() -> None:
    open_ = make_part(duty=Duty.COOPERATE, leads_open=True)
    over = make_part(duty=Duty.COOPERATE, leads_open=False)

    assert open_.pending
    assert over.owed
    assert not over.pending


def test_the_earliest_date_comes_first_and_what_has_no_date_last() -> None:
    undated = make_part(id=1, due=None)
    later = make_part(id=2, due="2024-05-31")
    sooner = make_part(id=3, due="2024-02-29")

    assert [part.id for part in by_urgency([undated, later, sooner])] == [3, 2, 1]


def quarterly(**other: object) -> list:
    dates = ("2024-03-14", "2024-06-14", "2024-09-14", "2024-12-14")
    return [
        make_part(id=n, occurrence_id=n, due=due, kind=DeadlineKind.RECURRING, **other)
        for n, due in enumerate(dates, start=1)
    ]


def test_of_a_recurring_duty_only_the_next_date_to_come_is_listed() -> None:
    shown = current(quarterly(), day("2024-03-20"), CALENDAR)

    assert [part.id for part in shown] == [1, 2], "the overdue one, and the next"


def test_a_date_that_is_coming_up_does_not_hide_the_one_after_it() -> None:
    shown = current(quarterly(), day("2024-06-07"), CALENDAR)

    assert [part.id for part in shown] == [1, 2, 3]


def test_two_units_with_the_same_recurring_duty_each_see_their_next_date() -> None:
    both = [*quarterly(unit_id=2), *quarterly(unit_id=3)]

    shown = current(both, day("2024-01-10"), CALENDAR)

    assert [(part.unit_id, part.due) for part in shown] == [
        (2, day("2024-03-14")),
        (3, day("2024-03-14")),
    ]


def test_lists_leave_out_what_was_past_and_cooperation_with_what_is_done() -> None:
    past = make_part(id=1, unsettled=True)
    over = make_part(id=2, duty=Duty.COOPERATE, leads_open=False)
    waiting = make_part(
        id=3, progress=P.AWAITING_CONFIRMATION, submitted_at=vn("2024-04-19 08:00")
    )

    assert [part.id for part in current([past, over, waiting], day("2024-04-19"), CALENDAR)] == [3]


def test_a_bare_command_means_the_earliest_open_part_of_the_own_units() -> None:
    undated = make_part(id=1, due=None)
    second = make_part(id=2, due="2024-06-14")
    first = make_part(id=3, due="2024-03-14")
    others = make_part(id=4, due="2024-01-14", unit_id=9)
    reported = make_part(id=5, due="2024-01-14", progress=P.AWAITING_CONFIRMATION)

    found = earliest_owed([undated, second, first, others, reported], [2])

    assert [part.id for part in found] == [3, 2, 1]


def test_a_past_date_nobody_looked_at_comes_after_what_is_current() -> None:
    past = make_part(id=1, due="2024-03-14", unsettled=True)
    now = make_part(id=2, due="2024-06-14")

    assert [part.id for part in earliest_owed([past, now], [2])] == [2, 1]


def test_an_item_speaks_through_its_most_pressing_open_part() -> None:
    done = make_part(id=1, due="2024-01-31", progress=P.DONE)
    later = make_part(id=2, due="2024-12-31")
    sooner = make_part(id=3, due="2024-06-30")
    today = day("2024-02-01")

    assert worst([done, later, sooner], today, CALENDAR) == sooner
    assert worst([done], today, CALENDAR) is None


def test_what_waits_for_the_office_speaks_after_what_is_owed() -> None:
    today = day("2024-02-20")
    awaiting = make_part(
        id=1, due="2024-01-31", progress=P.AWAITING_CONFIRMATION, submitted_at=vn("2024-01-30")
    )
    overdue = make_part(id=2, due="2024-02-10")
    coming = make_part(id=3, due="2024-12-31")

    assert worst([awaiting, coming, overdue], today, CALENDAR) == overdue
    assert worst([awaiting, coming], today, CALENDAR) == coming
    assert worst([awaiting], today, CALENDAR) == awaiting


def test_an_item_is_closed_with_its_leads_whoever_else_has_not_reported() -> None:
    today = day("2024-02-20")
    lead = make_part(id=1, due="2024-01-31", progress=P.DONE)
    helper = make_part(id=2, due="2024-01-31", duty=Duty.COOPERATE, leads_open=False)

    assert worst([lead, helper], today, CALENDAR) is None
    assert speaker([lead, helper], today, CALENDAR) == lead
