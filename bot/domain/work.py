"""A part: one unit's share of one due occurrence of one item."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.change_phrases import TAKEN_BACK
from bot.domain.days import local_day
from bot.domain.status import (
    CLOSED,
    OWED,
    DeadlineState,
    DueDay,
    Progress,
    Standing,
    standing,
)
from bot.domain.workdays import Calendar, WeekendRule


class Duty(StrEnum):
    """Why a unit has a part."""

    LEAD = "lead"
    COOPERATE = "cooperate"
    INTERNAL = "internal"


class DeadlineKind(StrEnum):
    """The five kinds of deadline, as stored."""

    DATE = "date"
    RECURRING = "recurring"
    RELATIVE = "relative"
    ONGOING = "ongoing"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Part:
    """One part with what is needed to show, remind and judge it.

    `unit_id` is None while nobody is assigned. `unsettled` marks an occurrence that was past when
    its plan was activated and that Văn phòng has not looked at yet: nobody is reminded of it.
    `activated_on` is the local day from which the plan reminds. `leads_open` tells whether some
    lead of the same occurrence is not done yet. `assignee_id` is the member of staff who prepares
    its report. `decision` is what it rests on that the part is no longer carried out. `secret`:
    the item has documents under state secrecy, and no title here.
    """

    id: int
    occurrence_id: int
    item_id: int
    plan_id: int
    code: str
    title: str
    unit_id: int | None
    unit: str
    duty: Duty
    progress: Progress
    kind: DeadlineKind
    phrase: str
    due: dt.date | None = None
    start: dt.date | None = None
    original_due: dt.date | None = None
    before: bool = False
    weekend: WeekendRule = WeekendRule.NONE
    label: str = ""
    submitted_at: dt.datetime | None = None
    unsettled: bool = False
    activated_on: dt.date | None = None
    has_evidence: bool = False
    assignee_id: int | None = None
    leads_open: bool = True
    decision: str = ""
    secret: bool = False
    event_on: dt.date | None = None
    event: str = ""

    @property
    def taken_back(self) -> bool:
        """Whether the act that added it was taken back: it is shown and counted no more."""
        return self.progress is Progress.DROPPED and self.decision == TAKEN_BACK

    @property
    def due_day(self) -> DueDay | None:
        """The due day with what moves it; None without a date."""
        return None if self.due is None else DueDay(self.due, self.before, self.weekend)

    @property
    def owed(self) -> bool:
        """Whether the unit still owes a report."""
        return self.progress in OWED

    @property
    def pending(self) -> bool:
        """Whether the part still stands in lists: cooperation ends when the leads are done."""
        return self.owed and (self.duty is not Duty.COOPERATE or self.leads_open)

    @property
    def closed(self) -> bool:
        """Whether nothing more happens to the part."""
        return self.progress in CLOSED

    def standing(self, today: dt.date, calendar: Calendar) -> Standing:
        """Derive the deadline state on the local day `today`."""
        finished = None if self.owed or self.submitted_at is None else local_day(self.submitted_at)
        return standing(self.due_day, today, calendar, finished_on=finished)

    def overdue(self, today: dt.date, calendar: Calendar) -> bool:
        """Tell whether the part stands in the overdue list.

        A cooperating unit has no date of its own, so it is never the one that is late.
        """
        return (
            self.owed
            and self.duty is not Duty.COOPERATE
            and not self.unsettled
            and self.standing(today, calendar).state is DeadlineState.OVERDUE
        )


def by_urgency(parts: Iterable[Part]) -> list[Part]:
    """Return the parts, earliest date first, those without a date last."""
    return sorted(
        parts, key=lambda p: (p.due is None, p.due or dt.date.max, p.plan_id, p.item_id, p.id)
    )


def current(parts: Iterable[Part], today: dt.date, calendar: Calendar) -> list[Part]:
    """Return what a unit's list shows: of a recurring duty's dates to come, only the next.

    Leaves out what was past at activation and cooperation with what is done.
    """
    shown: list[Part] = []
    coming: set[tuple[int, int | None, str, Duty]] = set()
    for part in by_urgency(parts):
        if part.unsettled or (part.owed and not part.pending):
            continue
        key = (part.item_id, part.unit_id, part.phrase, part.duty)
        later = part.standing(today, calendar).state is DeadlineState.ON_TRACK
        if part.owed and later and part.kind is DeadlineKind.RECURRING:
            if key in coming:
                continue
            coming.add(key)
        shown.append(part)
    return shown


def earliest_owed(parts: Iterable[Part], units: Iterable[int]) -> list[Part]:
    """Return the parts that `units` still owe, the one a bare command means first.

    Dated parts come before undated ones; an unsettled past occurrence comes after what is current.
    """
    wanted = frozenset(units)
    owed = [part for part in by_urgency(parts) if part.owed and part.unit_id in wanted]
    return sorted(owed, key=lambda part: (part.due is None, part.unsettled))


def worst(parts: Sequence[Part], today: dt.date, calendar: Calendar) -> Part | None:
    """Return the open part that speaks for its item, the most pressing; None: the item is closed.

    An item is closed when all leads' parts are: cooperation that is left open speaks no more.
    """
    led = any(part.duty is not Duty.COOPERATE for part in parts)
    still_open = [
        part
        for part in parts
        if not part.closed and (part.duty is not Duty.COOPERATE or part.leads_open or not led)
    ]
    ranked = [(_pressing(part, today, calendar), part) for part in by_urgency(still_open)]
    return min(ranked, key=lambda one: one[0])[1] if ranked else None


def speaker(parts: Sequence[Part], today: dt.date, calendar: Calendar) -> Part:
    """Return the part that says how an item stands: the worst open one, else the last closed."""
    found = worst(parts, today, calendar)
    if found is not None:
        return found
    return ([part for part in parts if part.closed] or list(parts))[-1]


def _pressing(part: Part, today: dt.date, calendar: Calendar) -> int:
    """Return how much a part presses, the least first: what waits for Văn phòng comes last."""
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return len(_PRESSING) + 2
    state = part.standing(today, calendar).state
    if part.duty is Duty.COOPERATE and state is DeadlineState.OVERDUE:
        state = DeadlineState.DUE  # never late itself
    rank = _PRESSING.index(state) if state in _PRESSING else len(_PRESSING)
    if part.progress in (Progress.RETURNED, Progress.EXTENSION_PENDING):
        return min(rank, _PRESSING.index(DeadlineState.DUE) + 1)
    return rank


_PRESSING = (
    DeadlineState.OVERDUE,
    DeadlineState.DUE,
    DeadlineState.DUE_SOON,
    DeadlineState.ON_TRACK,
)


class CallToDecide(StrEnum):
    """What becomes of an occurrence that was past when its plan was activated."""

    DONE = "done"
    NOT_REQUIRED = "not_required"
    OVERDUE = "overdue"
