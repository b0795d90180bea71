"""Tables as a spreadsheet (XLSX) that prints well: A4 landscape, the header on every page."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

# The longest text a cell holds; what goes beyond is cut.
LONGEST_CELL = 32_000
LONGEST_NAME = 31
HEADER_ROW = 2
# In points; no spreadsheet takes a taller row.
LINE_HEIGHT, TALLEST = 15.5, 409.0
# Letters of the font that fit in one unit of width, cautiously.
LETTERS = 1.2
FONT = "Times New Roman"
SHADE = PatternFill("solid", fgColor="E8EEF7")
SECTION = PatternFill("solid", fgColor="F5F7FA")
THIN = Side(style="thin", color="BFBFBF")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


# A moment is on the clock that is to be read, without a zone.
Value = str | int | dt.date | dt.datetime
Row = tuple[Value, ...]
DAY, MOMENT = "d/m/yyyy", "hh:mm d/m/yyyy"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in letters."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, columns, and rows of cells as long as there are columns.

    A row of a single cell is a section's head over the whole width. Texts stay texts, whatever
    they begin with; whole numbers are numbers, days and moments are such, so that they sort.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def write_sheet(sheet: Sheet) -> bytes:
    """Return the bytes of a spreadsheet with one table."""
    return write_book([sheet])


def write_book(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of a spreadsheet with a page for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _page(book.create_sheet(), sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _page(page: Worksheet, sheet: Sheet) -> None:
    page.title = "".join("-" if mark in "[]:*?/\\" else mark for mark in sheet.name)[:LONGEST_NAME]
    _put(page, 1, 1, sheet.title).font = Font(name=FONT, size=14, bold=True)
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(sheet.columns))
    page.cell(1, 1).alignment = Alignment(wrap_text=True, vertical="center")
    page.row_dimensions[1].height = 36
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        _head(_put(page, HEADER_ROW, number, column.heading))
    page.row_dimensions[HEADER_ROW].height = 2 * LINE_HEIGHT + 4
    for position, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        if len(row) == 1:
            _section(page, position, row[0], len(sheet.columns))
            continue
        page.row_dimensions[position].height = _height(row, sheet.columns)
        for number, value in enumerate(row, start=1):
            _body(_put(page, position, number, value))
    _set_up(page, len(sheet.columns), HEADER_ROW + len(sheet.rows))


def _section(page: Worksheet, position: int, value: Value, columns: int) -> None:
    for number in range(1, columns + 1):
        cell = _put(page, position, number, value if number == 1 else "")
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.border, cell.fill = LINES, SECTION
    page.row_dimensions[position].height = LINE_HEIGHT + 4


def _height(row: Row, columns: tuple[Column, ...]) -> float:
    """Return the height, in points, that shows every wrapped line: not all programs find it."""
    lines = max(
        sum(math.ceil(len(line) / (column.width * LETTERS)) or 1 for line in _lines(text))
        for text, column in zip(row, columns, strict=True)
    )
    return min(TALLEST, lines * LINE_HEIGHT + 4)


def _lines(text: Value) -> list[str]:
    """Return a value as many letters long as it is shown."""
    if isinstance(text, dt.datetime):
        return [MOMENT]
    return [DAY] if isinstance(text, dt.date) else str(text).split("\n")


def _put(page: Worksheet, row: int, column: int, text: Value) -> Cell:
    """Write `text` as text: a leading = + - @ must never become a formula."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged but the title
    if isinstance(text, int):
        cell.value = text
        return cell
    if isinstance(text, dt.date):
        cell.value = text
        cell.number_format = MOMENT if isinstance(text, dt.datetime) else DAY
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}
    return cell


def _head(cell: Cell) -> None:
    cell.font = Font(name=FONT, size=12, bold=True)
    cell.fill = SHADE
    cell.border = LINES
    cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")


def _body(cell: Cell) -> None:
    cell.font = Font(name=FONT, size=12)
    cell.border = LINES
    number = isinstance(cell.value, int | dt.date)
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", horizontal="center" if number else None
    )


def _set_up(page: Worksheet, columns: int, last_row: int) -> None:
    """Freeze and filter the header; print on A4 landscape, as wide as one page."""
    last = get_column_letter(columns)
    page.freeze_panes = f"B{HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{HEADER_ROW}:{last}{last_row}"
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.6
    page.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]
