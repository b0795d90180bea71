"""What a person must look at in a plan without a table, besides its items."""

import re
from collections.abc import Iterable

from bot.domain.deadline import Period
from bot.domain.grammar.reader import find_deadlines
from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.prose_items import Choice
from bot.domain.reading.prose_lines import Level
from bot.domain.reading.prose_phrases import OTHER_PART
from bot.domain.reading.prose_tree import Node
from bot.domain.reading.table import Document
from bot.domain.units.text import bare

SHOWN_LENGTH = 120


def duties_elsewhere(choice: Choice, period: Period) -> list[Problem]:
    """Return a problem for each dated or periodic duty under "Tổ chức thực hiện" and the like."""
    problems = []
    for heading in choice.others:
        if not re.match(OTHER_PART, bare(heading.text)):
            continue
        for node in heading.members:
            text = " ".join(node.whole_text().split())
            if any(found.duty for found in find_deadlines(text, period)):
                words = text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"
                problems.append(
                    problem(
                        N_(
                            "Under “{section}” a time is set: “{words}”. It is no item;"
                            " add one if it is a task."
                        ),
                        section=heading.text.rstrip(" :"),
                        words=words,
                    )
                )
    return problems


def numbering_gaps(node: Node) -> list[Problem]:
    """Return a problem for each number left out among the decimals under one heading."""
    problems = []
    expected = 1
    for child in node.children:
        last = child.line.number.rpartition(".")[2]
        if child.level in (Level.ARABIC, Level.DECIMAL) and last.isdecimal():
            if int(last) > expected:
                end = f"–{int(last) - 1}" if int(last) > expected + 1 else ""
                problems.append(
                    problem(
                        N_("In section {section}, number {missing} is missing; check the file."),
                        section=f"{node.line.number} {node.text.rstrip(' :')}".strip(),
                        missing=f"{expected}{end}",
                    )
                )
            expected = max(expected, int(last) + 1)
    return problems + [entry for child in node.children for entry in numbering_gaps(child)]


def unread_tables(document: Document) -> list[Problem]:
    """Return a problem for each table of three rows and columns or more that was passed over."""
    return [
        problem(
            N_("A table of {count} rows has no column of tasks and was not read; check it."),
            count=len(table.rows),
        )
        for table in document.tables
        if is_sizeable(table.rows)
    ]


def is_sizeable(rows: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether a table is more than a letterhead or a place for signatures."""
    return sum(sum(map(bool, row)) >= 3 for row in rows) >= 3
