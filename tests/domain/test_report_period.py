"""What a periodic report counts."""

import datetime as dt
from typing import Any

from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.records import ItemFacts
from bot.domain.report_period import ReportDays, count, make_report
from bot.domain.status import Progress
from bot.domain.workdays import Calendar
from bot.i18n import translator
from tests.builders import day, fact_of, make_line, vn

FIRST, LAST, NEXT = day("2023-12-15"), day("2024-03-14"), day("2024-06-14")


def entry(number: int, *parts: dict[str, Any], section: str = "I. CHUNG") -> ItemProgress:
    facts = ItemFacts(number, 1, 1, f"I.{number}", section, "t", "p", "d", (), ())
    lines = tuple(
        make_line("2024-03-20", id=10 * number + at, occurrence_id=10 * number, **part)
        for at, part in enumerate(parts)
    )
    return ItemProgress(facts, lines)


def done(due: str, submitted: str) -> dict[str, Any]:
    return {
        "due": day(due),
        "progress": Progress.DONE,
        "submitted_at": vn(f"{submitted} 09:00"),
    }


def owed(due: str) -> dict[str, Any]:
    return {"due": day(due)}


def report(*entries: ItemProgress) -> Any:
    table = ProgressTable(1, "Kế hoạch", 2024, day("2024-03-20"), entries)
    facts = [fact_of(line.part) for one in entries for line in one.lines]
    days = ReportDays(FIRST, LAST, LAST + dt.timedelta(days=1), NEXT)
    return make_report(table, facts, days, Calendar())


def test_it_counts_what_fell_due_in_the_period_and_what_was_carried_over() -> None:
    made = report(
        entry(1, done("2024-02-10", "2024-02-08")),
        entry(2, done("2024-02-10", "2024-02-10")),
        entry(3, done("2024-02-10", "2024-02-13")),
        entry(4, owed("2024-02-10")),
        entry(5, owed("2023-12-01")),
        entry(6, done("2023-12-01", "2023-12-01")),
        entry(7, owed("2024-03-14")),
        entry(8, owed("2024-05-10")),
        entry(9, owed("2024-09-10")),
    )

    row = made.counts
    assert (row.total, row.early, row.on_time, row.late) == (6, 1, 2, 1)
    assert (row.open_in_time, row.overdue) == (0, 3), "the last day is over when it is judged"
    assert [item.entry.item.code for item in made.following] == ["I.8"]


def test_an_item_counts_once_and_is_done_when_all_its_leads_are() -> None:
    made = report(
        entry(1, done("2024-03-10", "2024-03-08"), owed("2024-03-10")),
        entry(2, done("2024-03-10", "2024-03-08"), done("2024-03-10", "2024-03-12")),
    )

    first, second = made.items
    assert first.day.finished_on is None
    assert (second.day.finished_on, second.day.late) == (day("2024-03-12"), True)


def test_a_report_that_waits_is_not_done_and_stands_apart() -> None:
    waiting = {**done("2024-03-10", "2024-03-08"), "progress": Progress.AWAITING_CONFIRMATION}

    made = report(entry(1, waiting), entry(2, done("2024-03-10", "2024-03-08")))

    assert (made.counts.done, made.counts.awaiting, made.counts.overdue) == (1, 1, 0)
    assert made.items[0].day.finished_on is None


def test_sections_keep_their_order_and_their_items() -> None:
    made = report(
        entry(1, owed("2024-03-01"), section="II. HAI"),
        entry(2, owed("2024-03-01"), section="I. MỘT"),
    )

    assert [(name, len(items)) for name, items in made.sections] == [("II. HAI", 1), ("I. MỘT", 1)]


def test_a_share_is_rounded_half_up_from_whole_numbers() -> None:
    vi = translator("vi")

    assert [vi.percent(part, 291) for part in (159, 285, 6)] == ["54,64%", "97,94%", "2,06%"]
    assert vi.percent(9042, 14697) == "61,52%"
    assert vi.percent(1, 800) == "0,13%"
    assert vi.percent(3, 3) == "100%"
    assert translator("en").percent(26, 31) == "83.87%"


def test_a_year_boundary_is_no_boundary_of_a_period() -> None:
    made = report(entry(1, done("2023-12-31", "2024-01-02")))

    assert count(made.items).late == 1
    assert made.items[0].day.finished_on == dt.date(2024, 1, 2)
