"""Old and binary Excel workbooks (.xls, .xlsb) through calamine.

calamine gives a date without the format it is shown in and knows no hidden rows: where that could
change a deadline, a problem says so.
"""

import datetime as dt
import io

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.table import Document, Table
from bot.intake.cells import tidy_cell
from bot.intake.grid import Cell
from bot.intake.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from bot.intake.ole import has_stream
from bot.intake.refusals import locked, too_many_pages, too_many_rows
from bot.intake.sheets import sheet_blocks
from bot.intake.xlsx_values import shown


def read(data: bytes, name: str) -> Document:
    """Return the sheets of a workbook in order.

    Raises:
        UnreadableDocument: a password is needed, or there are more rows or sheets than allowed.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise locked(name) from error
    if len(book.sheet_names) > MAX_SHEETS:
        raise too_many_pages(name, MAX_SHEETS)
    problems = [problem(N_("Rows hidden in this kind of file are read like the others."))]
    if has_stream(data, "_VBA_PROJECT_CUR"):
        problems.append(
            problem(N_("The file has macros; they were not run, only its text was read."))
        )
    blocks: list[str | Table] = []
    for at, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(at)
        if sheet.height > MAX_ROWS:
            raise too_many_rows(name, MAX_ROWS)
        found = sheet_blocks(_rows(sheet, problems))
        if found and meta.visible is not SheetVisibleEnum.Visible:
            text = N_("The hidden sheet {sheet} was read too; delete it if it is not in the plan.")
            problems.append(problem(text, sheet=meta.name))
        blocks += found
    return Document(tuple(blocks), name, tuple(problems))


def _rows(sheet: CalamineSheet, problems: list[Problem]) -> list[list[Cell]]:
    """Return a sheet's cells; None where one goes on from the cell above."""
    top, left = sheet.start or (0, 0)
    below = {
        (row - top, first[1] - left)
        for first, last in sheet.merged_cell_ranges or ()
        for row in range(first[0] + 1, min(last[0], MAX_ROWS) + 1)
    }
    rows: list[list[Cell]] = []
    for at, values in enumerate(sheet.to_python()):
        for value in values[:MAX_COLUMNS]:
            if isinstance(value, dt.date) and value.day == 1:
                text = N_("Sheet {sheet} holds the date {date}; check that its day is meant.")
                problems.append(problem(text, sheet=sheet.name, date=f"{value:%d/%m/%Y}"))
        cells = [tidy_cell(shown(value, "General")) for value in values[:MAX_COLUMNS]]
        rows.append([None if (at, col) in below else cell for col, cell in enumerate(cells)])
    return rows
