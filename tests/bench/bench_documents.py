"""Making files of 1,000 items, and the briefing of 10,000: seconds and peak memory.

Each beside a rival in the same run: the table as CSV, which says the same without any layout.
"""

import csv
import io
import time
import tracemalloc
from collections.abc import Callable

import pytest

from bot.domain.briefing import Facts, make_briefing
from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.records import ItemFacts
from bot.domain.report_period import ReportDays, make_report
from bot.domain.workdays import Calendar
from bot.i18n import translator
from bot.reports.official import write_official
from bot.reports.sheet import write_book
from bot.services.messages_briefing import BriefingDraft
from handlers.render_briefing import draft
from handlers.render_progress_table import progress_sheet, text_rows
from handlers.render_report import Letterhead, report
from tests.builders import day, fact_of, make_line, make_part, vn

ITEMS = 1_000
TODAY = day("2024-07-15")
TR = translator("vi")


@pytest.fixture(scope="module")
def table() -> ProgressTable:
    rows = []
    for number in range(ITEMS):
        facts = ItemFacts(
            number,
            1,
            1,
            f"{number // 100}.{number % 100}",
            f"{number // 100}. LĨNH VỰC",
            "Rà soát, hoàn thiện hồ sơ và báo cáo kết quả thực hiện nhiệm vụ được giao",
            "Báo cáo kết quả",
            "Trước ngày 30/6/2024",
            ("Phòng Hành chính",),
            ("Văn phòng",),
        )
        line = make_line("2024-07-15", id=number, occurrence_id=number, due=day("2024-06-29"))
        rows.append(ItemProgress(facts, (line,)))
    return ProgressTable(1, "Kế hoạch công tác năm 2024", 2024, TODAY, tuple(rows))


def measure(name: str, make: Callable[[], object]) -> float:
    """Print and return the seconds of the best of three runs; memory in a run of its own."""
    best = min(_timed(make) for _ in range(3))
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"\n{name}: {best:.2f} s, peak {peak:.0f} MB")  # noqa: T201
    return best


def _timed(make: Callable[[], object]) -> float:
    begun = time.perf_counter()
    make()
    return time.perf_counter() - begun


def as_csv(table: ProgressTable) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(text_rows(table, TR))
    return written.getvalue()


def test_the_files_of_a_thousand_items(table: ProgressTable) -> None:
    plain = measure("rival: CSV of 1,000 items", lambda: as_csv(table))
    sheet = measure("XLSX of 1,000 items", lambda: write_book([progress_sheet(table, TR)]))
    days = ReportDays(day("2023-12-15"), day("2024-06-14"), day("2024-06-15"), day("2024-09-14"))
    facts = [fact_of(line.part) for entry in table.rows for line in entry.lines]
    found = make_report(table, facts, days, Calendar())
    head = Letterhead("Sở Tư pháp", "", "", "STP")
    word = measure(
        "DOCX of 1,000 items", lambda: write_official(report(found, "6 tháng", head, TR))
    )
    print(f"XLSX takes {sheet / plain:.0f} times a CSV, DOCX {word / plain:.0f} times")  # noqa: T201


def test_the_briefing_of_ten_thousand_items() -> None:
    parts = [
        make_part(id=number, item_id=number, due=day(f"{2020 + number % 5}-0{1 + number % 9}-10"))
        for number in range(10_000)
    ]
    facts = Facts(parts, (), (), ())
    rival = measure(
        "rival: sorting the parts by date",
        lambda: sorted(parts, key=lambda part: part.due or TODAY),
    )
    made = measure(
        "briefing of 10,000 open parts", lambda: make_briefing(facts, TODAY, Calendar())
    )
    found = BriefingDraft(1, make_briefing(facts, TODAY, Calendar()), vn("2024-07-15 08:00"))
    words = measure("its messages", lambda: draft(found, TR))
    print(f"briefing takes {made / rival:.0f} times the sorting, its words {words:.2f} s")  # noqa: T201
