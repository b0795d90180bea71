"""Read a plan without a table: its numbered or bulleted paragraphs become items to be confirmed.

Codes follow the headings' own numbering: "II.2.3" is 2.3 under part II; a paragraph or bullet is
counted under its heading ("II.1.4", "III.1.a.2"). An item's section is the nearest heading
numbered by a Roman or a whole Arabic numeral.

An item of several years keeps the end of the plan as its due day and has a checkpoint on the last
day of each year before that: a yearly `Recurring` whose rule ends with UNTIL (RFC 5545).
"""

import datetime as dt
import re
from dataclasses import dataclass

from bot.domain.assignment.reader import read_assignment
from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Period, Recurring
from bot.domain.grammar.reader import FoundDeadline, find_deadlines, read_deadlines
from bot.domain.indicator import find_indicator
from bot.domain.plan import Assignment, PlanItem
from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.assignment import assignment_words, read_columns
from bot.domain.reading.column_phrases import Column
from bot.domain.reading.prose_checks import duties_elsewhere, numbering_gaps, unread_tables
from bot.domain.reading.prose_items import Choice, ProseTask, choose_tasks
from bot.domain.reading.prose_lines import lines_of
from bot.domain.reading.prose_phrases import CHECKPOINT_LABEL, OUTLOOK
from bot.domain.reading.prose_tree import Node, build_tree
from bot.domain.reading.table import Document
from bot.domain.units.registry import UnitRegistry
from bot.domain.units.text import bare

TO_CONFIRM = N_(
    "The plan has no table: Văn phòng must confirm the owner of this item and its time"
    " ({start} – {end})."
)


@dataclass(frozen=True, slots=True)
class Prose:
    """The tree of a plan's paragraphs and the tasks chosen from it."""

    root: Node
    choice: Choice


def gather_prose(document: Document) -> Prose:
    """Return the tasks in the paragraphs of `document`; there may be none."""
    root = build_tree(lines_of(document.paragraphs))
    return Prose(root, choose_tasks(root))


def prose_problems(prose: Prose, document: Document, period: Period) -> tuple[Problem, ...]:
    """Return what a person must look at besides the items."""
    return (
        *prose.choice.problems,
        *numbering_gaps(prose.root),
        *duties_elsewhere(prose.choice, period),
        *unread_tables(document),
    )


def read_prose_items(
    prose: Prose, registry: UnitRegistry, period: Period, *, before_counts: bool = False
) -> tuple[PlanItem, ...]:
    """Return the items of `prose`, each waiting for its owner and time to be confirmed."""
    return tuple(
        read_prose_item(task, registry, period, before_counts=before_counts)
        for task in prose.choice.tasks
    )


def read_prose_item(
    task: ProseTask, registry: UnitRegistry, period: Period, *, before_counts: bool = False
) -> PlanItem:
    """Return one item: its own dates and units where it states them, else the plan's period."""
    words = task.attributes
    title = "\n".join(part for part in (task.text, words.get(Column.TITLE, "")) if part)
    deadlines, problems = _deadlines(task, title, period, before_counts=before_counts)
    assignment = _assignment(task, registry, period, before_counts=before_counts)
    waiting = problem(TO_CONFIRM, start=f"{period.start:%d/%m/%Y}", end=f"{period.end:%d/%m/%Y}")
    return PlanItem(
        code=task.code,
        section=task.section,
        title=title,
        product=words.get(Column.PRODUCT, ""),
        deadline_text=words.get(Column.DEADLINE, ""),
        assignment_text=assignment_words(words),
        deadlines=deadlines,
        lead=assignment.lead,
        cooperate=assignment.cooperate,
        unit_deadlines=assignment.unit_deadlines,
        problems=tuple(dict.fromkeys((waiting, *problems, *assignment.problems))),
        indicator=find_indicator(title),
    )


def _deadlines(
    task: ProseTask, title: str, period: Period, *, before_counts: bool
) -> tuple[tuple[Deadline, ...], tuple[Problem, ...]]:
    """Return the deadlines of the item's own "Thời gian: …", its text, or else the plan's."""
    problems: tuple[Problem, ...] = ()
    found: tuple[Deadline, ...] = ()
    if cell := task.attributes.get(Column.DEADLINE):
        reading = read_deadlines(cell, period, before_counts=before_counts)
        found, problems = reading.deadlines, reading.problems
    else:
        own = [
            entry
            for entry in find_deadlines(title, period, before_counts=before_counts)
            if entry.duty and not _is_outlook(entry, title, period)
        ]
        found = tuple(dict.fromkeys(entry.deadline for entry in own))
        problems = tuple(p for entry in own for p in entry.problems)
    if not found and not problems:
        found = (DateDeadline(period.end, period_text(period), start=period.start),)
    return (*found, *_checkpoints(found, period)), problems


def _is_outlook(found: FoundDeadline, text: str, period: Period) -> bool:
    """Tell whether a date only looks ahead ("định hướng đến năm 2030") or names the whole plan."""
    deadline = found.deadline
    if not isinstance(deadline, DateDeadline) or deadline.due <= period.end:
        return False
    whole_year = (deadline.due.month, deadline.due.day) == (12, 31)
    return whole_year or bool(re.search(OUTLOOK, bare(text[: found.start])))


def period_text(period: Period) -> str:
    """Return the plan's period as a phrase: "2023", "2021-2025"."""
    first, last = period.start.year, period.end.year
    return str(first) if first == last else f"{first}-{last}"


def _checkpoints(found: tuple[Deadline, ...], period: Period) -> tuple[Recurring, ...]:
    """Return the yearly checkpoint of an item that is open for several years, else nothing."""
    if any(isinstance(deadline, Recurring) for deadline in found):
        return ()
    dated = [deadline.due for deadline in found if isinstance(deadline, DateDeadline)]
    ongoing = any(isinstance(deadline, Ongoing) for deadline in found)
    if not dated and not ongoing:
        return ()
    last = period.end if ongoing else max(dated)
    years = range(period.start.year, period.end.year + 1)
    days = tuple(day for year in years if (day := dt.date(year, 12, 31)) < last)
    if not days:
        return ()
    until = f"{days[-1]:%Y%m%d}"
    rule = f"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;UNTIL={until}"
    return (Recurring(rule, days, period_text(period), label=CHECKPOINT_LABEL),)


def _assignment(
    task: ProseTask, registry: UnitRegistry, period: Period, *, before_counts: bool
) -> Assignment:
    """Read the "Đơn vị …:" words of the item, else the registered units its sentence names."""
    said = read_columns(task.attributes, registry, period, before_counts=before_counts)
    if said.lead:
        return said
    own = read_assignment(task.text, registry, period, before_counts=before_counts)
    lead = tuple(unit for unit in own.lead if unit.certain)
    taken = (*lead, *said.cooperate)
    more = tuple(unit for unit in own.cooperate if lead and unit.certain and unit not in taken)
    dues = own.unit_deadlines if lead and not task.attributes.get(Column.DEADLINE) else ()
    return Assignment(lead, (*said.cooperate, *more), dues, said.problems)
