"""How an item stands in the table of progress, and what the charts count."""

import datetime as dt
from typing import Any

from bot.domain.pictures import MonthCount, Shown, count_by_month, count_by_unit
from bot.domain.progress_table import ItemProgress
from bot.domain.records import ItemFacts
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from bot.domain.workdays import Calendar
from tests.builders import day, make_line, make_part, vn

ITEM = ItemFacts(1, 1, 1, "III.5", "III", "Rà soát", "Báo cáo", "30/4", (), ())
TODAY = "2024-04-19"


def entry(*parts: dict[str, Any]) -> ItemProgress:
    return ItemProgress(ITEM, tuple(make_line(TODAY, **part) for part in parts))


def done(due: str, submitted: str, **other: Any) -> dict[str, Any]:
    return {
        "due": day(due),
        "progress": Progress.DONE,
        "submitted_at": vn(f"{submitted} 09:00"),
        **other,
    }


def owed(due: str | None, **other: Any) -> dict[str, Any]:
    return {"due": day(due) if due else None, **other}


def test_an_item_is_finished_when_all_its_leads_are_as_of_the_latest_report() -> None:
    both = entry(
        done("2024-04-30", "2024-04-12", id=1, occurrence_id=1),
        done("2024-04-30", "2024-04-18", id=2, occurrence_id=1),
    )
    one = entry(
        done("2024-04-30", "2024-04-12", id=1, occurrence_id=1),
        owed("2024-04-30", id=2, occurrence_id=1),
    )

    assert both.finished_on == day("2024-04-18")
    assert one.finished_on is None
    assert (both.done, both.count, one.done, one.count) == (1, 1, 0, 1)


def test_the_most_pressing_open_date_speaks_for_an_item() -> None:
    item = entry(
        done("2024-03-14", "2024-03-10", id=1, occurrence_id=1),
        owed("2024-06-14", id=2, occurrence_id=2),
        owed("2024-09-14", id=3, occurrence_id=3),
    )

    assert [line.part.id for line in item.spoken_for] == [2]
    assert (item.done, item.count) == (1, 3)
    assert item.finished_on == day("2024-03-10")


def test_a_cooperating_unit_does_not_hold_an_item_open() -> None:
    item = entry(
        done("2024-04-30", "2024-04-12", id=1, occurrence_id=1),
        owed("2024-04-30", id=2, occurrence_id=1, duty=Duty.COOPERATE),
    )

    assert item.finished_on == day("2024-04-12")
    assert item.done == item.count == 1


def test_what_never_ends_is_no_date_that_is_missing() -> None:
    item = entry(
        owed(None, id=1, occurrence_id=1, kind=DeadlineKind.ONGOING),
        done("2024-03-29", "2024-03-29", id=2, occurrence_id=2),
    )

    assert (item.done, item.count) == (1, 1)


PARTS = [
    make_part(id=1, unit="A", **done("2024-04-10", "2024-04-09")),
    make_part(id=2, unit="A", **done("2024-04-10", "2024-04-12")),
    make_part(id=3, unit="A", **owed("2024-04-10")),
    make_part(id=4, unit="B", **owed("2024-05-10")),
    make_part(
        id=5,
        unit="B",
        due=day("2024-04-10"),
        progress=Progress.AWAITING_CONFIRMATION,
        submitted_at=vn("2024-04-10 09:00"),
    ),
    make_part(id=6, unit="B", **owed(None, kind=DeadlineKind.ONGOING)),
    make_part(id=7, unit="B", **owed("2024-04-10", duty=Duty.COOPERATE)),
    make_part(id=8, unit="B", **owed("2024-04-10", unsettled=True)),
    make_part(id=9, unit="B", due=day("2024-04-10"), progress=Progress.DROPPED),
]


def test_a_chart_counts_each_units_own_parts_the_most_overdue_first() -> None:
    (first, a), (second, b) = count_by_unit(PARTS, day(TODAY), Calendar())

    assert (first, second) == ("A", "B")
    assert {kind: n for kind, n in a.items() if n} == {
        Shown.EARLY: 1,
        Shown.LATE: 1,
        Shown.OVERDUE: 1,
    }
    assert {kind: n for kind, n in b.items() if n} == {
        Shown.AWAITING: 1,
        Shown.OPEN: 1,
        Shown.UNDATED: 1,
    }


def test_a_year_counts_what_falls_due_in_each_month() -> None:
    months = dict(count_by_month(PARTS, 2024, day(TODAY), Calendar()))

    assert months["A"][3] == MonthCount(due=3, done=2, overdue=1)
    assert months["B"][3] == MonthCount(due=1, done=1)
    assert months["B"][4] == MonthCount(due=1)
    assert sum(month.due for month in months["B"]) == 2


def test_another_years_due_days_are_not_counted() -> None:
    assert count_by_month(PARTS, 2025, dt.date(2025, 1, 2), Calendar()) == []
