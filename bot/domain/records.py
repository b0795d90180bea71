"""What is kept of an item and of a report, as values for showing."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.states import ReportState


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item's own texts; lead and cooperating units as named by the plan.

    `indicator` is the first target that its title or product states, "" without one.
    """

    id: int
    office_id: int
    plan_id: int
    code: str
    section: str
    title: str
    product: str
    deadline_text: str
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of completion."""

    id: int
    office_id: int
    part_id: int
    person_id: int
    person: str
    note: str
    state: ReportState
    submitted_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: str | None
    reason: str | None
    self_confirmed: bool
