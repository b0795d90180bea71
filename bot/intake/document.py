"""The one door for files: bytes → paragraphs and tables, or a sentence that says what is wrong."""

import codecs

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_
from bot.domain.table import Document
from bot.intake import docx, xlsx
from bot.intake.archive import OfficeFile, broken
from bot.intake.markup import is_html, read_html
from bot.intake.text import read_text

MAX_BYTES = 50 * 1024 * 1024
# The container of .doc and .xls, and of every file locked by a password.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_document(data: bytes, name: str) -> Document:
    """Return the document in `data`; its content decides the format, not `name`.

    Raises:
        UnreadableDocument: empty, too large, or of a kind that cannot be read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(N_("The file {name} is empty."), name=name)
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            N_("The file {name} is larger than {limit} MB; send the plan alone."),
            name=name,
            limit=MAX_BYTES // (1024 * 1024),
        )
    if data.startswith(b"PK\x03\x04"):
        return _read_office(OfficeFile(data, name))
    if data.startswith(OLE):
        raise broken(name)
    if data.startswith(b"%PDF"):
        raise _unknown_kind(name)
    text = decode_text(data, name)
    if not text.strip():
        raise UnreadableDocument(N_("The file {name} is empty."), name=name)
    return read_html(text, name) if is_html(text) else read_text(text, name)


def _read_office(file: OfficeFile) -> Document:
    """Return a Word file; other archives are refused."""
    if docx.BODY in file.parts:
        return docx.read_docx(file)
    if xlsx.BOOK in file.parts:
        return xlsx.read_xlsx(file)
    raise _unknown_kind(file.name)


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
        raise _not_text(name) from error
    if "\x00" in text:
        raise _not_text(name)
    return text


def _unknown_kind(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        N_(
            "Files like {name} cannot be read yet; save the plan as Word (.docx), Excel (.xlsx)"
            " or text."
        ),
        name=name,
    )


def _not_text(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        N_("The file {name} is not text that can be read; save it as UTF-8 text and try again."),
        name=name,
    )
