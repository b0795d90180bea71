"""Failures on demand: of the next calls that match, of a random share of them, or of too many."""

import datetime as dt
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.refusal import ApiError, too_many_requests


class Cut(StrEnum):
    """When the connection breaks."""

    BEFORE = "before"  # nothing happened
    AFTER = "after"  # it happened, and the caller cannot know


@dataclass(slots=True)
class Fault:
    """One failure to come. Without `method` or `chat_id` any call matches but getUpdates.

    `delay` alone only makes the call slow, in real time.
    """

    method: str | None = None
    chat_id: int | None = None
    status: int | None = None
    description: str | None = None
    retry_after: dt.timedelta | None = None
    cut: Cut | None = None
    delay: dt.timedelta = dt.timedelta(0)
    times: int = 1

    def matches(self, method: str, params: dict[str, Any]) -> bool:
        """Return whether this failure is meant for a call."""
        if self.method is None and method == "getUpdates":
            return False
        return self.method in {None, method} and self.chat_id in {None, params.get("chat_id")}

    def error(self) -> ApiError | None:
        """Return what the caller is told; None when the call is only slow or cut off."""
        if self.retry_after is not None:
            return too_many_requests(self.retry_after)
        if self.status is not None:
            text = self.description or _TEXTS.get(self.status, "Bad Request")
            return ApiError(self.status, text)
        return None


_TEXTS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Faults:
    """The failures of one sandbox; queued ones come before random ones."""

    def __init__(self) -> None:
        self._queued: list[Fault] = []
        self._share = 0.0
        self._random = random.Random(0)
        self._kinds: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let the next matching calls fail."""
        self._queued.append(fault)

    def fail_randomly(self, share: float, seed: int, kinds: list[Fault]) -> None:
        """Let this share of the calls fail, each in one of these ways; 0 ends it."""
        self._share, self._random, self._kinds = share, random.Random(seed), kinds

    def clear(self) -> None:
        """Let everything succeed again."""
        self._queued.clear()
        self._share = 0.0

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """Return the failure for a call and use it up; None when it shall succeed."""
        for fault in self._queued:
            if fault.matches(method, params):
                fault.times -= 1
                if fault.times <= 0:
                    self._queued.remove(fault)
                return fault
        fitting = [kind for kind in self._kinds if kind.matches(method, params)]
        if self._share and fitting and self._random.random() < self._share:
            return self._random.choice(fitting)
        return None


_SECOND = dt.timedelta(seconds=1)
_MINUTE = dt.timedelta(minutes=1)
PER_SECOND = 30
PER_GROUP_MINUTE = 20


class RateLimits:
    """Telegram's limits on writing: 30/s in all, 1/s in a chat, 20/min in a group.

    Counted by the sandbox's clock. Off unless switched on, because most tests write faster.
    """

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._sent: dict[int | None, deque[dt.datetime]] = {}
        self.enabled = False

    def check(self, method: str, params: dict[str, Any]) -> None:
        """Count a call that writes into a chat; raise 429 with the time to wait."""
        chat_id = params.get("chat_id")
        if not self.enabled or not isinstance(chat_id, int) or not _writes(method):
            return
        now = self._now()
        limits = [(None, _SECOND, PER_SECOND), (chat_id, _SECOND, 1)]
        if chat_id < 0:
            limits.append((chat_id, _MINUTE, PER_GROUP_MINUTE))
        for key, span, most in limits:
            recent = [at for at in self._sent.get(key, ()) if at > now - span]
            if len(recent) >= most:
                raise too_many_requests(recent[-most] + span - now)
        for key in (None, chat_id):
            self._sent.setdefault(key, deque(maxlen=PER_SECOND)).append(now)


def _writes(method: str) -> bool:
    return method.startswith(("send", "edit", "copy")) and method != "sendChatAction"
