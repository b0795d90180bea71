"""Marks in a matrix: an "x" under "Quý III" says when, but is no date that can be read."""

import re
from collections.abc import Iterator

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.columns import find_layout
from bot.domain.reading.table import Document, Row, Table
from bot.domain.units.text import bare

PERIOD = re.compile(
    r"^(?:quy|q|thang|thg|t|tuan|nam)\s*\.?\s*(?:[ivx]+|\d{1,4})(?:\s*[/-]\s*\d{2,4})?$"
)
MARK = re.compile(r"^[xX✓✔✗√+●•■*-]$")
HEADER_ROWS = 3
FEWEST_PERIODS = 2


def marks_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each table whose periods hold marks in place of dates."""
    for table in document.tables:
        if marked := _marked_periods(table):
            text = N_(
                "The marks (x) under {columns} were not read as dates; write each deadline out."
            )
            yield problem(text, columns=", ".join(f"“{head}”" for head in marked))


def _marked_periods(table: Table) -> list[str]:
    """Return the names of the period columns that hold marks."""
    start = next((at for at, row in enumerate(table.rows) if find_layout(row)), 0)
    for at, row in enumerate(table.rows[start : start + HEADER_ROWS], start=start):
        periods = _periods(row)
        if len(periods) >= FEWEST_PERIODS:
            body = table.rows[at + 1 :]
            return [head for column, head in periods.items() if _has_marks(body, column)]
    return []


def _periods(row: Row) -> dict[int, str]:
    return {at: cell for at, cell in enumerate(row) if PERIOD.match(bare(cell))}


def _has_marks(rows: tuple[Row, ...], column: int) -> bool:
    return any(column < len(row) and MARK.match(row[column].strip()) for row in rows)
