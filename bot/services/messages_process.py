"""What the bot says of itself: that it was away, that something came too late, a test."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.outbox import OutboxKind


@dataclass(frozen=True, slots=True)
class TooLateMessage:
    """To Văn phòng: messages of a kind were dropped as too old; `chats` are their titles."""

    kind: OutboxKind
    owed_at: dt.datetime
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwayMessage:
    """To Văn phòng: the bot could do nothing between two instants.

    `updates` counts what people sent meanwhile, `sent` the messages that went out late,
    `dropped` those that had nothing left to say or became part of a later one.
    """

    since: dt.datetime
    until: dt.datetime
    updates: int
    sent: int
    dropped: int


@dataclass(frozen=True, slots=True)
class TestMessage:
    """To every bound chat: reminders arrive here; `units` are those it stands for."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedMessage:
    """To Văn phòng, once a chat and week: Telegram refused a message for its words.

    `title` is empty where the person it was for may not be named.
    """

    title: str
    units: tuple[str, ...]
    private: bool = False
