"""What is kept of an item and of a report, as values for showing."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.states import OPEN_REQUESTS, ExtensionState, ReportState


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item's own texts; lead and cooperating units as named by the plan.

    `indicator` is the first target that its title or product states, "" without one. Of what is
    `secret` only the code is kept here. `source_document` is what an item added in mid-year rests
    on, `external_code` its code or link in the province's software. `removed_at`: since then it is
    no longer carried out.
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
    secret: bool = False
    source_document: str = ""
    external_code: str = ""
    removed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedPlan:
    """A plan that was closed, and the local day on which it was."""

    title: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Report:
    """A report of completion.

    `on_behalf`: Văn phòng made it for the unit. `products` are the places of those ticked;
    `outside_done` whether it was said to be pressed in the province's software too (None: not
    asked). `decider_id` is the person `decided_by`.
    """

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
    on_behalf: bool = False
    products: tuple[int, ...] = ()
    outside_done: bool | None = None
    decider_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """A request for another date as a card shows it; `counter_due` is what Văn phòng proposes.

    `returned`: the part's report had been returned when it was asked for.
    """

    id: int
    part_id: int
    requested_by: int
    requested_at: dt.datetime
    from_due: dt.date
    to_due: dt.date
    counter_due: dt.date | None
    state: ExtensionState
    reason: str
    returned: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in OPEN_REQUESTS


@dataclass(frozen=True, slots=True)
class DifficultyFacts:
    """A difficulty as a card shows it; open until it is answered or closed."""

    part_id: int
    text: str
    raised_at: dt.datetime
    answer: str | None
    open: bool
