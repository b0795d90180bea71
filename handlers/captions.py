"""Commands under a file or a picture, or in answer to one."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.domain.errors import UserError
from bot.domain.problem import N_
from handlers.context import BotContext
from handlers.proof_files import Sent, file_of

NOT_TAKEN = N_(
    "I can take a link, a document's number, a file or a photo here, but not this. "
    "Nothing has changed."
)
Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]


def _caption(command: str) -> re.Pattern[str]:
    return re.compile(rf"\A\s*/{command}(?:@(\w+))?(?=\s|\Z)", re.IGNORECASE)


class Captioned(filters.MessageFilter):
    """Passes what has this command as its caption, unless it is meant for another bot."""

    def __init__(self, command: str) -> None:
        super().__init__(name=f"Captioned({command})")
        self._caption = _caption(command)

    def filter(self, message: Message) -> bool:
        """Tell whether the message passes."""
        found = self._caption.match(message.caption or "")
        if found is None:
            return False
        return found[1] is None or found[1].lower() == message.get_bot().username.lower()


def captioned(command: str, handler: Handler) -> MessageHandler[BotContext, None]:
    """Return what hears of a command as a caption, and lets its handler take it."""

    async def heard(update: Update, context: BotContext) -> None:
        message = update.effective_message
        context.args = ((message.caption or "") if message else "").split()[1:]
        await handler(update, context)

    return MessageHandler(filters.UpdateType.MESSAGE & Captioned(command), heard)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that came with a command: under it, or in the message that it answers.

    `words` is the caption of a message that was answered; `album` names what was sent together.
    """

    sent: Sent
    source: Message
    words: str = ""
    album: str | None = None
    answered: bool = False


def brought(update: Update, *, only: bool = True) -> Brought | None:
    """Return the file that a command brings, None where there is none.

    `only`: the command makes no sense beside what is no evidence, like a video.

    Raises:
        UserError: it brings such a thing.
    """
    message = update.message
    if message is None:
        return None
    own = _file_in(message)
    if own is not None or message.reply_to_message is None:
        return own
    if not only and file_of(message.reply_to_message) is None:
        return None
    return _file_in(message.reply_to_message, answered=True)


def brought_before(update: Update) -> Brought | None:
    """Return the file of the message that a pressed message answers."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return None
    return _file_in(query.message.reply_to_message, answered=True)


def _file_in(message: Message | None, *, answered: bool = False) -> Brought | None:
    if message is None:
        return None
    if message.from_user is not None and message.from_user.id == message.get_bot().id:
        return None
    sent = file_of(message)
    if sent is None and message.effective_attachment is not None:
        raise UserError(NOT_TAKEN)
    if sent is None:
        return None
    words = _words_of(message.caption or "") if answered else ""
    return Brought(sent, message, words, message.media_group_id, answered)


def _words_of(caption: str) -> str:
    """Return what a caption says of its file: of /xong what stands behind the item's code."""
    if _caption("xong").match(caption):
        return "".join(caption.split(maxsplit=2)[2:])
    return "" if caption.lstrip().startswith("/") else caption
