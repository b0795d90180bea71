"""Read who does a task from the column of assignments and those it may be split into."""

from collections.abc import Mapping

from bot.domain.assignment.reader import Role, read_assignment
from bot.domain.deadline import Period
from bot.domain.plan import Assignment
from bot.domain.reading.column_phrases import Column
from bot.domain.units.registry import UnitRegistry

ASSIGNMENT_ROLES: tuple[tuple[Column, Role | None], ...] = (
    (Column.ASSIGNMENT, None),
    (Column.LEAD, "lead"),
    (Column.COOPERATE, "cooperate"),
)


def assignment_words(cells: Mapping[Column, str]) -> str:
    """Return the words of the assignment column, or of the columns it is split into."""
    return "\n".join(cells[column] for column, _ in ASSIGNMENT_ROLES if column in cells)


def read_columns(
    cells: Mapping[Column, str], registry: UnitRegistry, period: Period, *, before_counts: bool
) -> Assignment:
    """Read the assignment column and those for leads and cooperating units, where present."""
    whole = Assignment()
    for column, role in ASSIGNMENT_ROLES:
        if column not in cells:
            continue
        part = read_assignment(
            cells[column], registry, period, column=role, before_counts=before_counts
        )
        lead = tuple(dict.fromkeys((*whole.lead, *part.lead)))
        cooperate = dict.fromkeys((*whole.cooperate, *part.cooperate))
        whole = Assignment(
            lead,
            tuple(unit for unit in cooperate if unit not in lead),
            (*whole.unit_deadlines, *part.unit_deadlines),
            (*whole.problems, *part.problems),
        )
    return whole
