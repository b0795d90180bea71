"""How long files take to read, with peak memory, and deadline cells beside dateparser."""

# ruff: noqa: T201 - a table for the person who runs it

import os
import subprocess
import sys
import time

import dateparser
import pytest

from bot.domain.deadline import calendar_year
from bot.domain.grammar.reader import read_deadlines
from bot.domain.reading.reader import read_plan
from bot.intake.document import find_format, read_document
from bot.intake.formats import Format, read_format
from tests.intake.files import HEADER, REGISTRY, PdfPage, excel_plan, pdf_file, word_plan

ROWS = 1000
PAGES = 100
LINES_A_PAGE = 10
DATES = ("15/6/2026", "ngày 30 tháng 6 năm 2026", "30-6-2026", "1 tháng 12 năm 2026")
PHRASES = (*DATES, "Trước ngày 15/12/2026", "Quý III/2026", "Tháng 10/2026", "Thường xuyên")
ROUNDS = 200
MARKS = 30_000
# A child process that reads a file and says how much memory it needed, in kilobytes.
PEAK = """
import pathlib, re, sys
from bot.intake.formats import Format, read_format
read_format(Format(sys.argv[1]), sys.stdin.buffer.read(), "plan")
print(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""


def rows():
    return (
        HEADER,
        *(
            (str(at), f"Nhiệm vụ thứ {at}", "Báo cáo", PHRASES[at % len(PHRASES)], "Văn phòng")
            for at in range(1, ROWS + 1)
        ),
    )


def long_pdf():
    """Return ruled pages of ten rows each, each page under the header again."""
    edges, pages = (30, 60, 300, 420, 570), []
    tops = tuple(range(60, 60 + 60 * (LINES_A_PAGE + 1), 60))
    for number in range(PAGES):
        page = PdfPage()
        page.grid(edges, (40, *tops))
        heads = ("STT", "Nhiem vu", "Thoi han", "Don vi thuc hien")
        for x, words in zip(edges, heads, strict=False):
            page.text(x + 5, 52, words)
        for at, top in enumerate(tops[:-1]):
            code = number * LINES_A_PAGE + at + 1
            cells = (str(code), f"Viec thu {code} can lam trong nam", "15/6/2026", "Van phong")
            for x, words in zip(edges, cells, strict=False):
                page.text(x + 5, top + 14, words)
        pages.append(page)
    return pdf_file(pages)


FILES = {"docx, 1,000 rows": word_plan, "xlsx, 1,000 rows": excel_plan}


def peak_megabytes(data):
    """Return the peak memory of a process that reads `data`, its libraries included."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, find_format(data, "plan")],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return int(done.stdout) / 1024


@pytest.mark.parametrize("name", [*FILES, "pdf, 100 pages"])
def test_a_long_file(name):
    data = FILES[name](rows()) if name in FILES else long_pdf()

    start = time.perf_counter()
    document = read_document(data, "plan")
    read = time.perf_counter() - start
    start = time.perf_counter()
    plan = read_plan(document, REGISTRY, year=2026)
    understood = time.perf_counter() - start

    assert [item.code for item in plan.items] == [str(at) for at in range(1, ROWS + 1)]
    print(
        f"\n{name:<18}{len(data) / 1024:8.0f} kB   read {read:6.2f} s   plan {understood:5.2f} s"
        f"   peak {peak_megabytes(data):4.0f} MB"
    )


@pytest.mark.parametrize("mark", ["<del>", "<!--", "**a ", "< ", "<td", "- ", "<li>", "a\t"])
def test_text_that_looks_like_marks_takes_time_in_proportion(mark):
    def seconds(times):
        start = time.perf_counter()
        read_format(Format.TEXT, (mark * times).encode(), "plan.txt")
        return time.perf_counter() - start

    few, many = seconds(MARKS // 10), seconds(MARKS)

    # Ten times the text takes ten times as long; a hundred times, were each mark to look at all.
    print(f"\n{mark!r:<10}{MARKS} marks {many:6.2f} s, a tenth of them {few:6.2f} s")
    assert many < 40 * max(few, 0.001)


def seconds_a_cell(read, phrases):
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for phrase in phrases:
            read(phrase)
    return (time.perf_counter() - start) / (ROUNDS * len(phrases))


def test_deadline_cells_beside_dateparser():
    period = calendar_year(2026)
    settings = {"DATE_ORDER": "DMY"}

    def ours(phrase):
        return read_deadlines(phrase, period).deadlines

    def theirs(phrase):
        return dateparser.parse(phrase, languages=["vi"], settings=settings)

    assert all(ours(phrase) for phrase in PHRASES)
    print()
    for title, phrases in (("dates", DATES), ("all phrases", PHRASES)):
        for name, read in (("this grammar", ours), ("dateparser", theirs)):
            understood = sum(bool(read(phrase)) for phrase in phrases)
            rate = 1 / seconds_a_cell(read, phrases)
            share = f"{understood} of {len(phrases)} read"
            print(f"{title:<12}{name:<14}{rate:9.0f} cells/s   {share}")
