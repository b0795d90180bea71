"""What a message owed can be, and how long a late one is still worth sending."""

import datetime as dt
from enum import IntEnum, StrEnum


class OutboxKind(StrEnum):
    """Why a message is owed."""

    MORNING = "morning"
    CONFIRM = "confirm"
    DECISION = "decision"
    PAST_ITEMS = "past_items"
    CHAT_LOST = "chat_lost"
    MIDDAY = "midday"  # what is due today and still open, at 13:30
    CHECK_IN = "check_in"  # ongoing items, once a quarter
    EVENT_ASK = "event_ask"  # items that wait for their event, once a month
    RISK = "risk"  # due soon, nothing reported: Văn phòng and the head
    ESCALATION = "escalation"  # overdue: Văn phòng, then the leader, then the Director
    CALENDAR = "calendar"  # which reminders a change of the calendar moved
    CALENDAR_GAP = "calendar_gap"  # a coming year without data
    AWAY = "away"  # from when to when the bot was away, and what was caught up
    TEST = "test"  # /thu_nhac
    EXTENSION = "extension"  # a request for another date, to who decides
    EXTENSION_ANSWER = "extension_answer"  # what became of it, to the unit
    DIFFICULTY = "difficulty"  # to Văn phòng and leaders
    DIFFICULTY_ANSWER = "difficulty_answer"  # to the unit
    ASSIGNED = "assigned"  # a part handed to a member of staff, in private
    PREPARED = "prepared"  # staff prepared a report: the head sends it
    ITEM_CHANGED = "item_changed"  # given, dated, changed or dropped: the units concerned
    REOPENED = "reopened"  # confirmed by mistake: the unit
    BRIEFING_DRAFT = "briefing_draft"  # to Văn phòng, before the weekly meeting
    BRIEFING = "briefing"  # the weekly briefing, as broadcast
    BROADCAST = "broadcast"  # any text or file of Văn phòng
    SUMMARY = "summary"  # a window closed
    UNDONE = "undone"  # what was told of before was taken back
    TOO_LATE = "too_late"  # something was dropped as too old: Văn phòng is told


# What a day's slots hold: one message a chat and slot, planned anew the next day.
SCHEDULED = frozenset(
    {
        OutboxKind.MORNING,
        OutboxKind.MIDDAY,
        OutboxKind.CHECK_IN,
        OutboxKind.EVENT_ASK,
        OutboxKind.RISK,
        OutboxKind.ESCALATION,
    }
)

# What else is owed when its time has come, not because of what somebody did.
BY_THE_CLOCK = frozenset({OutboxKind.BRIEFING_DRAFT, OutboxKind.CALENDAR_GAP, OutboxKind.SUMMARY})


class OutboxState(StrEnum):
    """The life of a message owed."""

    PENDING = "pending"  # -> sending, dropped
    SENDING = "sending"  # -> sent, failed, dropped, pending (try again, or the lease expired)
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Urgency(IntEnum):
    """What goes first when more is owed than may be sent."""

    PEOPLE = 0  # somebody asked, decided or waits
    SCHEDULED = 1  # a day's slots
    NEWS = 2  # of the bot itself
    BULK = 3  # the same for everybody


URGENCY: dict[OutboxKind, Urgency] = {
    **dict.fromkeys(OutboxKind, Urgency.PEOPLE),
    **dict.fromkeys(SCHEDULED, Urgency.SCHEDULED),
    **dict.fromkeys(
        (
            OutboxKind.CHAT_LOST,
            OutboxKind.CALENDAR,
            OutboxKind.CALENDAR_GAP,
            OutboxKind.TOO_LATE,
        ),
        Urgency.NEWS,
    ),
    **dict.fromkeys(
        (
            OutboxKind.BRIEFING_DRAFT,
            OutboxKind.BRIEFING,
            OutboxKind.BROADCAST,
            OutboxKind.SUMMARY,
            OutboxKind.AWAY,
        ),
        Urgency.BULK,
    ),
}

# How old a message may become before it is dropped; what is not named is never too old, because
# it is made from the present state when it is sent. A day's slots (`SCHEDULED`) are not named
# either: one that was missed becomes part of the next slot's message.
LATE_AFTER: dict[OutboxKind, dt.timedelta] = {
    OutboxKind.TEST: dt.timedelta(hours=1),
    OutboxKind.BRIEFING_DRAFT: dt.timedelta(days=1),
    OutboxKind.BRIEFING: dt.timedelta(days=1),
    OutboxKind.BROADCAST: dt.timedelta(days=3),
    OutboxKind.SUMMARY: dt.timedelta(days=7),
    OutboxKind.AWAY: dt.timedelta(days=2),
}
# Dropped without a word: nobody asked for it any more, or its own command reports it.
UNREPORTED = frozenset({OutboxKind.TEST, OutboxKind.AWAY})


def too_late(kind: OutboxKind, age: dt.timedelta) -> bool:
    """Tell whether a message of a kind is dropped at this age."""
    limit = LATE_AFTER.get(kind)
    return limit is not None and age > limit


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
