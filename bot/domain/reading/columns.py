"""Tell the columns of a plan's table by the words of its header, never by their position."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_
from bot.domain.reading.column_phrases import (
    COLUMN_PATTERNS,
    END_PATTERN,
    HEADER_CELL_LENGTH,
    START_PATTERN,
    Column,
)
from bot.domain.reading.table import Document, Row
from bot.domain.units.text import bare

NUMERIC = re.compile(r"\(?\d")
Layout = Mapping[Column, int]


def find_column(cell: str) -> Column | None:
    """Return what a header cell announces; None where it announces nothing known."""
    text = bare(cell).strip(" .:")
    if not text or len(text) > HEADER_CELL_LENGTH:
        return None
    for column, pattern in COLUMN_PATTERNS:
        if re.search(pattern, text):
            return None if column is Column.DEADLINE and is_start(cell) else column
    return None


def is_start(cell: str) -> bool:
    """Tell whether a header cell announces when work begins, and not when it ends too."""
    text = bare(cell)
    return bool(re.search(START_PATTERN, text)) and not re.search(END_PATTERN, text)


def find_layout(row: Row) -> Layout | None:
    """Return the columns of a header row; None where `row` is no header.

    A header names at least two different columns, one of them the tasks or their deadline, and
    holds at most one cell that is not known; more where it names numbers, tasks and deadlines.
    """
    layout: dict[Column, int] = {}
    known = unknown = 0
    for index, cell in enumerate(row):
        if NUMERIC.match(cell):
            return None
        column = find_column(cell)
        known += column is not None
        unknown += column is None and bool(cell) and not is_start(cell)
        if column is not None:
            layout.setdefault(column, index)
    if len(layout) < 2 or not layout.keys() & {Column.TITLE, Column.DEADLINE}:
        return None
    sure = layout.keys() >= {Column.NUMBER, Column.TITLE, Column.DEADLINE}
    return layout if unknown <= 1 or (sure and unknown < known) else None


def unread_cells(header: Row, layout: Layout) -> dict[int, str]:
    """Return the header cells that no column of `layout` stands for, by position."""
    return {at: cell for at, cell in enumerate(header) if cell and at not in layout.values()}


def to_layout(columns: Mapping[int, Column]) -> Layout:
    """Return columns that a person named, counted from 0; the first of two alike counts."""
    layout: dict[Column, int] = {}
    for at in sorted(columns):
        layout.setdefault(columns[at], at)
    return layout


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column for a person to name: position from 0, head, guess (None: unknown), a sample."""

    at: int
    head: str
    guess: Column | None
    sample: str


def describe_columns(document: Document) -> tuple[SeenColumn, ...]:
    """Return the columns of the document's longest table, under its header or its first row."""
    table = max(document.tables, key=lambda each: len(each.rows), default=None)
    if table is None or not table.rows:
        return ()
    start = next((at for at, row in enumerate(table.rows) if find_layout(row)), 0)
    head, body = table.rows[start], table.rows[start + 1 :]
    width = max(map(len, table.rows))
    return tuple(
        SeenColumn(
            at,
            head[at] if at < len(head) else "",
            find_column(head[at]) if at < len(head) else None,
            next((row[at] for row in body if at < len(row) and row[at]), ""),
        )
        for at in range(width)
    )


class UnknownColumns(UnreadableDocument):
    """A table whose columns of tasks and deadlines are not known; a person can name them."""

    def __init__(self, document: Document) -> None:
        self.columns = describe_columns(document)
        heads = (f"{column.at + 1}. {column.head[:HEADER_CELL_LENGTH]}" for column in self.columns)
        super().__init__(
            N_(
                "The table in {name} has no column known to hold tasks or none of deadlines. Its"
                " columns are: {columns}. Say what each of them holds."
            ),
            name=document.name,
            columns="; ".join(heads),
        )


def find_second_row(row: Row, first: Layout) -> Layout | None:
    """Return `first` completed by the second row of a header ("Chủ trì | Phối hợp").

    None where `row` is no such row: it must name leads, cooperating units, or when work begins
    and ends, and only columns.
    """
    starts = any(map(is_start, row))
    found = {
        _find_below(cell, starts): index
        for index, cell in enumerate(row)
        if cell and not is_start(cell)
    }
    units = set(found) & {Column.LEAD, Column.COOPERATE}
    if None in found or not (units or (starts and Column.DEADLINE in found)):
        return None
    layout = dict(first)
    if units:
        layout.pop(Column.ASSIGNMENT, None)
    layout.update({column: at for column, at in found.items() if column is not None})
    return layout


def _find_below(cell: str, starts: bool) -> Column | None:
    """Return what a cell of a header's second row announces: "Hoàn thành" beside "Bắt đầu"."""
    ends = starts and re.search(END_PATTERN, bare(cell))
    return Column.DEADLINE if ends else find_column(cell)


def is_counting_row(row: Row) -> bool:
    """Tell whether `row` only numbers the columns: "(1) | (2) | (3)"."""
    cells = [cell.strip("() .") for cell in row if cell]
    return len(cells) >= 3 and all(
        cell == str(number) for number, cell in enumerate(cells, start=1)
    )
