"""Find a plan's title and the years it covers in the paragraphs around its table."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from bot.domain.deadline import Period, calendar_year
from bot.domain.reading.column_phrases import (
    APPENDIX_PATTERN,
    ATTACHED_PATTERN,
    PLAN_PATTERN,
    YEAR_PATTERN,
    YEARS_PATTERN,
)
from bot.domain.reading.prose_phrases import AFTER_TITLE, BASIS, UNTIL_YEAR
from bot.domain.reading.table import Document, Table
from bot.domain.units.text import bare

MAX_TITLE_LINES = 8
# A title's line is shorter than this; what is longer is a sentence.
LONG_LINE = 250
NUMERAL = re.compile(r"^(?:[IVX]+|[A-H]|\d{1,2})\s*[.)-]")


def find_title(document: Document) -> str:
    """Return the heading of the appendix before the table, else the plan's title, else ""."""
    return find_appendix_heading(document) or find_plan_title(document)


def find_appendix_heading(document: Document) -> str:
    """Return what stands between "PHỤ LỤC" and the table, without "(Kèm theo …)"; else ""."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            break
        lines.append(block)
    starts = [at for at, line in enumerate(lines) if re.match(APPENDIX_PATTERN, bare(line))]
    return _heading(lines[starts[-1] + 1 :]) if starts else ""


def find_plan_title(document: Document) -> str:
    """Return "KẾ HOẠCH" and the lines under it up to the first sentence; else ""."""
    lines = document.paragraphs
    for at, line in enumerate(lines):
        if re.match(PLAN_PATTERN, bare(line)):
            return _heading([line, *_title_lines(lines[at + 1 : at + MAX_TITLE_LINES])])
        if bare(line).startswith("ke hoach ") and len(line) < 300:
            return line
    return ""


def _title_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of a plan's title, up to the first sentence or numbered heading."""
    title: list[str] = []
    for line in lines:
        sentence = len(line) > LONG_LINE or line[-1:] in (":", ";", ".")
        begins = line[:1].isupper() and re.match(AFTER_TITLE, bare(line))
        if re.match(BASIS, bare(line)) or NUMERAL.match(line) or (title and begins) or sentence:
            break
        title.append(line)
    return title


def _heading(lines: list[str]) -> str:
    """Join the lines of a heading, up to the note on what it is attached to."""
    heading: list[str] = []
    for line in lines[:MAX_TITLE_LINES]:
        if re.match(ATTACHED_PATTERN, bare(line)) or line[:2] == "- " or line[-1:] == ";":
            break
        heading.append(line.strip("* "))
    return " ".join(" ".join(heading).split())


def find_period(document: Document, title: str) -> Period | None:
    """Return the years named by the heading, else by the plan's title, else most in the text.

    None where no year is written anywhere.
    """
    for text in (title, find_plan_title(document)):
        if period := _period_in(text):
            return period
    words = " ".join(document.paragraphs)
    cells = " ".join(cell for table in document.tables for row in table.rows for cell in row)
    years = Counter(re.findall(YEAR_PATTERN, bare(f"{words} {cells}")))
    return calendar_year(int(years.most_common(1)[0][0])) if years else None


def _period_in(text: str) -> Period | None:
    """Return the years a heading names; one year inside a span is what the plan is for.

    "năm 2023 … giai đoạn 2021-2025" is a plan for 2023, "giai đoạn 2021-2025" one for five years.
    """
    folded = bare(text)
    span = re.search(YEARS_PATTERN, folded)
    years = re.findall(YEAR_PATTERN, re.sub(UNTIL_YEAR, "", re.sub(YEARS_PATTERN, "", folded)))
    if span and span[1] <= span[2]:
        inside = {year for year in years if span[1] <= year <= span[2]}
        if len(inside) != 1:
            return Period(dt.date(int(span[1]), 1, 1), dt.date(int(span[2]), 12, 31))
        return calendar_year(int(inside.pop()))
    return calendar_year(int(years[-1])) if years else None
