"""A plan as it was read: items with their deadlines and units, and what a person must look at."""

from dataclasses import dataclass, field

from bot.domain.deadline import Deadline, Period
from bot.domain.errors import UserError
from bot.domain.indicator import Indicator
from bot.domain.problem import Problem


class UnreadableDocument(UserError):
    """A file that is no plan, or is broken; nothing was read from it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered unit of the office; `group` is the collective it belongs to."""

    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as a plan names it.

    `name` is the registered name where that is certain (name, alias or initials), else the words
    as written. `collective` marks terms such as "các phòng chuyên môn", which stand as written
    until activation. `suggestion` is a registered name that looks alike, with its `score` (0-100).
    """

    name: str
    certain: bool = False
    collective: bool = False
    suggestion: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class UnitDeadline:
    """An internal deadline out of the assignment column; `text` is its own sentence."""

    units: tuple[UnitRef, ...]
    deadline: Deadline
    text: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated mark in the product column; kept for showing, never a deadline."""

    deadline: Deadline
    text: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who leads, who cooperates and what is due inside the office, from one assignment cell."""

    lead: tuple[UnitRef, ...] = ()
    cooperate: tuple[UnitRef, ...] = ()
    unit_deadlines: tuple[UnitDeadline, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One "nhiệm vụ" of the appendix; `code` is unique in its plan ("III.5").

    `indicator` is the first target its words state ("đạt từ 95% trở lên"), None without one.
    `note` keeps the words of the columns for notes and money; nothing is read from them.
    """

    code: str
    section: str
    title: str
    product: str = ""
    deadline_text: str = ""
    assignment_text: str = ""
    deadlines: tuple[Deadline, ...] = ()
    lead: tuple[UnitRef, ...] = ()
    cooperate: tuple[UnitRef, ...] = ()
    unit_deadlines: tuple[UnitDeadline, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    problems: tuple[Problem, ...] = ()
    indicator: Indicator | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A whole plan as understood from a document; nothing is stored yet."""

    title: str
    period: Period
    items: tuple[PlanItem, ...]
    problems: tuple[Problem, ...] = field(default=())
