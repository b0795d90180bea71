"""A plan that was read and stored, before it reminds anybody: a draft."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.deadline import DateDeadline, Deadline, Period, Recurring
from bot.domain.problem import Problem
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind, Duty


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """A unit as an item names it; `known` once it is a registered one."""

    duty: Duty
    written: str
    collective: bool
    known: bool


@dataclass(frozen=True, slots=True)
class DraftDeadline:
    """A deadline as read; `units` are those that it names itself, as (name, collective).

    `unread` marks the place of a cell in which no deadline could be read.
    """

    internal: bool
    kind: DeadlineKind
    value: Deadline
    units: tuple[tuple[str, bool], ...] = ()
    unread: bool = False

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The due days, ascending."""
        if isinstance(self.value, DateDeadline):
            return (self.value.due,)
        return self.value.dates if isinstance(self.value, Recurring) else ()


@dataclass(frozen=True, slots=True)
class DraftItem:
    """An item of a draft, with what a person must still look at."""

    id: int
    code: str
    section: str
    title: str
    product: str
    deadline_text: str
    assignment_text: str
    units: tuple[DraftUnit, ...] = ()
    deadlines: tuple[DraftDeadline, ...] = ()
    problems: tuple[Problem, ...] = ()

    def named(self, duty: Duty) -> tuple[str, ...]:
        """Return the names of the units with a duty, each once."""
        return tuple(dict.fromkeys(unit.written for unit in self.units if unit.duty is duty))

    @property
    def beside(self) -> tuple[str, ...]:
        """The registered units that the item names."""
        return tuple(unit.written for unit in self.units if unit.known)


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored plan with its items. `loaded_at` tells it from an earlier one with the same id."""

    id: int
    title: str
    period: Period
    state: PlanState
    loaded_at: dt.datetime
    before_counts: bool = False
    items: tuple[DraftItem, ...] = ()
    problems: tuple[Problem, ...] = ()
