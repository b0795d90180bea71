"""Damaged files of every format: each is read or refused, and nothing else happens."""

import io
import random

import pytest

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.table import Document
from bot.intake.document import find_format
from bot.intake.formats import Format, read_format
from tests.intake.files import FILES, PdfPage, edit_zip, excel_plan, pdf_file, word_plan

ROUNDS = 60
PAGE = PdfPage()
PAGE.grid((50, 100, 300), (40, 60, 80))
PAGE.text(55, 52, "STT")
PAGE.text(105, 52, "Nhiem vu")
WHOLE = {
    "docx": word_plan(),
    "xlsx": excel_plan(),
    "pdf": pdf_file([PAGE, PAGE]),
    "xls": (FILES / "plan-sheet.xls").read_bytes(),
    "ods": (FILES / "plan-sheet.ods").read_bytes(),
    "odt": (FILES / "plan-text.odt").read_bytes(),
    "html": "<table><tr><td>Một<ul><li>Hai</ul></table>".encode() * 9,
    "text": "STT\tViệc\n1\t<p>Một</p>\n| a | b |\n".encode() * 9,
}
# Parts whose damage inside an intact zip reaches the reader itself.
PARTS = {
    "docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"),
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"),
    "ods": ("content.xml", "styles.xml"),
    "odt": ("content.xml", "styles.xml"),
}


def damage(data, chance):
    """Return bytes with pieces cut, flipped, doubled or moved."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not changed:
            break
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.choice((1, 4, 40, 400)))
        match chance.randrange(5):
            case 0:
                del changed[start:]
            case 1:
                changed[start] ^= 1 << chance.randrange(8)
            case 2:
                changed[start:start] = changed[start:end]
            case 3:
                changed[start:end] = chance.choice((b"", b"999999999", b"<", b"\x00" * 9))
            case _:
                place = chance.randrange(len(changed))
                changed[place:place] = changed[start:end]
    return bytes(changed)


def read_or_refuse(data):
    try:
        kind = find_format(data, "plan")
        assert isinstance(read_format(kind, data, "plan"), Document) or kind is Format.DOC
    except UnreadableDocument:
        return


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.filterwarnings("ignore")
def test_damaged_files_are_read_or_refused(name):
    chance = random.Random(f"bytes of {name}")
    for _ in range(ROUNDS):
        read_or_refuse(damage(WHOLE[name], chance))


@pytest.mark.parametrize(
    ("name", "part"), [(n, part) for n, parts in PARTS.items() for part in parts]
)
@pytest.mark.filterwarnings("ignore")
def test_damaged_parts_are_read_or_refused(name, part):
    chance = random.Random(f"{part} of {name}")
    for _ in range(ROUNDS // 3):
        read_or_refuse(edit_zip(WHOLE[name], {part: lambda before: damage(before, chance)}))


def test_every_whole_file_is_read():
    for name, data in WHOLE.items():
        assert read_format(find_format(data, name), data, name).blocks, name


def test_a_pdf_with_damaged_content_is_read_or_refused():
    chance = random.Random("content")
    for _ in range(ROUNDS // 3):
        page = PdfPage()
        page.__dict__["_drawn"] = [damage(PAGE.content, chance).decode("latin-1")]
        read_or_refuse(pdf_file([page]))


def test_noise_is_read_or_refused():
    chance = random.Random("noise")
    for head in (b"PK\x03\x04", b"%PDF-1.4\n", bytes.fromhex("d0cf11e0a1b11ae1"), b"<html>", b""):
        for _ in range(ROUNDS // 3):
            read_or_refuse(io.BytesIO(head + chance.randbytes(2000)).getvalue())
