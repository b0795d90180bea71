"""A draft document: laid out by Nghị định 30/2020/NĐ-CP, without number, day or signature."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt

from bot.reports.official import (
    ANNEX_LEFT,
    ANNEX_RIGHT,
    Gap,
    Heading,
    Official,
    Paragraph,
    write_official,
)
from bot.reports.official_parts import GridTable
from handlers.render_progress_table import COLUMNS

ANNEX = GridTable(
    (("STT", 1.5), ("Nhiệm vụ", 12.0), ("Tiến độ", 4.0)),
    (("I. Cải cách thể chế",), *((f"I.{n}", "=Rà soát", "30/4") for n in range(1, 60))),
    frozenset({0, 2}),
)
DRAFT = Official(
    parent="ỦY BAN NHÂN DÂN TỈNH MẪU",
    body_name="SỞ TƯ PHÁP",
    nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập – Tự do – Hạnh phúc",
    number="Số:        /BC-STP",
    place_and_day="Mẫu, ngày      tháng      năm 2026",
    kind="BÁO CÁO",
    about="Kết quả thực hiện kế hoạch quý I năm 2026",
    to="Kính gửi: Ủy ban nhân dân tỉnh",
    blocks=(Heading("I. CHỈ ĐẠO"), Paragraph("Giao 12 nhiệm vụ."), Gap("[Nêu nguyên nhân]")),
    receivers_title="Nơi nhận:",
    receivers=("- Như trên;", "- Lưu: VT."),
    signer=("GIÁM ĐỐC",),
    annex_title=("PHỤ LỤC", "TIẾN ĐỘ", "(Kèm theo Báo cáo)"),
    annex=ANNEX,
)


@pytest.fixture(scope="module")
def document():  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(write_official(DRAFT)))


def test_the_page_is_a4_with_the_decrees_margins(document) -> None:  # type: ignore[no-untyped-def]
    first = document.sections[0]

    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert len(document.sections) == 2
    for page in document.sections:
        assert Mm(20) <= page.top_margin <= Mm(25)
        assert Mm(20) <= page.bottom_margin <= Mm(25)
        assert Mm(30) <= page.left_margin <= Mm(35)
        assert Mm(15) <= page.right_margin <= Mm(20)


def test_the_annexs_table_fits_between_its_margins() -> None:
    width = ANNEX_LEFT.cm + sum(width for _, _, width in COLUMNS) + ANNEX_RIGHT.cm

    assert width <= 29.7 + 0.001


def test_the_annex_lies_across(document) -> None:  # type: ignore[no-untyped-def]
    annex = document.sections[1]

    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert annex.page_width > annex.page_height


def test_pages_are_numbered_on_top_but_not_the_first(document) -> None:  # type: ignore[no-untyped-def]
    first = document.sections[0]

    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml


def test_every_letter_is_times_new_roman_of_the_decrees_sizes(document) -> None:  # type: ignore[no-untyped-def]
    style = document.styles["Normal"]
    sizes = {
        run.font.size
        for holder in (document, *(c for t in document.tables[:1] for c in t._cells))
        for paragraph in holder.paragraphs
        for run in paragraph.runs
    }

    assert style.font.name == "Times New Roman"
    assert sizes <= {Pt(12), Pt(13), Pt(14)}


def test_the_head_names_nation_and_office_and_leaves_number_and_day_open(document) -> None:  # type: ignore[no-untyped-def]
    said = [cell.text.strip() for cell in document.tables[0]._cells]

    assert said[0].split("\n")[:2] == [DRAFT.parent, DRAFT.body_name]
    assert said[1].split("\n")[:2] == [DRAFT.nation, DRAFT.motto]
    assert said[2:] == [DRAFT.number, DRAFT.place_and_day]


def test_without_a_body_above_it_the_office_stands_alone() -> None:
    alone = Document(io.BytesIO(write_official(replace(DRAFT, parent=""))))

    assert alone.tables[0]._cells[0].text.strip() == DRAFT.body_name


def test_what_people_must_write_is_marked(document) -> None:  # type: ignore[no-untyped-def]
    gap = next(p for p in document.paragraphs if p.text == "[Nêu nguyên nhân]")

    assert gap.runs[0].font.highlight_color == WD_COLOR_INDEX.YELLOW


def test_the_annex_keeps_its_sections_and_repeats_its_heading(document) -> None:  # type: ignore[no-untyped-def]
    table = document.tables[-1]
    section = table.rows[1]

    assert len(table.rows) == 1 + len(ANNEX.rows)
    assert len(section._tr.tc_lst) == 1
    assert section.cells[0].text == "I. Cải cách thể chế"
    assert "tblHeader" in table.rows[0]._tr.xml
    assert table.rows[2].cells[1].text == "=Rà soát"


def test_marks_that_a_document_cannot_hold_are_left_out() -> None:
    odd = replace(DRAFT, about="Báo\x00 cáo\x0b")

    assert write_official(odd)[:2] == b"PK"
