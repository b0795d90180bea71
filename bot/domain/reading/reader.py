"""Read an appendix: tables → tasks with their deadlines, units, milestones and problems."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.assignment.reader import read_acts
from bot.domain.deadline import DateDeadline, Period, Recurring, calendar_year
from bot.domain.grammar.reader import ReadingContext, find_deadlines, read_deadlines
from bot.domain.plan import (
    Assignment,
    Milestone,
    PlanItem,
    PlanReading,
    UnreadableDocument,
)
from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.assignment import assignment_words, read_columns
from bot.domain.reading.binding import bind_to_leads
from bot.domain.reading.column_phrases import FIGURE_PATTERN, Column
from bot.domain.reading.columns import UnknownColumns, to_layout
from bot.domain.reading.heading import find_period, find_title
from bot.domain.reading.prose import Prose, gather_prose, prose_problems, read_prose_items
from bot.domain.reading.prose_checks import is_sizeable
from bot.domain.reading.rows import Gathered, TaskRows, gather_tasks
from bot.domain.reading.table import Document
from bot.domain.units.registry import UnitRegistry

# No plan states more tasks in prose; it keeps the time bounded.
MAX_PROSE_ITEMS = 2000


def read_plan(
    document: Document,
    registry: UnitRegistry,
    *,
    year: int | None = None,
    before_counts: bool = False,
    columns: Mapping[int, Column] | None = None,
) -> PlanReading:
    """Return the plan in the tables of `document`, or in its numbered paragraphs.

    `year` overrides what the document says. `before_counts` makes "trước ngày D" mean D itself.
    `columns` says what the columns of its tables hold, counted from 0, where a person named them.

    Raises:
        UnknownColumns: a table, but none of its columns is known for tasks or for deadlines.
        UnreadableDocument: no tasks in tables or paragraphs, or no year to be found.
    """
    gathered = gather_tasks(document, to_layout(columns) if columns else None)
    prose = None if gathered.tasks else _prose_of(document)
    title = find_title(document)
    period = calendar_year(year) if year else find_period(document, title)
    if period is None:
        text = N_("The file {name} does not say which year the plan is for; give the year.")
        raise UnreadableDocument(text, name=document.name)
    if prose:
        items = read_prose_items(prose, registry, period, before_counts=before_counts)
        problems = prose_problems(prose, document, period)
    else:
        tasks = gathered.tasks
        items = tuple(read_item(t, registry, period, before_counts=before_counts) for t in tasks)
        problems = (*gathered.problems, *_layout_problems(gathered), *_numbering_problems(items))
    return PlanReading(title, period, _unique_codes(items), (*document.problems, *problems))


def _prose_of(document: Document) -> Prose:
    """Return the tasks in the paragraphs of a document without a table of tasks.

    Raises:
        UnreadableDocument: there are none, or fewer than rows of a table that cannot be read.
    """
    prose = gather_prose(document)
    rows = max(
        (len(table.rows) for table in document.tables if is_sizeable(table.rows)), default=0
    )
    if rows > len(prose.choice.tasks):
        raise UnknownColumns(document)
    if not prose.choice.tasks:
        text = N_(
            "The file {name} has neither a table of tasks nor numbered tasks under a heading"
            ' such as "Nhiệm vụ".'
        )
        raise UnreadableDocument(text, name=document.name)
    if len(prose.choice.tasks) > MAX_PROSE_ITEMS:
        text = N_(
            "The file {name} has more than {limit} numbered paragraphs; send the plan alone."
        )
        raise UnreadableDocument(text, name=document.name, limit=MAX_PROSE_ITEMS)
    return prose


def read_item(
    task: TaskRows, registry: UnitRegistry, period: Period, *, before_counts: bool = False
) -> PlanItem:
    """Return the task in its gathered rows, with everything a person must look at."""
    cells = task.cells
    deadline_text = cells.get(Column.DEADLINE, "")
    product = cells.get(Column.PRODUCT, "")
    reading = read_deadlines(
        deadline_text,
        period,
        before_counts=before_counts,
        context=ReadingContext(product=product),
    )
    assignment = read_columns(cells, registry, period, before_counts=before_counts)
    words = assignment_words(cells)
    problems = (*_item_problems(task, assignment), *reading.problems, *assignment.problems)
    return PlanItem(
        code=f"{task.section_code}.{task.number}" if task.section_code else task.number,
        section=task.section,
        title=cells.get(Column.TITLE, ""),
        product=product,
        deadline_text=deadline_text,
        assignment_text=words,
        deadlines=bind_to_leads(reading.deadlines, assignment.lead, read_acts(words, registry)),
        lead=assignment.lead,
        cooperate=assignment.cooperate,
        unit_deadlines=assignment.unit_deadlines,
        milestones=_milestones(product, period),
        problems=tuple(dict.fromkeys(problems)),
        note="\n".join(cells[kept] for kept in (Column.NOTE, Column.BUDGET) if kept in cells),
    )


def _milestones(product: str, period: Period) -> tuple[Milestone, ...]:
    """Return the dated marks of a product cell that go with a figure, with their line's words."""
    return tuple(
        Milestone(found.deadline, line.removeprefix("- "))
        for line in product.splitlines()
        if re.search(FIGURE_PATTERN, line)
        for found in find_deadlines(line, period)
        if found.duty and isinstance(found.deadline, DateDeadline | Recurring)
    )


def _item_problems(task: TaskRows, assignment: Assignment) -> list[Problem]:
    """Return what is missing in a task's own row."""
    problems: list[Problem] = []
    if not task.cells.get(Column.TITLE):
        problems.append(problem(N_("The task has no title; write one.")))
    if not task.numbered:
        problems.append(
            problem(N_("The row has no number of its own; check whether it is a task by itself."))
        )
    if not assignment.lead:
        problems.append(problem(N_("No leading unit could be read; choose one.")))
    return problems


def _layout_problems(gathered: Gathered) -> list[Problem]:
    """Return a problem for each column that no header of the document names."""
    named = {column for layout in gathered.layouts for column in layout}
    problems = []
    if Column.DEADLINE not in named:
        problems.append(problem(N_("The table has no column of deadlines; name the column.")))
    if Column.TITLE not in named:
        problems.append(problem(N_("The table has no column of tasks; name the column.")))
    if Column.NUMBER not in named:
        problems.append(problem(N_("The table has no number column; tasks are counted in order.")))
    if not named & {Column.ASSIGNMENT, Column.LEAD, Column.COOPERATE}:
        problems.append(
            problem(N_("The table has no column of responsible units; name the column."))
        )
    unread = dict.fromkeys(cell for cells in gathered.unread for cell in cells.values())
    text = N_("The column {column} was not read: its name is not known, or another has its role.")
    return problems + [problem(text, column=f"“{cell}”") for cell in unread]


def _numbering_problems(items: tuple[PlanItem, ...]) -> list[Problem]:
    """Return a problem for each gap in a section's numbering and each code that stands twice."""
    problems = [
        problem(
            N_("The number {code} stands {count} times; check the numbering."), code=c, count=n
        )
        for c, n in Counter(item.code for item in items).items()
        if n > 1
    ]
    for section in dict.fromkeys(item.section for item in items):
        codes = [item.code for item in items if item.section == section]
        numbers = [int(code.rpartition(".")[2]) for code in codes if _is_simple(code, section)]
        expected = 1
        for number in numbers:
            if number > expected:
                missing = f"{expected}" if number == expected + 1 else f"{expected}–{number - 1}"
                problems.append(
                    problem(
                        N_("In section {section}, number {missing} is missing; check the file."),
                        section=section,
                        missing=missing,
                    )
                )
            expected = max(expected, number + 1)
    return problems


def _is_simple(code: str, section: str) -> bool:
    """Tell whether a code is its section's numeral and one whole number."""
    prefix, _, number = code.rpartition(".")
    return number.isdecimal() and (section.startswith(f"{prefix}. ") if prefix else not section)


def _unique_codes(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    """Return the items with a repeated code told apart: the second "III.5" becomes "III.5-2"."""
    seen: Counter[str] = Counter()
    unique = []
    for item in items:
        seen[item.code] += 1
        count = seen[item.code]
        unique.append(replace(item, code=f"{item.code}-{count}") if count > 1 else item)
    return tuple(unique)
