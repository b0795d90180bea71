"""Excel workbooks (.xlsx, .xlsm) through openpyxl: each sheet's rows as they look.

Hidden sheets, rows and columns are read and said in a problem: a filter hides no duty, and nothing
enters unseen. Comments and drawings are left out. What openpyxl cannot open (it is strict about
styles) calamine reads, with less.
"""

import io
import re
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.table import Document, Table
from bot.intake import xls
from bot.intake.archive import OfficeFile
from bot.intake.cells import is_footnote_mark, tidy_cell
from bot.intake.grid import Cell
from bot.intake.left_out import struck_text
from bot.intake.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from bot.intake.refusals import too_many_pages, too_many_rows
from bot.intake.sheets import sheet_blocks
from bot.intake.xlsx_values import may_be_swapped, shown

ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
UNCOUNTED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
MAX_MERGED_ROWS = 2000
MAX_LISTED = 20


def read(file: OfficeFile) -> Document:
    """Return the sheets of a workbook in order; a real date is written as its cell shows it.

    Raises:
        UnreadableDocument: more rows or sheets than the bounds.
    """
    uncounted = _check_sheets(file)
    try:
        book = load_workbook(io.BytesIO(file.data), data_only=True, rich_text=True)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return xls.read(file.data, file.name)
    if len(book.worksheets) > MAX_SHEETS:
        raise too_many_pages(file.name, MAX_SHEETS)
    problems = [*_book_problems(book, file, uncounted)]
    blocks: list[str | Table] = []
    for sheet in book.worksheets:
        blocks += sheet_blocks(_rows(sheet, problems))
        problems += _hidden(sheet)
    return Document(tuple(blocks), file.name, tuple(problems))


def _check_sheets(file: OfficeFile) -> int:
    """Check the size of each sheet before it is opened; return its formulas without a value."""
    uncounted = 0
    for part in file.parts:
        if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
            continue
        data = file.read(part)
        merged = (int(found[4]) - int(found[2]) for found in MERGE.finditer(data))
        if len(ROW.findall(data)) > MAX_ROWS or any(rows > MAX_MERGED_ROWS for rows in merged):
            raise too_many_rows(file.name, MAX_ROWS)
        uncounted += len(UNCOUNTED.findall(data))
    return uncounted


def _rows(sheet: Worksheet, problems: list[Problem]) -> list[list[Cell]]:
    """Return a sheet's cells as they look; None where one goes on from the cell above."""
    below = {
        (row, span.min_col)
        for span in sheet.merged_cells.ranges
        for row in range(span.min_row + 1, span.max_row + 1)
    }
    if sheet.max_column > MAX_COLUMNS and any(
        cell.value is not None for row in sheet.iter_rows(min_col=MAX_COLUMNS + 1) for cell in row
    ):
        text = N_("Sheet {sheet} has more than {limit} columns; the others were not read.")
        problems.append(problem(text, sheet=sheet.title, limit=MAX_COLUMNS))
    rows = sheet.iter_rows(max_col=min(sheet.max_column, MAX_COLUMNS))
    return [[_cell(cell, below, problems) for cell in row] for row in rows]


def _cell(
    cell: SheetCell | MergedCell, below: set[tuple[int, int]], problems: list[Problem]
) -> Cell:
    """Return a cell's text; a date that may have day and month swapped is a problem too."""
    if (cell.row, cell.column) in below:
        return None
    if isinstance(cell, MergedCell) or cell.value is None:
        return ""
    if cell.font.strike:
        _tell(struck_text(), problems)
        return ""
    value = _standing(cell.value, problems) if isinstance(cell.value, CellRichText) else cell.value
    text = tidy_cell(shown(value, cell.number_format))
    if may_be_swapped(cell.value, cell.number_format):
        message = N_("Cell {cell} of sheet {sheet} holds {date}; check its day and month.")
        where = f"{get_column_letter(cell.column)}{cell.row}"
        problems.append(problem(message, cell=where, sheet=cell.parent.title, date=text))
    return text


def _standing(text: CellRichText, problems: list[Problem]) -> str:
    """Return the text of a cell without its footnote marks and what is struck out in it."""
    standing = ""
    for piece in text:
        if not isinstance(piece, TextBlock):
            standing += piece
        elif piece.font.strike:
            if piece.text.strip():
                _tell(struck_text(), problems)
        elif piece.font.vertAlign != "superscript" or not is_footnote_mark(piece.text, standing):
            standing += piece.text
    return standing


def _tell(said: Problem, problems: list[Problem]) -> None:
    """Add a problem that is told once."""
    if said not in problems:
        problems.append(said)


def _book_problems(book: Workbook, file: OfficeFile, uncounted: int) -> Iterator[Problem]:
    """Yield what a workbook holds that is not read as it looks."""
    if any(part.lower().endswith("vbaproject.bin") for part in file.parts):
        yield problem(N_("The file has macros; they were not run, only its text was read."))
    if uncounted:
        text = N_(
            "{count} formulas have no value; open the file in Excel, save it, send it again."
        )
        yield problem(text, count=uncounted)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            text = N_("The hidden sheet {sheet} was read too; delete it if it is not in the plan.")
            yield problem(text, sheet=sheet.title)


def _hidden(sheet: Worksheet) -> Iterator[Problem]:
    """Yield the hidden rows and columns of a sheet that hold something."""
    rows = [
        str(at)
        for at, row in sorted(sheet.row_dimensions.items())
        if row.hidden and at <= sheet.max_row and any(cell.value for cell in sheet[at])
    ]
    if rows:
        text = N_("Hidden rows of sheet {sheet} were read too: {rows}.")
        yield problem(text, sheet=sheet.title, rows=_listed(rows))
    columns = [
        get_column_letter(at)
        for column in sheet.column_dimensions.values()
        if column.hidden
        for at in range(column.min or 1, min(column.max or 1, sheet.max_column, MAX_COLUMNS) + 1)
    ]
    if columns:
        text = N_("Hidden columns of sheet {sheet} were read too: {columns}.")
        yield problem(text, sheet=sheet.title, columns=_listed(columns))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MAX_LISTED]) + ("…" if len(names) > MAX_LISTED else "")
