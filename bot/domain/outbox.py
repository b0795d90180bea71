"""What a message owed can be, and how long a late one is still worth sending."""

import datetime as dt
from enum import StrEnum


class OutboxKind(StrEnum):
    """Why a message is owed."""

    MORNING = "morning"
    CONFIRM = "confirm"
    DECISION = "decision"
    PAST_ITEMS = "past_items"
    CHAT_LOST = "chat_lost"


class OutboxState(StrEnum):
    """The life of a message owed."""

    PENDING = "pending"  # -> sending, dropped
    SENDING = "sending"  # -> sent, failed, dropped, pending (try again, or the lease expired)
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


LEASE = dt.timedelta(minutes=2)
MAX_ATTEMPTS = 12
FIRST_WAIT = dt.timedelta(seconds=5)
LONGEST_WAIT = dt.timedelta(minutes=15)


def wait_after(attempts: int, spread: float) -> dt.timedelta:
    """Return how long to wait after the `attempts`-th failure (1 or more).

    Doubles up to a quarter of an hour; `spread` (0 to 1) shortens it by up to a third, so that
    chats do not all come back at once.
    """
    wait: dt.timedelta = min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
    return wait * (1 - spread / 3)
