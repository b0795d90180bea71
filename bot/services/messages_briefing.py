"""What is said of a week, and what Văn phòng tells everybody, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.briefing import Briefing
from bot.domain.outbox import OutboxState


@dataclass(frozen=True, slots=True)
class BriefingDraft:
    """A week's briefing as Văn phòng works on it; `numbered` lines are its own, by place."""

    id: int
    briefing: Briefing
    now: dt.datetime
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class BriefingDraftMessage:
    """To Văn phòng, on the first working day of the week: the draft."""

    draft: BriefingDraft


@dataclass(frozen=True, slots=True)
class BriefingMessage:
    """A briefing as broadcast: `whole` to those who read everything, else `own` with its units.

    `briefing` then gives the numbers of all, without saying whose they are.
    """

    outbox_id: int
    briefing: Briefing
    whole: bool
    own: Briefing
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BroadcastMessage:
    """A text or a file of Văn phòng's."""

    outbox_id: int
    text: str
    file_id: str | None
    photo: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one message: to which chat, whether it arrived and was acknowledged.

    `chat` is "" for somebody's own, where people may not be named.
    """

    chat: str
    state: OutboxState
    reason: str | None
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a briefing or broadcast has come."""

    subject_id: int
    briefing: bool
    deliveries: tuple[Delivered, ...]

    def count(self, *states: OutboxState) -> int:
        """Return how many messages are in one of `states`."""
        return sum(one.state in states for one in self.deliveries)

    @property
    def acknowledged(self) -> int:
        """How many were acknowledged."""
        return sum(one.acknowledged for one in self.deliveries)
