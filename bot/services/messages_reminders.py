"""What scheduled messages say: the morning, midday, and word about the calendar."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.calendar_moves import Move
from bot.domain.escalation import Level
from bot.domain.reminder import Digest, Line


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of a part before: how many times, and on which day last."""

    level: Level
    times: int
    last_on: dt.date


@dataclass(frozen=True, slots=True)
class Escalated:
    """A part that is late, told to somebody beyond its unit; `nobody`: no leader can be told."""

    line: Line
    told: tuple[Told, ...]
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class RisksTold:
    """Of how many of the parts at risk their units were told before, and on which day last."""

    count: int
    total: int
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A day of the year on which long terms are looked at; `scored`: the scored year ends."""

    on: dt.date
    scored: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CheckIns:
    """The quarter's question about ongoing duties: (ledger line, part) still unanswered."""

    quarter: dt.date
    asked: tuple[tuple[int, Line], ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """To Văn phòng: check-ins of a quarter without an answer, and those reported as stuck."""

    quarter: dt.date
    waiting: tuple[Line, ...]
    stuck: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MorningMessage:
    """The one scheduled message of a chat's morning; what does not concern it is empty.

    `private` allows a personal snooze.
    """

    outbox_id: int
    digest: Digest
    escalated: tuple[Escalated, ...] = ()
    risks: tuple[Line, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    events: tuple[Line, ...] = ()
    unanswered: Unanswered | None = None
    check_ins: CheckIns | None = None
    private: bool = False
    risks_told: RisksTold | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (
            self.digest.lines
            or self.escalated
            or self.risks
            or self.checkpoints
            or self.events
            or self.unanswered
            or self.check_ins
        )

    def lines(self) -> list[Line]:
        """Return every line it shows."""
        return [
            *(one.line for one in self.escalated),
            *self.digest.lines,
            *self.risks,
            *(line for mark in self.checkpoints for line in mark.lines),
            *self.events,
            *(self.unanswered.waiting + self.unanswered.stuck if self.unanswered else ()),
            *(line for _, line in (self.check_ins.asked if self.check_ins else ())),
        ]


@dataclass(frozen=True, slots=True)
class MiddayMessage:
    """What is due today and still open."""

    outbox_id: int
    day: dt.date
    units: tuple[str, ...]
    lines: tuple[Line, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day of the calendar that was set or set back: worked or off now, on which notice."""

    day: dt.date
    working: bool
    notice: str


@dataclass(frozen=True, slots=True)
class CalendarMessage:
    """To Văn phòng: days of the calendar changed, and these reminders moved."""

    today: dt.date
    changed: tuple[ChangedDay, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class CalendarGapMessage:
    """To Văn phòng, once for a year: nothing is known of its swapped days."""

    year: int
