"""Tell the columns of a plan's table by the words of its header, never by their position."""

import re
from collections.abc import Mapping

from bot.domain.column_phrases import COLUMN_PATTERNS, HEADER_CELL_LENGTH, Column
from bot.domain.table import Row
from bot.domain.units_text import bare

NUMERIC = re.compile(r"\(?\d")
Layout = Mapping[Column, int]


def find_column(cell: str) -> Column | None:
    """Return what a header cell announces; None where it announces nothing known."""
    text = bare(cell).strip(" .:")
    if not text or len(text) > HEADER_CELL_LENGTH:
        return None
    for column, pattern in COLUMN_PATTERNS:
        if re.search(pattern, text):
            return column
    return None


def find_layout(row: Row) -> Layout | None:
    """Return the columns of a header row; None where `row` is no header.

    A header names at least two different columns, one of them the tasks or their deadline, and
    holds nothing else.
    """
    layout: dict[Column, int] = {}
    filled = 0
    for index, cell in enumerate(row):
        if NUMERIC.match(cell):
            return None
        filled += bool(cell)
        column = find_column(cell)
        if column is not None and column not in layout:
            layout[column] = index
    named = set(layout) & {Column.TITLE, Column.DEADLINE}
    return layout if named and len(layout) >= 2 and len(layout) >= filled - 1 else None


def find_second_row(row: Row, first: Layout) -> Layout | None:
    """Return `first` completed by the second row of a header ("Chủ trì | Phối hợp").

    None where `row` is no such row: it must name leads or cooperating units, and only columns.
    """
    found = {find_column(cell): index for index, cell in enumerate(row) if cell}
    if None in found or not set(found) & {Column.LEAD, Column.COOPERATE}:
        return None
    layout = dict(first)
    layout.pop(Column.ASSIGNMENT, None)
    layout.update({column: at for column, at in found.items() if column is not None})
    return layout


def is_counting_row(row: Row) -> bool:
    """Tell whether `row` only numbers the columns: "(1) | (2) | (3)"."""
    cells = [cell.strip("() .") for cell in row if cell]
    return len(cells) >= 3 and all(
        cell == str(number) for number, cell in enumerate(cells, start=1)
    )
