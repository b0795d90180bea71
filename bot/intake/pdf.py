"""PDF files with text, through pdfplumber: ruled tables, also over several pages, and paragraphs.

A table goes on over a page break: its repeated header is dropped, and a row that was cut joins its
other half. Tables without ruled lines come as paragraphs; pictures are not read.
"""

import io
from collections.abc import Iterator

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from bot.domain.reading.table import Document, Table
from bot.intake.cells import tidy_line
from bot.intake.limits import MAX_CHARACTERS, MAX_PAGES
from bot.intake.ocr import scanned
from bot.intake.pdf_lines import Line, join_lines, lines_of, without_page_numbers
from bot.intake.pdf_tables import PageTable, join_pages, page_tables, to_table
from bot.intake.refusals import broken, locked, too_many_pages, too_much_text

# A page of text has hundreds of characters; a scan has none, or a stamp's few.
SCAN_CHARACTERS = 10

Piece = list[Line] | PageTable


def read(data: bytes, name: str) -> Document:
    """Return the paragraphs and tables of a PDF in order.

    Raises:
        UnreadableDocument: locked, damaged, or past the bounds on pages and text;
            `ScannedDocument` where it has no text.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise too_many_pages(name, MAX_PAGES)
            pieces = list(_pieces(pdf, name))
    except (PdfminerException, PDFPasswordIncorrect) as error:
        reasons = (error, *error.args)
        if any(isinstance(reason, MemoryError) for reason in reasons):
            raise MemoryError from error
        wanted = any(isinstance(reason, PDFPasswordIncorrect) for reason in reasons)
        raise (locked if wanted else broken)(name) from error
    return Document(tuple(_blocks(pieces)), name)


def _pieces(pdf: PDF, name: str) -> Iterator[Piece]:
    """Yield each page's lines and tables from top to bottom; page by page to keep memory low."""
    total = 0
    for page in pdf.pages:
        total += len(page.chars)
        if total > MAX_CHARACTERS:
            raise too_much_text(name)
        yield from _page_pieces(page)
        page.close()
    if total < SCAN_CHARACTERS * max(1, len(pdf.pages)):
        raise scanned(name)


def _page_pieces(page: Page) -> Iterator[Piece]:
    """Yield a page's tables, and the lines between them."""
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
    tables, rest = page_tables(page, words)
    lines = without_page_numbers(lines_of(rest), float(page.height))
    for table in tables:
        above = [line for line in lines if line.top < table.top]
        lines = lines[len(above) :]
        yield above
        yield table
    yield lines


def _blocks(pieces: list[Piece]) -> Iterator[str | Table]:
    """Yield paragraphs and whole tables; text between two tables ends the first."""
    pending: list[PageTable] = []
    for piece in pieces:
        if isinstance(piece, PageTable):
            if pending and not join_pages(pending[-1], piece):
                yield to_table(pending.pop())
            if not pending or not pending[-1].taken(piece):
                pending.append(piece)
        elif piece:
            yield from map(to_table, pending)
            pending.clear()
            width = max(line.right for line in piece) - min(line.left for line in piece)
            paragraphs = join_lines(piece, width).splitlines()
            yield from filter(None, map(tidy_line, paragraphs))
    yield from map(to_table, pending)
