"""Text as scans and copied tables yield it: rows hold tabs, or pipes as in Markdown."""

import codecs
import re

from bot.domain.reading.table import Document, Row, Table
from bot.intake.cells import tidy_cell, tidy_line
from bot.intake.left_out import struck_text
from bot.intake.markup import pipe_cells
from bot.intake.refusals import not_text

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
STRUCK = re.compile(r"~~(?=[^\s~])[^~|\t\n]{1,2000}~~")
STRUCK_TAGS = re.compile(r"<(s|strike|del)\b[^<>]*>(?!\s*</)[^\n]{0,2000}?</\1\s*>", re.I)
HEADING = re.compile(r"^\s*#{1,6}\s+")


def read_text(text: str, name: str) -> Document:
    """Return the lines of `text` as paragraphs and tables; neighbouring rows make one table."""
    blocks: list[str | Table] = []
    rows: list[Row] = []
    problems = [struck_text()] if STRUCK.search(text) or STRUCK_TAGS.search(text) else []
    text = STRUCK.sub("", text)
    for line in text.splitlines():
        cells = pipe_cells(line)
        if "\t" in line:
            cells = tuple(tidy_cell(cell) for cell in line.split("\t"))
        if cells is not None:
            rows += [cells] if cells else []
            continue
        if paragraph := tidy_line(HEADING.sub("", line)):
            _close(rows, blocks)
            blocks.append(paragraph)
    _close(rows, blocks)
    return Document(tuple(blocks), name, tuple(problems))


def _close(rows: list[Row], blocks: list[str | Table]) -> None:
    """Move the rows gathered so far into a table of their own."""
    if rows:
        blocks.append(Table(tuple(rows)))
        rows.clear()


def decode_text(data: bytes, name: str) -> str:
    """Return the text of `data`: UTF-8 or UTF-16, with or without a byte order mark.

    Raises:
        UnreadableDocument: the bytes are no such text.
    """
    try:
        if data.startswith(UTF16):
            text = data.decode("utf-16")
        elif data.startswith(codecs.BOM_UTF8) or b"\x00" not in data[:4096]:
            text = data.decode("utf-8-sig")
        else:
            text = data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    except UnicodeDecodeError as error:
        raise not_text(name) from error
    if "\x00" in text:
        raise not_text(name)
    return text
