"""Rows with cells merged downwards → plain rows."""

from collections.abc import Sequence

from bot.domain.reading.columns import find_layout
from bot.domain.reading.table import Row

# None stands for a cell that goes on from the one above it.
Cell = str | None


def settle_rows(rows: Sequence[Sequence[Cell]]) -> tuple[Row, ...]:
    """Return plain rows: the text of a cell merged downwards stands in its first row.

    It is repeated beside rows that begin with a cell of their own: a deadline merged over three
    numbered tasks is the deadline of each.
    """
    settled: list[Row] = []
    sources: dict[int, tuple[str, bool]] = {}
    for row in rows:
        own = bool(row and row[0])
        if any(cell is not None for cell in row):
            shared = own and find_layout(tuple(cell or "" for cell in row)) is None
            for at, cell in enumerate(row):
                if cell is not None:
                    sources[at] = (cell, shared)
        cells = []
        for at, cell in enumerate(row):
            text, shared = sources.get(at, ("", False))
            cells.append(cell if cell is not None else text if own and shared else "")
        settled.append(tuple(cells))
    return tuple(settled)
