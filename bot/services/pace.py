"""Waiting for a turn to write: one limiter for everything the bot says, whoever says it."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.clock import Clock, steady
from bot.domain.rate import Limiter
from storage import outbox_lately
from storage.db import Database

LATELY = dt.timedelta(minutes=2)
# Set by who has taken a turn for the call that follows, in the task of that call.
_HAS_TURN: ContextVar[bool] = ContextVar("has_turn", default=False)


@dataclass(slots=True)
class Pace:
    """The limiter with its clock, and how to wait; both can be virtual."""

    limiter: Limiter = field(default_factory=Limiter)
    steady: Callable[[], float] = steady
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wait_for(self, chat_id: int) -> float:
        """Return the seconds until a chat may be written to."""
        now = self.steady()
        return self.limiter.ready_at(chat_id, now) - now

    async def turn(self, chat_id: int) -> None:
        """Take the next moment at which a chat may be written to, and wait for it.

        The moment is taken at once, so that whoever asks later comes later. The bulk only asks
        when its moment is now; so an answer to a person waits behind what is under way, not
        behind what is owed.
        """
        now = self.steady()
        at = self.limiter.ready_at(chat_id, now)
        self.limiter.book(chat_id, at)
        if at > now:
            await self.sleep(at - now)
        _HAS_TURN.set(True)

    @staticmethod
    def has_turn() -> bool:
        """Tell whether the call at hand has taken its turn; it is used up by asking."""
        had = _HAS_TURN.get()
        _HAS_TURN.set(False)
        return had

    def asked_to_wait(self, chat_id: int, wait: dt.timedelta) -> None:
        """Hold a chat back as the platform asked."""
        self.limiter.asked_to_wait(chat_id, self.steady() + wait.total_seconds())

    async def seed(self, db: Database, now: dt.datetime) -> None:
        """Count what was recorded as sent lately, maybe by a process that was killed."""
        async with db.read() as session:
            sent = await outbox_lately.sent_since(session, now - LATELY)
        here = self.steady()
        self.limiter.seed((chat, here - max(0.0, (now - at).total_seconds())) for chat, at in sent)


def no_limits(clock: Clock) -> Pace:
    """Return a pace that only keeps the waits it was asked for, by a clock that may be moved."""
    return Pace(Limiter(None), lambda: clock().timestamp())
