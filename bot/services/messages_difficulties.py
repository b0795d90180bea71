"""What is said about difficulties, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.difficulty import Difficulty
from bot.domain.reminder import Line
from bot.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Stuck:
    """A difficulty with the part it is about, as the viewer may see and treat it.

    `told` says who was told of it at once: Văn phòng, the leaders in charge.
    """

    difficulty: Difficulty
    line: Line
    day: dt.date
    may_answer: bool = False
    may_close: bool = False
    told: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class DifficultyList:
    """The open difficulties that may be shown here; `all_units`: of more units than one."""

    found: tuple[Stuck, ...]
    all_units: bool


@dataclass(frozen=True, slots=True)
class DifficultyMessage:
    """To Văn phòng and the leader in charge: a unit is stuck."""

    outbox_id: int
    about: Stuck


@dataclass(frozen=True, slots=True)
class DifficultyAnswerMessage:
    """To the unit: what was answered, or that it was closed without an answer."""

    outbox_id: int
    about: Stuck
