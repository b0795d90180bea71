"""Lists of parts: what each lists, how it is grouped and in which order. Pure.

Grouping works on keys, which are cheap to read by the ten thousand; only what stands on the page
shown is read whole.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.domain.days import local_day
from bot.domain.status import OWED, DeadlineState, DueDay, Progress, Standing, standing
from bot.domain.work import DeadlineKind, Duty
from bot.domain.workdays import Calendar, WeekendRule

PER_PAGE = 12
# The head of what waits for Văn phòng beside reports: requests for another date.
REQUESTS = "requests"


class ListKind(StrEnum):
    """The lists; the letter stands in a button's data."""

    WORK = "v"
    SOON = "h"
    OVERDUE = "t"
    AWAITING = "c"
    UNPROVEN = "m"
    UNDATED = "u"
    SEARCH = "s"


@dataclass(frozen=True, slots=True)
class ListRef:
    """A page of a list: what it is asked for, and the page from 0.

    `argument` is a unit's id, the number of days of `SOON`, or the words of `SEARCH`; "" for none.
    """

    kind: ListKind = ListKind.WORK
    argument: str = ""
    page: int = 0

    def turned(self, page: int) -> "ListRef":
        """Return another page of the same list."""
        return replace(self, page=page)


class Group(StrEnum):
    """Under which head a part stands in the list of a unit's work, in this order."""

    OVERDUE = "overdue"
    DUE = "due"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    AWAITING = "awaiting"
    HELPING = "helping"
    WAITING_EVENT = "waiting_event"
    UNDATED_LONG = "undated_long"
    UNDATED = "undated"
    ONGOING = "ongoing"


_BY_STATE = {
    DeadlineState.OVERDUE: Group.OVERDUE,
    DeadlineState.DUE: Group.DUE,
    DeadlineState.DUE_SOON: Group.DUE_SOON,
    DeadlineState.ON_TRACK: Group.ON_TRACK,
}
_BY_KIND = {
    DeadlineKind.RELATIVE: Group.WAITING_EVENT,
    DeadlineKind.ONGOING: Group.ONGOING,
}


class Key(NamedTuple):
    """What must be known of a part to place it in a list.

    `since` is the local day since which it is without a date.
    """

    id: int
    item_id: int
    deadline_id: int
    plan_id: int
    unit_id: int | None
    duty: Duty
    progress: Progress
    kind: DeadlineKind
    due: dt.date | None
    before: bool
    weekend: WeekendRule
    unsettled: bool
    leads_open: bool
    submitted_at: dt.datetime | None
    since: dt.date | None
    occurrence_id: int

    @property
    def owed(self) -> bool:
        """Whether the unit still owes a report."""
        return self.progress in OWED

    @property
    def waits_since(self) -> dt.date | None:
        """The local day since which the part waits for Văn phòng, or for a date."""
        return local_day(self.submitted_at) if self.submitted_at else self.since

    def owes_like(self, other: "Key") -> bool:
        """Tell whether another unit's part of the same deadline stands alike."""
        return (
            # Two events can have the same day due.
            self.occurrence_id == other.occurrence_id
            and self.due == other.due
            and self.duty is other.duty
            and self.progress is other.progress
        )

    @property
    def urgency(self) -> tuple[bool, dt.date, int, int, int]:
        """The order in lists: earliest date first, those without a date last."""
        return self.due is None, self.due or dt.date.max, self.plan_id, self.item_id, self.id


@dataclass(frozen=True, slots=True)
class Entry:
    """Parts of an item that stand alike, under a head: a group, a unit's name, or a day.

    `since` is the local day since which they wait, or are without a date. Without parts it is an
    item that was searched for.
    """

    head: str
    item_id: int
    parts: tuple[int, ...] = ()
    since: dt.date | None = None


class Judge:
    """Tells where keys stand on the local day `today`; equal due days are judged once."""

    def __init__(self, today: dt.date, calendar: Calendar) -> None:
        @cache
        def judged(due: dt.date, before: bool, weekend: WeekendRule) -> Standing:
            return standing(DueDay(due, before, weekend), today, calendar)

        self._judged = judged

    def standing(self, key: Key) -> Standing:
        """Return where an owed part stands."""
        if key.due is None:
            return Standing(DeadlineState.NO_DEADLINE)
        return self._judged(key.due, key.before, key.weekend)

    def late(self, key: Key) -> bool:
        """Tell whether the part stands in the overdue list: a cooperating unit is never late."""
        return (
            key.owed
            and key.duty is not Duty.COOPERATE
            and not key.unsettled
            and self.standing(key).state is DeadlineState.OVERDUE
        )

    def group(self, key: Key, long_before: dt.date) -> Group:
        """Return the head of a part; undated since before `long_before` is a warning."""
        if key.progress is Progress.AWAITING_CONFIRMATION:
            return Group.AWAITING
        if key.due is None:
            if found := _BY_KIND.get(key.kind):
                return found
            long = key.since is not None and key.since < long_before
            return Group.UNDATED_LONG if long else Group.UNDATED
        group = _BY_STATE[self.standing(key).state]
        helps = group is Group.OVERDUE and key.duty is Duty.COOPERATE
        return Group.HELPING if helps else group


def current_keys(keys: Iterable[Key], judge: Judge) -> list[Key]:
    """Return what a list of work shows, by urgency: of a recurring duty's dates, the next only.

    Leaves out what was past at activation and cooperation with what is done.
    """
    shown: list[Key] = []
    coming: set[tuple[int, int | None, Duty]] = set()
    for key in sorted(keys, key=lambda one: one.urgency):
        if key.unsettled or (key.owed and key.duty is Duty.COOPERATE and not key.leads_open):
            continue
        if key.owed and key.kind is DeadlineKind.RECURRING:
            same = (key.deadline_id, key.unit_id, key.duty)
            if judge.standing(key).state is DeadlineState.ON_TRACK:
                if same in coming:
                    continue
                coming.add(same)
        shown.append(key)
    return shown


def entries(keys: Sequence[Key], heads: Sequence[str], *, merged: bool) -> list[Entry]:
    """Return keys as entries under their heads; where `merged`, units that owe alike share one."""
    found: list[tuple[str, Key, list[int]]] = []
    # By deadline, whose few are compared: hashing days and states of all takes far longer.
    alike: dict[int, list[tuple[str, Key, list[int]]]] = {}
    for key, head in zip(keys, heads, strict=True):
        known = alike.setdefault(key.deadline_id, []) if merged else []
        for other_head, other, ids in known:
            if other_head == head and key.owes_like(other):
                ids.append(key.id)
                break
        else:
            found.append((head, key, [key.id]))
            known.append(found[-1])
    return [Entry(head, key.item_id, tuple(ids), key.waits_since) for head, key, ids in found]


def page_of(
    found: Sequence[Entry], page: int, per_page: int = PER_PAGE
) -> tuple[int, int, Sequence[Entry]]:
    """Return (page, pages, its entries); a page beyond the end is the last one."""
    pages = max(1, -(-len(found) // per_page))
    page = min(max(page, 0), pages - 1)
    return page, pages, found[page * per_page : (page + 1) * per_page]


def bands(days_late: Iterable[int], ends: Sequence[int]) -> list[tuple[int, int | None, int]]:
    """Return (from, to, count) of the days late in each band that holds any; to None: and over."""
    late = list(days_late)
    lows = [1, *(end + 1 for end in ends)]
    counted = [
        (low, high, sum(low <= days and (high is None or days <= high) for days in late))
        for low, high in zip(lows, [*ends, None], strict=True)
    ]
    return [band for band in counted if band[2]]


def counts(heads: Iterable[str]) -> dict[str, int]:
    """Return how many stand under each head, in the order in which heads first occur."""
    return dict(Counter(heads))
