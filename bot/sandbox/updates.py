"""The queue of updates and its long polling."""

import asyncio
import copy
from collections.abc import Callable, Collection
from typing import Any

from bot.sandbox.refusal import ANOTHER_POLL, ApiError, refuse
from bot.sandbox.spec import NOT_BY_DEFAULT, UPDATE_KINDS

MAX_UPDATES = 100
MAX_POLL_SECONDS = 50


class Signal:
    """Tells every waiter that something changed; costs nothing while nobody waits."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait_for(self, predicate: Callable[[], Any], seconds: float) -> Any:
        """Return the first true value of `predicate`; TimeoutError when none came in time."""
        async with asyncio.timeout(seconds):
            while not (value := predicate()):
                await self._event.wait()
            return value


class UpdateQueue:
    """Updates that wait for the bot, in order, until a higher offset confirms them."""

    def __init__(self, changed: Signal, first_id: int) -> None:
        self._changed = changed
        self._next_id = first_id
        self._allowed: Collection[str] = UPDATE_KINDS - NOT_BY_DEFAULT
        self._again: list[dict[str, Any]] = []
        self._polls = 0
        self._is_closed = False
        self.pending: list[dict[str, Any]] = []
        self.history: dict[int, dict[str, Any]] = {}

    @property
    def is_polled(self) -> bool:
        """Whether the bot has ever asked for updates."""
        return self._polls > 0

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None when the bot did not ask for this kind."""
        if kind not in self._allowed:
            return None
        # A snapshot: what is told does not change when the message is edited later.
        update_id = self._next_id
        update = {"update_id": update_id, kind: copy.deepcopy(body)}
        self._next_id += 1
        self.history[update_id] = update
        self.pending.append(update)
        self._changed.notify()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Hand out an old update once more, whatever was confirmed since."""
        self._again.append(self.history[update_id])
        self._changed.notify()

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()

    def close(self) -> None:
        """End the poll that is open."""
        self._is_closed = True
        self._changed.notify()

    async def poll(
        self, offset: int, limit: int, seconds: int, allowed: Collection[str] | None
    ) -> list[dict[str, Any]]:
        """Confirm what lies before `offset` and return what follows, waiting if there is nothing.

        The latest poll wins: the one before it ends with the conflict, as at Telegram.
        """
        if allowed is not None:
            self._set_allowed(allowed)
        self._polls += 1
        mine = self._polls
        self._confirm(offset)
        self._changed.notify()

        def is_over() -> bool:
            return bool(self._is_closed or self._polls != mine or self._again or self.pending)

        try:
            await self._changed.wait_for(is_over, min(max(seconds, 0), MAX_POLL_SECONDS))
        except TimeoutError:
            return []
        if self._polls != mine:
            raise ApiError(409, ANOTHER_POLL)
        count = limit if 1 <= limit <= MAX_UPDATES else MAX_UPDATES
        batch = (self._again + self.pending)[:count]
        self._again = self._again[count:]
        return batch

    def _set_allowed(self, allowed: Collection[str]) -> None:
        unknown = sorted(set(allowed) - UPDATE_KINDS)
        if unknown:
            refuse(f'Bad Request: unknown update type "{unknown[0]}"')
        self._allowed = frozenset(allowed) or UPDATE_KINDS - NOT_BY_DEFAULT

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]
