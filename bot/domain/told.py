"""The ledger of what was sent as values: what was said, to whom, and what became of it."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.outbox import OutboxState


@dataclass(frozen=True, slots=True)
class About:
    """What a message told of: an item's code ("": of none), the unit, the day and the step.

    `due` is None for what is no reminder; its step is the message's kind, or what was changed.
    """

    code: str
    unit: str
    due: dt.date | None
    step: str


@dataclass(frozen=True, slots=True)
class Missed:
    """An earlier message that did not go out, in whose place a later one was owed."""

    state: OutboxState
    closed_at: dt.datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder or notice with what became of it.

    `person` is set where the chat is somebody's own. `attempts` counts how often it was sent;
    `reason` says why the last one that failed did.
    """

    id: int
    chat: str
    person: str | None
    owed_at: dt.datetime
    state: OutboxState
    closed_at: dt.datetime | None
    not_before: dt.datetime
    reason: str | None
    uncertain: int
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None
    about: tuple[About, ...]
    attempts: int
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A chat that a test went to, and what became of it."""

    chat: str
    state: OutboxState
    closed_at: dt.datetime | None
    reason: str | None
