import pytest

from bot.domain.plan import UnreadableDocument
from bot.intake import ocr
from bot.intake.document import read_document
from bot.intake.ocr import ScannedDocument
from tests.intake.files import PdfPage, pdf_file

EDGES = (50, 80, 200, 300)
HEAD = ("STT", "Nhiem vu", "Thoi han")


def draw(rows, tops, head=HEAD):
    """Return a page with a header and rows of lines; `tops` are the rules under the header."""
    page = PdfPage()
    page.grid(EDGES, (40, *tops))
    for x, words in zip(EDGES, head, strict=False):
        page.text(x + 5, 52, words)
    for top, row in zip(tops, rows, strict=False):
        for x, lines in zip(EDGES, row, strict=False):
            for count, line in enumerate(lines.split("|")):
                page.text(x + 5, top + 12 + 12 * count, line)
    return page


def read(*pages):
    return read_document(pdf_file(pages), "plan.pdf")


def test_a_wrapped_line_goes_on_and_a_short_one_ends():
    document = read(
        draw([("1", "Bao cao ket qua thuc hien|nhiem vu|Gui Van phong", "30/6")], (60, 120))
    )

    assert document.tables[0].rows[1] == (
        "1",
        "Bao cao ket qua thuc hien nhiem vu\nGui Van phong",
        "30/6",
    )


def test_a_row_cut_by_a_page_is_one_row_and_the_header_stands_once():
    first = draw([("1", "Mot", "30/6"), ("2", "Bao cao ket qua thuc hien", "Quy")], (60, 90, 120))
    second = draw([("", "nhiem vu", ""), ("3", "Ba", "31/12")], (60, 90, 120))
    first.text(300, 780, "1")
    second.text(300, 780, "2")

    document = read(first, second)

    assert document.blocks == (document.tables[0],)
    assert document.tables[0].rows == (
        HEAD,
        ("1", "Mot", "30/6"),
        ("2", "Bao cao ket qua thuc hien nhiem vu", "Quy"),
        ("3", "Ba", "31/12"),
    )


def test_text_between_tables_parts_them():
    first = draw([("1", "Mot", "30/6")], (60, 90))
    first.text(50, 200, "PHU LUC 2")

    blocks = read(first, draw([("1", "Hai", "30/6")], (60, 90))).blocks

    assert blocks[1] == "PHU LUC 2"
    assert [table.rows[1][1] for table in (blocks[0], blocks[2])] == ["Mot", "Hai"]


@pytest.mark.parametrize("installed", [True, False])
def test_a_scan_is_refused_with_what_can_be_done(monkeypatch, installed):
    monkeypatch.setattr(ocr, "can_recognise", lambda: installed)

    said = ocr.scanned("scan.pdf").problem.msgid
    with pytest.raises(ScannedDocument, match="is a scan"):
        read(PdfPage())

    assert ("install ocrmypdf" in said) is not installed


def test_ocr_without_its_program_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "can_recognise", lambda: False)

    with pytest.raises(ScannedDocument, match="install ocrmypdf"):
        ocr.ocr_pdf(pdf_file([PdfPage()]), "scan.pdf")


def test_too_many_pages_are_refused():
    with pytest.raises(UnreadableDocument, match="pages"):
        read(*[PdfPage() for _ in range(401)])
