"""Tab-separated text, as scans and copied tables yield: rows hold tabs, other lines do not."""

from bot.domain.table import Document, Row, Table
from bot.intake.cells import tidy_cell, tidy_line


def read_text(text: str, name: str) -> Document:
    """Return the lines of `text` as paragraphs and tables; neighbouring rows make one table."""
    blocks: list[str | Table] = []
    rows: list[Row] = []
    for line in text.splitlines():
        if "\t" in line:
            rows.append(tuple(tidy_cell(cell) for cell in line.split("\t")))
            continue
        if paragraph := tidy_line(line):
            _close(rows, blocks)
            blocks.append(paragraph)
    _close(rows, blocks)
    return Document(tuple(blocks), name)


def _close(rows: list[Row], blocks: list[str | Table]) -> None:
    """Move the rows gathered so far into a table of their own."""
    if rows:
        blocks.append(Table(tuple(rows)))
        rows.clear()
