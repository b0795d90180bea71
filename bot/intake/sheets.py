"""Rows of a sheet → paragraphs above the header, and the table."""

from collections.abc import Sequence

from bot.domain.reading.columns import find_layout
from bot.domain.reading.table import Row, Table
from bot.intake.grid import Cell, settle_rows


def sheet_blocks(rows: Sequence[Sequence[Cell]]) -> list[str | Table]:
    """Return a sheet's rows as one table; what stands above its header are paragraphs.

    A sheet without a header known gives its first rows of a single cell as paragraphs.
    """
    settled = [row for row in settle_rows(rows) if any(row)]
    start = next((at for at, row in enumerate(settled) if find_layout(row)), None)
    if start is None:
        singles = (at for at, row in enumerate(settled) if sum(map(bool, row)) > 1)
        start = next(singles, len(settled))
    blocks: list[str | Table] = [
        " ".join(cell.split()) for row in settled[:start] for cell in row if cell
    ]
    if start < len(settled):
        blocks.append(Table(tuple(map(_trimmed, settled[start:])), starts_anew=True))
    return blocks


def _trimmed(row: Row) -> Row:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
