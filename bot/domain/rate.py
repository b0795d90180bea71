"""How fast Telegram lets a bot write, counted before it writes. Pure.

Time is seconds of a steady clock, one that no change of the host's clock moves.
Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all,
1 a second in a chat, 20 a minute in a group; edits count.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """At most `most` messages within `seconds`, in all, in a chat and in a group.

    The seconds are a little longer than Telegram's: what leaves evenly arrives unevenly.
    """

    all_most: int = 30
    all_seconds: float = 1.03
    chat_most: int = 1
    chat_seconds: float = 1.03
    group_most: int = 20
    group_seconds: float = 61.0


TELEGRAM = Limits()
# 429 from this many chats with no success between: it is the bot that is meant, not a chat.
SEVERAL = 3


@dataclass(slots=True)
class Limiter:
    """Remembers what was written lately; None as limits: nothing is held back but pauses."""

    limits: Limits | None = field(default_factory=Limits)
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _paused: dict[int | None, float] = field(default_factory=dict)
    _asked_to_wait: set[int] = field(default_factory=set)

    def ready_at(self, chat_id: int, now: float) -> float:
        """Return the first moment, not before `now`, at which a chat may be written to."""
        at = max(now, self._paused.get(None, now), self._paused.get(chat_id, now))
        limits = self.limits
        if limits is None:
            return at
        at = max(at, _free_at(self._all, limits.all_most, limits.all_seconds))
        sent = self._chats.get(chat_id, ())
        at = max(at, _free_at(sent, limits.chat_most, limits.chat_seconds))
        if chat_id < 0:
            at = max(at, _free_at(sent, limits.group_most, limits.group_seconds))
        return at

    def book(self, chat_id: int, at: float) -> None:
        """Count a message that is written at `at`."""
        if self.limits is None:
            return
        _add(self._all, at, self.limits.all_most)
        _add(self._chats.setdefault(chat_id, deque()), at, self.limits.group_most)
        if len(self._chats) > MANY_CHATS:
            oldest = at - self.limits.group_seconds
            self._chats = {chat: sent for chat, sent in self._chats.items() if sent[-1] > oldest}

    def seed(self, sent: Iterable[tuple[int, float]]) -> None:
        """Count what an earlier process wrote: (chat, moment), in order."""
        for chat_id, at in sent:
            self.book(chat_id, at)

    def asked_to_wait(self, chat_id: int, until: float) -> None:
        """Hold a chat back until a moment, and everything where several chats hear the same."""
        self._paused[chat_id] = max(until, self._paused.get(chat_id, until))
        self._asked_to_wait.add(chat_id)
        if len(self._asked_to_wait) >= SEVERAL:
            self._paused[None] = max(until, self._paused.get(None, until))

    def succeeded(self, chat_id: int) -> None:
        """Note that a message got through."""
        self._asked_to_wait.clear()
        self._paused.pop(chat_id, None)


MANY_CHATS = 5000


def _free_at(sent: "deque[float] | tuple[()]", most: int, seconds: float) -> float:
    return sent[-most] + seconds if len(sent) >= most else 0.0


def _add(sent: deque[float], at: float, most: int) -> None:
    # A moment booked ahead may lie after this one; the order in time is what is counted.
    later = []
    while sent and sent[-1] > at:
        later.append(sent.pop())
    sent.append(at)
    sent.extend(reversed(later))
    while len(sent) > most:
        sent.popleft()
