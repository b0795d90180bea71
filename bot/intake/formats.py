"""The readers by format, and the bounds every document is held to."""

import logging
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from importlib import import_module

from bot.domain.errors import UserError
from bot.domain.reading.table import Document
from bot.intake import refusals
from bot.intake.archive import OfficeFile
from bot.intake.limits import MAX_CHARACTERS, MAX_ROWS
from bot.intake.marks import marks_problems
from bot.intake.markup import is_html, read_html
from bot.intake.separated import read_separated
from bot.intake.text import decode_text, read_text

log = logging.getLogger(__name__)


class Format(StrEnum):
    """What a file is, by its content."""

    TEXT = "text"  # also Markdown and HTML
    DOCX = "docx"
    DOC = "doc"  # turned into DOCX before it is read
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODF = "odf"  # .odt and .ods
    PDF = "pdf"


def read_format(kind: Format, data: bytes, name: str) -> Document:
    """Return the document in `data`, read in this process.

    Raises:
        UnreadableDocument: damaged, locked or past a bound; whatever a library raises becomes
            this error, for a file can be damaged in more ways than it has errors.
    """
    try:
        document = _reader(kind)(data, name)
    except UserError:
        raise
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        log.info("unreadable file", extra={"format": kind, "error": type(error).__name__})
        raise refusals.broken(name) from error
    check_size(document)
    problems = (*document.problems, *marks_problems(document))
    return replace(document, problems=problems)


def check_size(document: Document) -> None:
    """Check the bounds on rows and text.

    Raises:
        UnreadableDocument: one is passed.
    """
    if sum(len(table.rows) for table in document.tables) > MAX_ROWS:
        raise refusals.too_many_rows(document.name, MAX_ROWS)
    cells = (cell for table in document.tables for row in table.rows for cell in row)
    if sum(map(len, document.paragraphs)) + sum(map(len, cells)) > MAX_CHARACTERS:
        raise refusals.too_much_text(document.name)


def _reader(kind: Format) -> Callable[[bytes, str], Document]:
    """Return the reader of a format; its library is loaded only now."""
    if kind is Format.TEXT:
        return _read_text
    module = import_module(f"bot.intake.{READERS[kind]}")
    if kind in (Format.XLS, Format.XLSB, Format.PDF):
        reader: Callable[[bytes, str], Document] = module.read
        return reader
    of_parts: Callable[[OfficeFile], Document] = module.read

    def read_parts(data: bytes, name: str) -> Document:
        file = OfficeFile(data, name)
        file.check_xml()
        return of_parts(file)

    return read_parts


READERS = {
    Format.DOCX: "docx",
    Format.XLSX: "xlsx",
    Format.XLSB: "xls",
    Format.XLS: "xls",
    Format.ODF: "odf",
    Format.PDF: "pdf",
}


def _read_text(data: bytes, name: str) -> Document:
    """Return a page, a table of separated values, or text with tabs or pipes."""
    text = decode_text(data, name)
    if not text.strip():
        raise refusals.empty(name)
    if is_html(text):
        return read_html(text, name)
    return read_separated(text, name) or read_text(text, name)
