"""Spreadsheets: sections, pages, and texts that stay texts."""

import datetime as dt
import io

from openpyxl import load_workbook

from bot.reports.sheet import Column, Sheet, write_book

TABLE = Sheet(
    "Tiến độ [2026]",
    "Tiến độ kế hoạch",
    (Column("Khóa", 6), Column("STT", 8), Column("Nhiệm vụ", 40)),
    (("I. Thể chế",), (7, "I.1", "=1+1"), (8, "I.2", "@SUM(A1)")),
)


def test_each_table_has_its_page_and_its_section_rows() -> None:
    book = load_workbook(io.BytesIO(write_book([TABLE, Sheet("Hai", "t", TABLE.columns, ())])))
    page = book.worksheets[0]

    assert book.sheetnames == ["Tiến độ -2026-", "Hai"]
    assert [page.cell(row, 1).value for row in (3, 4, 5)] == ["I. Thể chế", 7, 8]


def test_no_text_becomes_a_formula() -> None:
    page = load_workbook(io.BytesIO(write_book([TABLE]))).worksheets[0]

    assert [page.cell(row, 3).data_type for row in (4, 5)] == ["s", "s"]
    assert page.cell(4, 3).quotePrefix


def test_numbers_days_and_moments_are_such_and_not_texts() -> None:
    moment = dt.datetime.fromisoformat("2026-04-05 09:30")
    columns = (Column("Số", 6), Column("Ngày", 12), Column("Lúc", 16))
    table = Sheet("Một", "t", columns, ((12, moment.date(), moment), (3, "", "")))

    page = load_workbook(io.BytesIO(write_book([table]))).worksheets[0]

    first = [page.cell(3, column) for column in (1, 2, 3)]
    assert [cell.data_type for cell in first] == ["n", "d", "d"]
    assert [cell.value for cell in first] == [12, moment.replace(hour=0, minute=0), moment]
    assert [cell.number_format for cell in first[1:]] == ["d/m/yyyy", "hh:mm d/m/yyyy"]


def test_the_header_is_frozen_filtered_and_printed_on_every_page() -> None:
    page = load_workbook(io.BytesIO(write_book([TABLE]))).worksheets[0]

    assert page.freeze_panes == "B3"
    assert page.auto_filter.ref == "A2:C5"
    assert page.print_title_rows == "$2:$2"
    assert page.page_setup.orientation == "landscape"
