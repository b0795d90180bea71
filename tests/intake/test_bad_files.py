import io
import zipfile
import zlib

import pytest

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.columns import UnknownColumns
from bot.domain.reading.reader import read_plan
from bot.intake import bounded, formats, limits
from bot.intake.document import read_document
from tests.intake.files import (
    FILES,
    HEADER,
    PLAN,
    REGISTRY,
    PackedPage,
    PdfPage,
    edit_zip,
    excel_plan,
    ole_file,
    pdf_file,
    word_plan,
)

ENCRYPTION = (
    b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
)


def zip_of(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def locked_zip():
    data = bytearray(word_plan())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def locked_doc():
    text = b"\xec\xa5".ljust(10, b"\0") + b"\x00\x01"
    return ole_file("WordDocument") + text.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\r\n \x00", "is empty"),
        (ole_file("EncryptionInfo", "EncryptedPackage"), "has a password"),
        (locked_zip(), "has a password"),
        (
            edit_zip(
                (FILES / "plan-text.odt").read_bytes(),
                {"META-INF/manifest.xml": b"<manifest:encryption-data/>"},
            ),
            "has a password",
        ),
        (pdf_file([PdfPage()], ENCRYPTION), "has a password"),
        (locked_doc(), "has a password"),
        (b'<?xml version="1.0"?><Workbook><Row/></Workbook>', "cannot be read"),
        (ole_file("Something"), "cannot be read"),
        (zip_of(a="b"), "cannot be read"),
        (word_plan()[:3000], "is damaged"),
        (b"%PDF-1.7 nothing", "is damaged"),
        (ole_file("Workbook"), "is damaged"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "not text"),
        (edit_zip(word_plan(), {"word/media/x": b"0" * limits.MAX_UNPACKED}), "too large"),
        (b"a\tb\n" * 200_000, "rows"),
        (b"a" * (limits.MAX_BYTES + 1), "larger than"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(data, words):
    with pytest.raises(UnreadableDocument, match=words) as error:
        read_document(data, "plan.docx")

    assert dict(error.value.problem.params)["name"] == "plan.docx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("data", "part"),
    [(word_plan(), "word/document.xml"), (excel_plan(), "xl/workbook.xml")],
)
def test_entities_are_not_followed(data, part, encoding):
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    with pytest.raises(UnreadableDocument, match="is damaged"):
        read_document(edit_zip(data, {part: evil.encode(encoding)}), "plan")


def test_the_content_decides_not_the_name():
    assert read_document(word_plan(), "plan.xlsx").tables[0].rows[0] == HEADER
    assert read_document(excel_plan(), "plan.pdf").tables[0].rows[0] == HEADER


def test_a_word_file_inside_a_workbook_does_not_make_it_one():
    data = edit_zip(
        excel_plan(),
        {
            "[Content_Types].xml": lambda before: before.replace(
                b"<Default",
                b'<Default Extension="docx" ContentType="application/vnd.openxmlformats-'
                b'officedocument.wordprocessingml.document"/><Default',
                1,
            )
        },
    )

    assert read_document(data, "plan").tables[0].rows[0] == HEADER


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(bounded, "MAX_SECONDS", 0.01)

    with pytest.raises(UnreadableDocument, match="takes too long"):
        read_document(word_plan(), "plan.docx")


def test_a_reader_that_takes_too_much_memory_is_stopped():
    packer = zlib.compressobj(1)
    zeros = b"\0" * (8 * limits.MEGABYTE)
    packed = b"".join(packer.compress(zeros) for _ in range(limits.MAX_MEMORY // len(zeros) + 1))

    with pytest.raises(UnreadableDocument, match="takes too long"):
        read_document(pdf_file([PackedPage(packed + packer.flush())]), "plan.pdf")


def test_more_text_than_any_plan_has_is_refused(monkeypatch):
    monkeypatch.setattr(formats, "MAX_CHARACTERS", 100)

    with pytest.raises(UnreadableDocument, match="far more text"):
        formats.read_format(formats.Format.TEXT, b"word " * 50, "plan.txt")


def test_a_table_without_known_columns_says_what_they_are():
    rows = [("A", "B", "C"), *[("x", "y", "z")] * 5]
    document = read_document("\n".join("\t".join(row) for row in rows).encode(), "plan.txt")

    with pytest.raises(UnknownColumns) as error:
        read_plan(document, REGISTRY, year=2026)

    assert [column.head for column in error.value.columns] == ["A", "B", "C"]
    assert "1. A; 2. B; 3. C" in dict(error.value.problem.params)["columns"]


def test_a_plan_of_two_rows_is_a_plan():
    assert len(read_plan(read_document(excel_plan(PLAN), "x"), REGISTRY).items) == 2
