"""What is told about reports besides their confirmation: reopened, handed over, prepared."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.records import Report
from bot.domain.reminder import Line
from bot.services.messages_drafts import DraftView


class Word(StrEnum):
    """What a member of staff is told of a part."""

    GIVEN = "assigned"
    BACK = "back"  # what was prepared came back
    TAKEN = "taken"  # somebody else prepares it now
    LEFT = "left"  # who prepared it is of the unit no more: the heads are told


@dataclass(frozen=True, slots=True)
class ReopenedMessage:
    """To the unit: what was confirmed by mistake is open again."""

    outbox_id: int
    report: Report
    line: Line
    day: dt.date


@dataclass(frozen=True, slots=True)
class AssignedMessage:
    """To a member of staff: what became of a part that is, or was, to be prepared.

    Or to the unit's heads (`Word.LEFT`), of whom `by` prepared it; "" where nobody is named.
    """

    outbox_id: int
    line: Line
    by: str
    word: Word
    day: dt.date


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """To the head: staff prepared a report, which waits to be sent."""

    outbox_id: int
    view: DraftView
