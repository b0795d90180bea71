"""Gather the rows of an appendix into one record per task, sections and page breaks resolved."""

import re
from dataclasses import dataclass, field

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.column_phrases import FOOT_PATTERN, Column
from bot.domain.reading.columns import (
    Layout,
    find_layout,
    find_second_row,
    is_counting_row,
    unread_cells,
)
from bot.domain.reading.table import Document, Row, Table
from bot.domain.units.text import bare

ROMAN = r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})"
SECTION_CELL = re.compile(rf"^({ROMAN}|[A-HK])[.):]?$")
SECTION_HEAD = re.compile(rf"^({ROMAN}|[A-HK])(?:[.):]\s*|\s+)(\S.*)$", re.S)
NUMBER = re.compile(r"^(\d{1,4}(?:\.\d{1,3})*(?:\.?[a-zđ])?|[a-zđ])[.):]?$")
# A table this narrow after a plan's wider one holds receivers and a signature.
ASIDE_WIDTH = 2


@dataclass(slots=True)
class TaskRows:
    """What the rows of one task hold, by column; `number` is as in its section ("5")."""

    section_code: str
    section: str
    number: str
    cells: dict[Column, str]
    numbered: bool = True


@dataclass(slots=True)
class Gathered:
    """The tasks of a document in order, with the rows and layouts that made trouble."""

    tasks: list[TaskRows] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    unread: list[dict[int, str]] = field(default_factory=list)
    section_code: str = ""
    section: str = ""


def gather_tasks(document: Document, columns: Layout | None = None) -> Gathered:
    """Return the tasks of every table of `document` that has, or continues, a plan's header.

    `columns` are those a person named: they hold in every table, whatever its header says.
    """
    gathered = Gathered(layouts=[columns] if columns else [])
    layout = previous = None
    for table in document.tables:
        if table.starts_anew:
            layout = previous = None
        if columns:
            _gather_named(table, columns, gathered)
            continue
        aside = layout is not None and _is_aside(table, layout)
        for row in table.rows:
            if found := find_layout(row):
                layout = previous = found
                gathered.layouts.append(found)
                gathered.unread.append(unread_cells(row, found))
            elif previous and (second := find_second_row(row, previous)):
                layout = gathered.layouts[-1] = second
                for at in second.values():
                    gathered.unread[-1].pop(at, None)
                previous = None
            elif layout and any(row) and not is_counting_row(row):
                previous = None
                if _is_foot(row):
                    break
                _place({} if aside else layout, row, gathered)
    return gathered


def _gather_named(table: Table, columns: Layout, gathered: Gathered) -> None:
    """Take the rows of a table by the columns a person named, from its first task on."""
    begun = False
    for at, row in enumerate(table.rows):
        number = columns.get(Column.NUMBER)
        if number is None:
            begun = begun or at > 0
        elif not begun:
            cell = row[number] if number < len(row) else ""
            begun = bool(NUMBER.match(cell) or _section_head(row))
        if not begun or not any(row) or find_layout(row) or is_counting_row(row):
            continue
        if _is_foot(row):
            break
        _place(columns, row, gathered)


def _is_aside(table: Table, layout: Layout) -> bool:
    """Tell whether a table is too narrow to go on with a plan's: a signature beside receivers."""
    width = max((len(row) for row in table.rows), default=0)
    heads = any(_section_head(row) or (row and NUMBER.match(row[0])) for row in table.rows)
    return width <= ASIDE_WIDTH < len(layout) and not heads


def _is_foot(row: Row) -> bool:
    """Tell whether a row stands below the table: receivers, signature."""
    filled = [bare(cell) for cell in row if cell]
    return bool(filled and re.match(FOOT_PATTERN, filled[0]) and len(filled) <= ASIDE_WIDTH)


def _place(layout: Layout, row: Row, gathered: Gathered) -> None:
    """Take `row` as a section's head, a new task, or more of the task before it."""
    if head := _section_head(row):
        gathered.section_code, title = head
        gathered.section = f"{gathered.section_code}. {title}"
        return
    cells = {column: row[at] for column, at in layout.items() if at < len(row) and row[at]}
    number = NUMBER.match(_in_section(cells.get(Column.NUMBER, ""), gathered.section_code))
    if not layout:
        gathered.problems.append(_stray(row))
    elif Column.NUMBER not in layout:
        _place_unnumbered(cells, gathered)
    elif number:
        code, section = gathered.section_code, gathered.section
        gathered.tasks.append(TaskRows(code, section, _plain_number(number[1]), cells))
    else:
        _continue(cells, gathered)


def _section_head(row: Row) -> tuple[str, str] | None:
    """Return numeral and title of a section's head, in one cell or in two; None for other rows."""
    filled = [cell for cell in row if cell]
    if len(set(filled)) == 1 and (head := SECTION_HEAD.match(filled[0])):
        return head[1], " ".join(head[2].split())
    if len(set(filled)) == 2 and row[0] and (head := SECTION_CELL.match(filled[0])):
        return head[1], " ".join(filled[-1].split())
    return None


def _in_section(number: str, section_code: str) -> str:
    """Return the number within its section: "5" for "III.5" under III, as a full code says it."""
    whole = f"{section_code}."
    return number.removeprefix(whole) if section_code and number != whole else number


def _plain_number(number: str) -> str:
    """Return "5" for "05"."""
    return ".".join(part.lstrip("0") or "0" for part in number.split("."))


def _place_unnumbered(cells: dict[Column, str], gathered: Gathered) -> None:
    """Count the tasks of a table that has no number column; a row without a title continues."""
    if Column.TITLE not in cells:
        _continue(cells, gathered)
        return
    code = gathered.section_code
    count = sum(task.section_code == code for task in gathered.tasks) + 1
    gathered.tasks.append(TaskRows(code, gathered.section, str(count), cells))


def _continue(cells: dict[Column, str], gathered: Gathered) -> None:
    """Add a row without a number to the task before it, or make it a task where it is whole."""
    if not gathered.tasks or gathered.tasks[-1].section != gathered.section:
        gathered.problems.append(_stray(tuple(cells.values())))
        return
    last = gathered.tasks[-1]
    whole = {Column.TITLE, Column.DEADLINE}
    if whole <= cells.keys() and whole <= last.cells.keys():
        number = f"{last.number.rstrip('abcdefgh')}{_next_letter(last.number)}"
        task = TaskRows(last.section_code, last.section, number, cells, numbered=False)
        gathered.tasks.append(task)
        return
    for column, text in cells.items():
        last.cells[column] = _joined(last.cells.get(column, ""), text)


def _stray(cells: Row) -> Problem:
    text = N_("This row belongs to no task; check it in the file: {row}")
    return problem(text, row=" | ".join(filter(None, cells)))


def _next_letter(number: str) -> str:
    """Return the letter after a number's own: "5" gives "a", "5a" gives "b"."""
    return chr(ord(number[-1]) + 1) if number[-1] in "abcdefg" else "a"


def _joined(before: str, after: str) -> str:
    """Join what a page break parted: inside a sentence with a space, else as separate lines."""
    if not before:
        return after
    inside = before[-1].isalnum() and after[0].islower()
    return f"{before}{' ' if inside else chr(10)}{after}"
