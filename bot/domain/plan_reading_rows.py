"""Gather the rows of an appendix into one record per task, sections and page breaks resolved."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.column_phrases import Column
from bot.domain.plan_reading_columns import (
    Layout,
    find_layout,
    find_second_row,
    is_counting_row,
)
from bot.domain.problem import N_, Problem, problem
from bot.domain.table import Document, Row

ROMAN = r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})"
SECTION_CELL = re.compile(rf"^({ROMAN}|[A-HK])[.):]?$")
SECTION_HEAD = re.compile(rf"^({ROMAN}|[A-HK])(?:[.):]\s*|\s+)(\S.*)$", re.S)
NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*(?:\.?[a-zđ])?|[a-zđ])[.):]?$")


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
    section_code: str = ""
    section: str = ""


def gather_tasks(document: Document) -> Gathered:
    """Return the tasks of every table of `document` that has, or continues, a plan's header."""
    gathered = Gathered()
    layout: Layout | None = None
    previous: Layout | None = None
    for row in _rows(document):
        if found := find_layout(row):
            layout = previous = found
            gathered.layouts.append(found)
        elif previous and (second := find_second_row(row, previous)):
            layout = gathered.layouts[-1] = second
            previous = None
        elif layout and any(row) and not is_counting_row(row):
            previous = None
            _place(row, layout, gathered)
    return gathered


def _rows(document: Document) -> Iterable[Row]:
    for table in document.tables:
        yield from table.rows


def _place(row: Row, layout: Layout, gathered: Gathered) -> None:
    """Take `row` as a section's head, a new task, or more of the task before it."""
    if head := _section_head(row):
        gathered.section_code, title = head
        gathered.section = f"{gathered.section_code}. {title}"
        return
    cells = {column: row[at] for column, at in layout.items() if at < len(row) and row[at]}
    number = NUMBER.match(cells.get(Column.NUMBER, ""))
    if Column.NUMBER not in layout:
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
    texts = " | ".join(cells.values())
    if not gathered.tasks or gathered.tasks[-1].section != gathered.section:
        gathered.problems.append(
            problem(N_("This row belongs to no task; check it in the file: {row}"), row=texts)
        )
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


def _next_letter(number: str) -> str:
    """Return the letter after a number's own: "5" gives "a", "5a" gives "b"."""
    return chr(ord(number[-1]) + 1) if number[-1] in "abcdefg" else "a"


def _joined(before: str, after: str) -> str:
    """Join what a page break parted: inside a sentence with a space, else as separate lines."""
    if not before:
        return after
    inside = before[-1].isalnum() and after[0].islower()
    return f"{before}{' ' if inside else chr(10)}{after}"
