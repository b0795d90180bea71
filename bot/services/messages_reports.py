"""What is told about reports besides their confirmation: reopened, handed over, prepared."""

from dataclasses import dataclass

from bot.domain.records import Report
from bot.domain.reminder import Line
from bot.services.messages_drafts import DraftView


@dataclass(frozen=True, slots=True)
class ReopenedMessage:
    """To the unit: what was confirmed by mistake is open again."""

    report: Report
    line: Line


@dataclass(frozen=True, slots=True)
class AssignedMessage:
    """To a member of staff: a part was handed over; `back`: what was prepared came back."""

    line: Line
    by: str
    back: bool


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """To the head: staff prepared a report, which waits to be sent."""

    view: DraftView
