"""The one door for files: bytes → paragraphs and tables, or a sentence that says what is wrong.

The content decides the format, never the name. Formats: tab-separated text, Markdown, HTML,
Word (.docx, .docm, and .doc where LibreOffice is installed), Excel (.xlsx, .xlsm, .xls),
OpenDocument (.odt, .ods) and PDF with text. The bounds stand in `bot.intake.limits`.
"""

import re

from bot.domain.reading.table import Document
from bot.intake import refusals
from bot.intake.archive import OfficeFile
from bot.intake.bounded import read_in_child
from bot.intake.formats import Format, read_format
from bot.intake.libreoffice import doc_to_docx
from bot.intake.limits import MAX_BYTES, SHORT_TEXT
from bot.intake.ole import OLE, has_stream, is_locked_doc
from bot.intake.text import decode_text

__all__ = ["decode_text", "find_format", "read_document"]

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
PDF = b"%PDF-"
# What Word saves under .doc at times; LibreOffice reads it like one.
RTF = b"{\\rtf"
# Workbooks and texts of 2003 as bare XML would pass for text full of tags.
XML = b"<?xml"
PAGE = re.compile(rb"<\s*(?:table|html|body)\b|\x00", re.I)
HTML = re.compile(rb"<\s*html\b", re.I)
MAIN_PART = re.compile(
    rb"(wordprocessingml|ms-word|spreadsheetml|ms-excel\.sheet\.binary|ms-excel)\.[\w.]*main\b"
)
PACKED = {
    b"wordprocessingml": Format.DOCX,
    b"ms-word": Format.DOCX,
    b"spreadsheetml": Format.XLSX,
    b"ms-excel.sheet.binary": Format.XLSB,
    b"ms-excel": Format.XLSX,
}


def read_document(data: bytes, name: str) -> Document:
    """Return the document in `data`; its content decides the format, not `name`.

    Raises:
        UnreadableDocument: empty, too large, locked, damaged, or of a kind that cannot be read;
            `ScannedDocument` where it holds pictures of pages only.
    """
    kind = find_format(data, name)
    if kind is Format.DOC:
        data, kind = doc_to_docx(data, name), Format.DOCX
    if kind is Format.TEXT and len(data) <= SHORT_TEXT and not PAGE.search(data):
        return read_format(kind, data, name)
    return read_in_child(kind, data, name)


def find_format(data: bytes, name: str) -> Format:
    """Return the format of `data` by its first bytes and the parts inside.

    Raises:
        UnreadableDocument: empty, too large, locked, or of a kind that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise refusals.too_big(name)
    if not data.strip(b"\x00 \t\r\n"):
        raise refusals.empty(name)
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _find_packed(OfficeFile(data, name))
    if data.startswith(OLE):
        return _find_old(data, name)
    if data.startswith(RTF):
        return Format.DOC
    if XML in data[:8] and not HTML.search(data[:4096]):
        raise refusals.unknown_kind(name)
    return Format.PDF if PDF in data[:1024] else Format.TEXT


def _find_packed(file: OfficeFile) -> Format:
    """Return the format of a zip by its main part; files embedded in it do not count."""
    types = file.read("[Content_Types].xml")
    if main := MAIN_PART.search(types):
        return PACKED[main[1]]
    mimetype = file.read("mimetype")
    if b"opendocument.text" in mimetype or b"opendocument.spreadsheet" in mimetype:
        return Format.ODF
    for part, kind in (("word/document.xml", Format.DOCX), ("xl/workbook.xml", Format.XLSX)):
        if part in file.parts:
            return kind
    raise refusals.unknown_kind(file.name)


def _find_old(data: bytes, name: str) -> Format:
    """Return the format of an OLE container.

    Raises:
        UnreadableDocument: it is locked by a password, or holds no plan.
    """
    if has_stream(data, "EncryptedPackage"):
        raise refusals.locked(name)
    if has_stream(data, "Workbook") or has_stream(data, "Book"):
        return Format.XLS
    if has_stream(data, "WordDocument"):
        if is_locked_doc(data):
            raise refusals.locked(name)
        return Format.DOC
    raise refusals.unknown_kind(name)
