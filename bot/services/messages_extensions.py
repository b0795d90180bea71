"""What is said about other dates, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.extension import Extension
from bot.domain.problem import Problem
from bot.domain.reminder import Line
from bot.domain.work import Part


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as typed so far: it counts once it is whole, read back and sent.

    `number` tells which extension of the part it would be, `many` that these are many. `problem`
    says what is wrong with what was typed last; the rest stands. `warnings` are of its date.
    """

    part: Part
    today: dt.date
    number: int
    many: bool
    after_due: bool
    due: dt.date | None = None
    reason: str = ""
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it can be sent."""
        return self.due is not None and bool(self.reason) and self.problem is None


@dataclass(frozen=True, slots=True)
class Offer:
    """Another date than asked for, as Văn phòng typed it; `warnings` are of it."""

    extension: Extension
    part: Part
    today: dt.date
    due: dt.date | None = None
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Extended:
    """A request as it stands after an act; `number` and `many` as in `Wish`.

    `warnings` are of the date that it leads to. The viewer `decides` on it, or `answers` for the
    unit that asked.
    """

    extension: Extension
    part: Part
    today: dt.date
    number: int
    many: bool
    warnings: tuple[Problem, ...] = ()
    decides: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionMessage:
    """To who decides: a unit asks for another date, or answered the date proposed to it."""

    outbox_id: int
    about: Extended
    line: Line


@dataclass(frozen=True, slots=True)
class ExtensionAnswerMessage:
    """To the unit: what became of its request."""

    outbox_id: int
    about: Extended
    line: Line
