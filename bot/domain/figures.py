"""The figures of a reporting period. Pure; every sum is worked out here and nowhere else.

Assigned in a period are the due days in it and those before it that were open when it began.
Unit rows count parts (those by which a unit answers: it leads, or has a date of its own); the
total row counts items: an item's due day is closed when all its leads' parts are, as of the latest
report. A report counts from when it was submitted, once Văn phòng has accepted it; one that waits
is neither done nor overdue, stands apart, and is carried over until its period of acceptance.
What a plan leaves open when it closes is missed where it fell due; it is carried over nowhere, as
the next plan has it or nobody any more.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.judging import Judge, approved, first_date, leads
from bot.domain.tally import PartFact, Tally
from bot.domain.work import Duty
from bot.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class UnitTally:
    """A unit's row."""

    unit_id: int | None
    unit: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the local days `first` to `last`, as things stood when `judged` began.

    `units` count parts and `parts` is their sum; `items` counts items. `original` counts items
    against their first dates. `overdue_days` are the days late of each overdue item. `plans`
    counts the items of each plan; figures frozen before it was kept have none.
    """

    first: dt.date
    last: dt.date
    judged: dt.date
    units: tuple[UnitTally, ...]
    parts: Tally
    items: Tally
    original: Tally
    overdue_days: tuple[int, ...] = field(default=())
    plans: tuple[tuple[int, Tally], ...] = ()


def count_figures(
    facts: Sequence[PartFact],
    first: dt.date,
    last: dt.date,
    judged: dt.date,
    calendar: Calendar,
) -> Figures:
    """Return the figures of a period, judged at the beginning of the local day `judged`."""
    answering = [fact for fact in facts if fact.duty is not Duty.COOPERATE]
    judge = Judge(first, last, judged, calendar)
    units: dict[int | None, UnitTally] = {}
    for fact in answering:
        row = units.setdefault(fact.unit_id, UnitTally(fact.unit_id, fact.unit, Tally()))
        row.tally.add(judge.tally([fact], approved))
    items, original = Tally(), Tally()
    late: list[int] = []
    plans: dict[int, Tally] = {}
    for group in leads(answering):
        item = judge.tally(group, approved)
        items.add(item)
        if (plan_id := group[0].plan_id) is not None:
            plans.setdefault(plan_id, Tally()).add(item)
        original.add(judge.tally(group, first_date))
        late += judge.days_late(group)
    parts = Tally()
    for row in units.values():
        parts.add(row.tally)
    listed = [row for row in units.values() if row.tally != Tally()]
    by_plan = tuple(plans.items())
    return Figures(
        first, last, judged, tuple(listed), parts, items, original, tuple(late), by_plan
    )
