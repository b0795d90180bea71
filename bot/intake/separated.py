"""Tables whose cells are parted by commas or semicolons (.csv), known by their header."""

import csv
import io

from bot.domain.reading.columns import find_column, find_layout
from bot.domain.reading.table import Document
from bot.intake.cells import tidy_cell
from bot.intake.sheets import sheet_blocks

SEPARATORS = (",", ";")
FEWEST_COLUMNS = 3


def read_separated(text: str, name: str) -> Document | None:
    """Return the table that `text` is; None for text of another kind.

    Prose has commas too: most rows below the header must be as wide as it is.
    """
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            rows = [[tidy_cell(cell) for cell in row] for row in reader if any(row)]
        except csv.Error:
            continue
        if _is_table(rows):
            return Document(tuple(sheet_blocks(rows)), name)
    return None


def _is_table(rows: list[list[str]]) -> bool:
    """Tell whether some row is a plan's header and most of those below it have its width."""
    start = next((at for at, row in enumerate(rows) if find_layout(tuple(row))), None)
    if start is None:
        return False
    header, body = rows[start], rows[start + 1 :]
    named = {find_column(cell) for cell in header if cell} - {None}
    alike = sum(len(row) == len(header) for row in body)
    return len(header) >= FEWEST_COLUMNS and len(named) >= 2 and 2 * alike > len(body)
