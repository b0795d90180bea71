import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.table import Table
from bot.intake.document import read_document
from bot.intake.xlsx_values import may_be_swapped, shown
from tests.intake.files import HEADER, PLAN, edit_zip, excel_plan, save


def read(book):
    return read_document(save(book), "plan.bin")


def said(document):
    return [dict(each.params) for each in document.problems]


def test_title_rows_become_paragraphs_and_the_rest_a_table():
    book = Workbook()
    book.active.append(("SỞ TƯ PHÁP", None, "CỘNG HÒA"))
    book.active.append(("KẾ HOẠCH NĂM 2026",))
    book.active.append(HEADER)
    book.active.append((1, "Một", None, "30/6"))

    document = read(book)

    assert document.blocks == (
        "SỞ TƯ PHÁP",
        "CỘNG HÒA",
        "KẾ HOẠCH NĂM 2026",
        Table((HEADER, ("1", "Một", "", "30/6")), starts_anew=True),
    )
    assert document.problems == ()


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (dt.date(2026, 6, 30), "dd/mm/yyyy", "30/06/2026"),
        (dt.datetime.fromisoformat("2026-06-30T17:00"), "dd/mm/yyyy hh:mm", "30/06/2026"),
        (dt.date(2026, 6, 30), "mm-dd-yy", "30/06/2026"),
        (dt.date(2026, 6, 1), "mmm-yy", "06/2026"),
        (dt.date(2026, 6, 1), '"Tháng "mm/yyyy', "Tháng 06/2026"),
        (dt.date(2025, 6, 30), '"Trước ngày "dd/mm/yyyy', "Trước ngày 30/06/2025"),
        (dt.date(2025, 6, 30), '"Sau ngày "dd/mm', "Sau ngày 30/06"),
        (dt.date(2025, 6, 30), r"\S\a\u\ dd\-mm\-yyyy;@", "Sau 30/06/2025"),
        (
            dt.date(2025, 6, 30),
            '[$-42A]dd/mm/yyyy" (chậm nhất; gấp)"',
            "30/06/2025 (chậm nhất; gấp)",
        ),
        (dt.date(2025, 6, 30), 'dd" tháng "mm" năm "yyyy;@', "30/06/2025"),
        (dt.date(2025, 6, 30), '"Trước "hh:mm "ngày "dd/mm/yyyy', "Trước ngày 30/06/2025"),
        ("30/6", '"Trước "@', "Trước 30/6"),
        ("30/6", "@", "30/6"),
        (dt.date(2025, 6, 15), "d-mmm", "15/06"),
        (dt.date(2026, 1, 1), "yyyy", "2026"),
        (dt.date(2026, 6, 30), "[$-42A]dd mmmm yyyy", "30/06/2026"),
        (2026, "General", "2026"),
        (6, '"Tháng "0', "Tháng 6"),
        (0.95, "0%", "95%"),
        (1.5, "General", "1.5"),
        (1.0, "General", "1"),
        (True, "General", "TRUE"),
        (dt.time(17, 0), "h:mm", "17:00:00"),
    ],
)
def test_a_cell_gives_what_it_shows(value, number_format, text):
    assert shown(value, number_format) == text


def test_a_day_that_could_be_a_month_is_told():
    day = dt.date(2026, 5, 6)

    assert may_be_swapped(day, "m/d/yyyy")
    assert not may_be_swapped(day, "d/m/yyyy")
    assert not may_be_swapped(day, "mm-dd-yy")
    assert not may_be_swapped(day, "mmm d, yyyy")
    assert not may_be_swapped(dt.date(2026, 5, 16), "m/d/yyyy")
    assert not may_be_swapped("5/6", "m/d/yyyy")


def test_a_swapped_date_is_a_problem_with_its_cell():
    book = Workbook()
    book.active.append(HEADER)
    book.active.append((1, "Một", None, dt.date(2026, 5, 6)))
    book.active["D2"].number_format = "m/d/yyyy"

    assert said(read(book)) == [{"cell": "D2", "sheet": "Sheet", "date": "06/05/2026"}]


def test_hidden_rows_columns_and_sheets_are_read_and_said():
    book = Workbook()
    for row in PLAN:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    old = book.create_sheet("Cũ")
    old.append(("một", "hai"))
    old.sheet_state = "hidden"

    document = read(book)

    assert document.tables[0].rows[2] == PLAN[2]
    assert document.tables[1].rows == (("một", "hai"),)
    assert said(document) == [
        {"sheet": "Cũ"},
        {"sheet": "Sheet", "rows": "3"},
        {"sheet": "Sheet", "columns": "C"},
    ]


def test_several_sheets_come_in_order_and_each_starts_anew():
    book = Workbook()
    book.active.append(("một", "1"))
    book.create_sheet("b").append(("hai", "2"))

    tables = read(book).tables

    assert [(table.rows[0][0], table.starts_anew) for table in tables] == [
        ("một", True),
        ("hai", True),
    ]


def test_a_section_merged_across_stands_once_and_a_deadline_merged_down_is_each_tasks_own():
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(("I. PHẦN",))
    sheet.merge_cells("A2:E2")
    sheet.append((1, "Một", "x", "30/6/2026", "Văn phòng"))
    sheet.append((2, "Hai", "y"))
    sheet.merge_cells("D3:D4")
    sheet.append((None, "Hai nữa"))

    assert read(book).tables[0].rows[1:] == (
        ("I. PHẦN",),
        ("1", "Một", "x", "30/6/2026", "Văn phòng"),
        ("2", "Hai", "y", "30/6/2026"),
        ("", "Hai nữa"),
    )


def test_a_formula_without_a_value_is_said():
    book = Workbook()
    book.active.append(HEADER)
    book.active.append((1, "=A1&A2", None, "30/6"))

    assert said(read(book)) == [{"count": "1"}]


def test_macros_are_left_alone_and_said():
    data = edit_zip(
        excel_plan(),
        {
            "xl/vbaProject.bin": b"macro",
            "[Content_Types].xml": lambda before: before.replace(
                b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                b"vnd.ms-excel.sheet.macroEnabled.main",
            ),
        },
    )

    document = read_document(data, "plan.xlsm")

    assert document.tables[0].rows[2] == PLAN[2]
    assert len(document.problems) == 1


def test_a_workbook_that_openpyxl_refuses_is_read_all_the_same():
    data = edit_zip(
        excel_plan(),
        {"xl/styles.xml": lambda before: before.replace(b'"gray125"', b'"odd"')},
    )
    with pytest.raises(ValueError, match="could not read stylesheet"):
        load_workbook(io.BytesIO(data))

    document = read_document(data, "plan.xlsx")

    assert document.tables[0].rows[2] == PLAN[2]


@pytest.mark.parametrize(
    "sheet",
    [
        b"<row/>" * 200_000,
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
    ],
)
def test_too_many_rows_are_refused(sheet):
    data = edit_zip(
        excel_plan(),
        {
            "xl/worksheets/sheet1.xml": lambda before: before.replace(
                b"</sheetData>", sheet + b"</sheetData>"
            )
        },
    )

    with pytest.raises(UnreadableDocument, match="rows"):
        read_document(data, "plan.xlsx")


def test_what_is_struck_out_is_left_out_and_told():
    book = Workbook()
    book.active.append((1, "Một", "30/6"))
    book.active["C1"].font = Font(strike=True)
    book.active["B1"] = CellRichText(
        "Trước 15/1",
        TextBlock(InlineFont(vertAlign="superscript"), "1"),
        TextBlock(InlineFont(strike=True), " 30/6"),
        TextBlock(InlineFont(b=True), " gấp"),
    )

    document = read(book)

    assert document.tables[0].rows == (("1", "Trước 15/1 gấp"),)
    assert ["struck-out" in each.msgid for each in document.problems] == [True]
