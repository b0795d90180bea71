import shutil

import pytest

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.reader import read_plan
from bot.intake import libreoffice
from bot.intake.document import read_document
from tests.intake.files import FILES, PLAN, REGISTRY, TITLE

TEXT_ROWS = (
    PLAN[0],
    ("I", "CHỈ ĐẠO, ĐIỀU HÀNH", "", "", ""),
    PLAN[2],
    PLAN[3],
    ("3", "Việc ba", "", "Tháng 10/2026", "- Văn phòng chủ trì;\n- Thanh tra phối hợp"),
)
SHEET_DEADLINES = ["15/6/2026", "10/2026", "Quý IV/2026", "31/12/2026", "31/12/2026"]


def read(name):
    return read_document((FILES / name).read_bytes(), name)


def test_an_odt_gives_its_lists_and_merged_cells():
    document = read("plan-text.odt")

    assert document.paragraphs == (TITLE, "- Gạch đầu dòng", "1. Một", "2. Hai")
    assert document.tables[0].rows == TEXT_ROWS


@pytest.mark.skipif(
    not any(map(shutil.which, libreoffice.PROGRAMS)), reason="LibreOffice is not installed"
)
def test_a_doc_is_read_through_libreoffice():
    assert read("plan-text.doc").tables[0].rows == TEXT_ROWS


@pytest.mark.skipif(
    not any(map(shutil.which, libreoffice.PROGRAMS)), reason="LibreOffice is not installed"
)
def test_rich_text_is_read_through_libreoffice():
    assert read_document(rb"{\rtf1 Trang 1\par }", "plan.doc").paragraphs == ("Trang 1",)


def test_a_doc_without_libreoffice_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(libreoffice, "PROGRAMS", ())

    with pytest.raises(UnreadableDocument, match=r"save it as \.docx"):
        read("plan-text.doc")


def test_an_ods_gives_dates_as_shown_and_says_what_is_hidden():
    document = read("plan-sheet.ods")

    assert [row[3] for row in document.tables[0].rows[2:]] == SHEET_DEADLINES
    assert [dict(each.params) for each in document.problems] == [
        {"sheet": "KH", "rows": "6"},
        {"sheet": "An"},
    ]


def test_an_xls_warns_of_a_date_that_may_be_a_month():
    document = read("plan-sheet.xls")

    deadlines = [row[3] for row in document.tables[0].rows[2:]]
    assert deadlines == ["15/06/2026", "01/10/2026", *SHEET_DEADLINES[2:]]
    assert {"sheet": "KH", "date": "01/10/2026"} in [
        dict(each.params) for each in document.problems
    ]


def test_what_a_file_hides_is_a_problem_of_the_plan():
    document = read("plan-sheet.ods")

    plan = read_plan(document, REGISTRY)

    assert [item.code for item in plan.items] == ["I.1", "I.2", "I.3", "I.4", "I.5"]
    assert set(document.problems) <= set(plan.problems)
