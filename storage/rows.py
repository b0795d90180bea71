"""Values that storage returns besides the domain's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind
from bot.domain.plan import Unit
from bot.domain.records import ClosedPlan
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.workdays import WeekendRule


def identity(value: int | None) -> int:
    """Return a primary key that the database has given."""
    assert value is not None  # the row was flushed, so it has its key
    return value


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit with its id, alive from `valid_from` to `valid_to` (local days, inclusive)."""

    id: int
    unit: Unit
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    merged_into: int | None = None

    def alive(self, day: dt.date) -> bool:
        """Tell whether the unit exists on a local day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def successor(units: Sequence[StoredUnit], stored: StoredUnit) -> StoredUnit:
    """Return the unit among `units` that one has become part of in the end, itself if in none."""
    by_id = {one.id: one for one in units}
    for _ in units:  # a chain of mergers is no longer than that
        stored = by_id.get(stored.merged_into or 0, stored)
    return stored


@dataclass(frozen=True, slots=True)
class Chat:
    """An address to write to; `thread_id` is 0 outside topics, `locale` None: the office's."""

    id: int
    office_id: int
    telegram_id: int
    thread_id: int
    active: bool
    locale: str | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person."""

    id: int
    office_id: int
    telegram_id: int
    name: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan without its items."""

    id: int
    office_id: int
    title: str
    year: int
    state: PlanState
    source_name: str
    confirmation: bool
    weekend: WeekendRule
    before_counts: bool
    activated_at: dt.datetime | None
    ends_on: dt.date
    closed_at: dt.datetime | None = None

    @property
    def closed(self) -> ClosedPlan | None:
        """What is said of it once it is closed."""
        if self.state is not PlanState.CLOSED or self.closed_at is None:
            return None
        return ClosedPlan(self.title, local_day(self.closed_at))


@dataclass(frozen=True, slots=True)
class PartKey:
    """What must be known of a part to change it."""

    id: int
    office_id: int
    item_id: int
    occurrence_id: int
    plan_id: int
    unit_id: int | None
    progress: Progress
    confirmation: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A message owed, as claimed for delivery; `said` are digests of the parts that were sent."""

    id: int
    office_id: int
    chat: Chat
    kind: OutboxKind
    subject_id: int | None
    slot_on: dt.date | None
    attempts: int
    message_ids: tuple[int, ...]
    payload: dict[str, Any]
    created_at: dt.datetime
    said: tuple[list[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is due, not claimed yet; `telegram_id` is where it goes."""

    id: int
    chat_id: int
    telegram_id: int
    urgency: int


@dataclass(frozen=True, slots=True)
class Dialog:
    """A question the bot waits for an answer to."""

    id: int
    office_id: int
    person_id: int
    question: str
    subject_id: int
    value: dict[str, object]
