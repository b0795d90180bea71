"""Whatever is written to Telegram, and by whom, takes its turn from the one limiter."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.services.pace import Pace
from handlers.sender import seconds_of

# Who would have to wait longer is tried again later, so that nobody else waits as well.
LONGEST_WAIT = 10.0
WRITES = ("send", "edit", "copy", "forward")
NOT_COUNTED = "sendChatAction"


class SharedPace(BaseRateLimiter[None]):
    """Asks the pace before a call that writes into a chat, and tells it what came back."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Call Telegram when it is this chat's turn.

        Raises:
            RetryAfter: Telegram asks to wait, or has asked before and the wait is not over.
        """
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int) or not _counts(endpoint):
            return await callback(*args, **kwargs)
        if not self._pace.has_turn():
            wait = self._pace.wait_for(chat_id)
            if wait > LONGEST_WAIT:
                raise RetryAfter(int(wait) + 1)
            await self._pace.turn(chat_id)
            self._pace.has_turn()
        try:
            result = await callback(*args, **kwargs)
        except RetryAfter as error:
            self._pace.asked_to_wait(chat_id, seconds_of(error))
            raise
        self._pace.limiter.succeeded(chat_id)
        return result


def _counts(endpoint: str) -> bool:
    return endpoint.startswith(WRITES) and endpoint != NOT_COUNTED
