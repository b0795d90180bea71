"""The figures of a period: columns that add up, and the worked example to the digit."""

import datetime as dt
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import count_figures
from bot.domain.rules import DEFAULTS
from bot.domain.scoring import count_bands, points, room_for_late
from bot.domain.tally import PartFact, Tally
from bot.domain.work import Duty
from bot.domain.workdays import Calendar, WeekendRule
from tests.builders import day

FIRST, LAST, JUDGED = day("2024-03-15"), day("2024-04-14"), day("2024-04-15")


def fact(number: int, due: str | None, reported: str | None = None, **other: object) -> PartFact:
    values: dict[str, object] = {
        "part_id": number,
        "occurrence_id": number,
        "unit_id": 1,
        "unit": "A",
        "duty": Duty.LEAD,
        "due": day(due) if due else None,
        "original_due": day(due) if due else None,
        "reported_on": day(reported) if reported else None,
        "accepted": reported is not None,
        **other,
    }
    return PartFact(**values)  # type: ignore[arg-type]


def items(*facts: PartFact) -> Tally:
    return count_figures(facts, FIRST, LAST, JUDGED, Calendar()).items


def test_each_due_day_stands_in_one_column() -> None:
    row = items(
        fact(1, "2024-04-10", "2024-04-08"),
        fact(2, "2024-04-10", "2024-04-10"),
        fact(3, "2024-04-10", "2024-04-12"),
        fact(4, "2024-04-10"),
        fact(5, "2024-04-10", "2024-04-10", accepted=False),
        fact(6, None),
    )

    assert (row.early, row.on_day, row.late) == (1, 1, 1)
    assert (row.on_time, row.done, row.overdue, row.awaiting) == (2, 3, 1, 1)
    assert (row.total, row.undated, row.fallen_due) == (5, 1, 5)


def test_what_was_open_when_the_period_began_is_carried_over_and_what_comes_later_is_not() -> None:
    row = items(
        fact(1, "2024-03-01"),
        fact(2, "2024-03-01", "2024-03-20"),
        fact(3, "2024-03-01", "2024-03-14"),
        fact(4, "2024-04-15"),
        fact(5, "2024-05-20", "2024-04-01"),
    )

    assert (row.total, row.overdue, row.late) == (2, 1, 1)


def test_what_was_reported_in_time_and_accepted_in_the_next_period_is_done_in_that_one() -> None:
    confirmed_late = fact(1, "2024-03-12", "2024-03-11", accepted_on=day("2024-03-20"))
    confirmed_before = fact(2, "2024-03-12", "2024-03-11", accepted_on=day("2024-03-14"))
    still_awaited = fact(3, "2024-03-12", "2024-03-11", accepted=False)

    row = items(confirmed_late, confirmed_before, still_awaited)

    assert (row.total, row.early, row.awaiting, row.overdue) == (2, 1, 1, 0)


def test_what_a_closed_plan_leaves_open_is_missed_where_it_fell_due_and_carried_over_nowhere() -> (
    None
):
    closed = {"closed_on": day("2024-04-10")}

    row = items(
        fact(1, "2024-03-01", **closed),
        fact(2, "2024-04-01", **closed),
        fact(3, "2024-04-12", **closed),
        fact(4, None, **closed),
        fact(5, "2024-04-01", "2024-04-01", **closed),
        fact(6, "2024-03-01", "2024-03-01", accepted=False, **closed),
    )

    assert (row.total, row.overdue, row.on_time, row.awaiting, row.undated) == (3, 1, 1, 1, 0)


def test_what_was_not_accepted_after_the_closing_counts_as_not_done() -> None:
    closed = {"closed_on": day("2024-04-10"), "returned_closed": True}

    row = items(
        fact(1, "2024-03-01", **closed),
        fact(2, "2024-04-12", **closed),
        fact(3, "2024-04-20", **closed),
    )

    assert (row.total, row.overdue, row.fallen_due) == (1, 1, 1)


def test_the_last_day_counts_as_in_time_until_it_is_over() -> None:
    running = count_figures([fact(1, "2024-04-14")], FIRST, LAST, day("2024-04-14"), Calendar())

    assert (running.items.open_in_time, running.items.overdue) == (1, 0)
    assert items(fact(1, "2024-04-14")).overdue == 1


def test_a_due_day_on_a_day_off_moves_only_where_the_plan_says_so() -> None:
    sunday = {"weekend": WeekendRule.FORWARD}

    assert items(fact(1, "2024-04-07", "2024-04-08")).late == 1
    assert items(fact(1, "2024-04-07", "2024-04-08", **sunday)).on_day == 1
    assert items(fact(1, "2024-04-07", "2024-04-08", before=True, **sunday)).late == 1
    granted = {"before": True, "extended": True, "original_due": day("2024-03-20"), **sunday}
    assert items(fact(1, "2024-04-07", "2024-04-08", **granted)).on_day == 1


def test_an_item_is_closed_when_all_its_leads_are_as_of_the_latest_report() -> None:
    both = (
        fact(1, "2024-04-10", "2024-04-08", occurrence_id=9, unit_id=1, unit="A"),
        fact(2, "2024-04-10", "2024-04-12", occurrence_id=9, unit_id=2, unit="B"),
    )
    figures = count_figures(both, FIRST, LAST, JUDGED, Calendar())

    assert (figures.items.total, figures.items.late) == (1, 1)
    assert (figures.parts.total, figures.parts.early, figures.parts.late) == (2, 1, 1)


def test_cooperation_counts_nowhere_and_an_internal_date_only_for_its_unit() -> None:
    figures = count_figures(
        [
            fact(1, "2024-04-10", occurrence_id=9, duty=Duty.COOPERATE, unit_id=3, unit="C"),
            fact(2, "2024-04-10", "2024-04-09", occurrence_id=9),
            fact(3, "2024-04-10", occurrence_id=9, duty=Duty.INTERNAL, unit_id=2, unit="B"),
        ],
        FIRST,
        LAST,
        JUDGED,
        Calendar(),
    )

    assert [row.unit for row in figures.units] == ["A", "B"]
    assert (figures.items.early, figures.items.overdue) == (1, 0)
    assert figures.parts.overdue == 1


def test_a_date_inside_the_office_is_a_part_of_its_unit_and_no_item() -> None:
    inside = [fact(1, "2024-04-10", duty=Duty.INTERNAL), fact(2, "2024-04-12")]
    figures = count_figures(inside, FIRST, LAST, JUDGED, Calendar())

    assert (figures.items.total, figures.parts.total) == (1, 2)


def test_rates_are_known_against_the_first_dates_too() -> None:
    extended = fact(1, "2024-04-10", "2024-04-09", original_due=day("2024-04-01"), extensions=1)
    figures = count_figures([extended], FIRST, LAST, JUDGED, Calendar())

    assert (figures.items.on_time, figures.items.extensions) == (1, 1)
    assert (figures.original.on_time, figures.original.late) == (0, 1)


def test_the_worked_example_comes_out_to_the_digit() -> None:
    """Of 291 assigned in the year to 14/12/2023, 159 early, 285 on time, 6 late: 2 of 3 points."""
    first, last = day("2022-12-15"), day("2023-12-14")
    facts = [
        fact(
            number,
            "2023-06-15",
            "2023-06-10" if number < 159 else "2023-06-15" if number < 285 else "2023-06-20",
        )
        for number in range(291)
    ]

    row = count_figures(facts, first, last, day("2023-12-15"), Calendar()).items

    assert (row.total, row.early, row.on_time, row.late) == (291, 159, 285, 6)
    assert points(row.on_time, row.total, DEFAULTS.bands) == 2.0
    assert room_for_late(row.on_time, row.total, DEFAULTS.bands) == 5


def test_points_change_at_the_edge_of_a_band_and_not_before() -> None:
    bands = ((0.0, 0.0), (96.0, 2.0), (98.0, 2.5))

    assert points(96, 100, bands) == 2.0
    assert points(9599, 10000, bands) == 0.0
    assert points(98, 100, bands) == 2.5
    assert points(0, 0, bands) is None
    assert room_for_late(96, 100, bands) == 0
    assert room_for_late(50, 100, bands) is None


def test_days_late_fall_into_bands() -> None:
    assert count_bands([1, 7, 8, 120, 121, 400], (7, 30, 120)) == [
        (1, 7, 2),
        (8, 30, 1),
        (31, 120, 1),
        (121, None, 2),
    ]


DAYS = st.dates(day("2024-02-01"), day("2024-05-31"))


@st.composite
def part_facts(draw: st.DrawFn) -> PartFact:
    due = draw(st.none() | DAYS)
    reported = draw(st.none() | DAYS)
    unit = draw(st.integers(1, 4))
    return PartFact(
        part_id=draw(st.integers(1, 10_000)),
        occurrence_id=draw(st.integers(1, 12)),
        unit_id=unit,
        unit=f"Phòng {unit}",
        duty=draw(st.sampled_from(Duty)),
        due=due,
        original_due=draw(st.sampled_from([due, due and due - dt.timedelta(days=20)])),
        before=draw(st.booleans()),
        weekend=draw(st.sampled_from(WeekendRule)),
        reported_on=reported,
        accepted=reported is not None and draw(st.booleans()),
        accepted_on=reported and reported + dt.timedelta(days=draw(st.integers(0, 40))),
        closed_on=draw(st.none() | DAYS),
        extensions=draw(st.integers(0, 2)),
        returns=draw(st.integers(0, 2)),
    )


@given(st.lists(part_facts(), max_size=40))
def test_units_parts_and_totals_always_agree(facts: list[PartFact]) -> None:
    figures = count_figures(facts, FIRST, LAST, JUDGED, Calendar())

    for column in fields(Tally):
        name = column.name
        assert sum(getattr(row.tally, name) for row in figures.units) == getattr(
            figures.parts, name
        ), name
    for row in (*(unit.tally for unit in figures.units), figures.parts, figures.items):
        assert row.early <= row.on_time <= row.done <= row.total
        assert row.total == row.done + row.open
        assert row.awaiting <= row.open_in_time
        assert row.done + row.overdue <= row.fallen_due <= row.total
    assert figures.items.total <= figures.parts.total
    assert len(figures.overdue_days) == figures.items.overdue
    assert all(late >= 1 for late in figures.overdue_days)


MONTHS = [
    (day("2024-01-15"), day("2024-02-14")),
    (day("2024-02-15"), day("2024-03-14")),
    (day("2024-03-15"), day("2024-04-14")),
    (day("2024-04-15"), day("2024-05-14")),
    (day("2024-05-15"), day("2024-06-14")),
    (day("2024-06-15"), day("2024-07-14")),
]


@given(DAYS, DAYS, st.integers(0, 40))
def test_what_is_accepted_in_the_end_is_done_in_just_one_month_and_open_in_those_before(
    due: dt.date, reported: dt.date, waited: int
) -> None:
    accepted = reported + dt.timedelta(days=waited)
    done, assigned = [], []
    for first, last in MONTHS:
        known = {
            "reported_on": reported if reported <= last else None,
            "accepted": accepted <= last,
            "accepted_on": accepted if accepted <= last else None,
        }
        row = count_figures(
            [fact(1, due.isoformat(), **known)],
            first,
            last,
            last + dt.timedelta(days=1),
            Calendar(),
        ).items
        done.append(row.done)
        assigned.append(row.total)

    assert sum(done) == 1
    first_month = next(at for at, (_, last) in enumerate(MONTHS) if due <= last)
    assert assigned == [int(first_month <= at <= done.index(1)) for at in range(len(MONTHS))]
