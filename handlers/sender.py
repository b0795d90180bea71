"""The Sender port over Telegram; the only place that translates Telegram's errors."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import httpx
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.domain.errors import ChatMoved, DeliveryError, UserError
from bot.domain.problem import N_
from bot.services.messages import Address, Outgoing
from handlers.refusals import about_message, topic_closed, topic_gone

READ_TIMEOUT = 30.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Before the request left: surely not delivered. Anything else may have been.
NOT_SENT = (httpx.PoolTimeout, httpx.ConnectTimeout, httpx.ConnectError)
UNCHANGED = "message is not modified"
# What bots may fetch, and what Telegram says beyond it.
MAX_FETCH = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
TOO_BIG = "file is too big"
TOO_LARGE = N_(
    "The file {name} is larger than 20 MB, which bots cannot fetch. "
    "Load it on the server: nhacviec load FILE."
)


def keyboard(message: Outgoing) -> InlineKeyboardMarkup | None:
    """Return a message's buttons as Telegram takes them."""
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in message.buttons
        ]
    )


def seconds_of(error: RetryAfter) -> dt.timedelta:
    """Return the wait that Telegram asks for."""
    wait = error.retry_after
    return wait if isinstance(wait, dt.timedelta) else dt.timedelta(seconds=wait)


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn Telegram's errors into ours.

    Raises:
        ChatMoved: the group became a supergroup.
        DeliveryError: with what is known of the outcome.
    """
    try:
        yield
    except RetryAfter as error:
        raise DeliveryError("429", retry_after=seconds_of(error)) from error
    except ChatMigrated as error:
        raise ChatMoved(error.new_chat_id) from error
    except (Forbidden, InvalidToken) as error:
        # A refused token says nothing about the chat: keep what is owed until it is mended.
        lost = isinstance(error, Forbidden)
        raise DeliveryError(error.message, permanent=lost, chat_lost=lost) from error
    except BadRequest as error:
        closed = topic_closed(error.message)
        lost = closed or not about_message(error.message)
        raise DeliveryError(
            error.message, permanent=True, chat_lost=lost, topic_only=closed
        ) from error
    except TimedOut as error:
        unknown = not isinstance(error.__cause__, NOT_SENT)
        raise DeliveryError("timed out", uncertain=unknown) from error
    except NetworkError as error:
        unknown = not isinstance(error.__cause__, NOT_SENT)
        raise DeliveryError(type(error.__cause__ or error).__name__, uncertain=unknown) from error
    except TelegramError as error:
        raise DeliveryError(error.message) from error


class TelegramSender:
    """Sends through a bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(
        self, address: Address, message: Outgoing, *, reply_to: int | None = None
    ) -> int:
        """Send a message and return its id; a topic that is gone falls back to its group.

        Raises:
            DeliveryError, ChatMoved: as `translated_errors` says.
        """
        try:
            return await self._send(address, message, reply_to)
        except DeliveryError as error:
            if address.thread_id and topic_gone(error.reason):
                return await self._send(Address(address.telegram_id), message, reply_to)
            raise

    async def _send(self, address: Address, message: Outgoing, reply_to: int | None) -> int:
        markup = ForceReply(selective=True) if message.asks else keyboard(message)
        if message.file_id is not None:
            return await self._send_known_file(address, message, markup)
        with translated_errors():
            sent = await self._bot.send_message(
                address.telegram_id,
                message.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=address.thread_id or None,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
                reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True)
                if reply_to
                else None,
                read_timeout=READ_TIMEOUT,
            )
        return sent.message_id

    async def _send_known_file(
        self, address: Address, message: Outgoing, markup: InlineKeyboardMarkup | ForceReply | None
    ) -> int:
        assert message.file_id is not None  # the caller has looked
        send = self._bot.send_photo if message.photo else self._bot.send_document
        with translated_errors():
            sent = await send(
                address.telegram_id,
                message.file_id,
                caption=message.html or None,
                parse_mode=ParseMode.HTML,
                message_thread_id=address.thread_id or None,
                reply_markup=markup,
                read_timeout=READ_TIMEOUT,
            )
        return sent.message_id

    async def edit(self, address: Address, message_id: int, message: Outgoing) -> None:
        """Put a message in the place of one that was sent; one that says the same stays.

        Raises:
            DeliveryError, ChatMoved: as `translated_errors` says.
        """
        try:
            with translated_errors():
                await self._bot.edit_message_text(
                    message.html,
                    address.telegram_id,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message),
                    link_preview_options=NO_PREVIEW,
                )
        except DeliveryError as error:
            if UNCHANGED not in error.reason.lower():
                raise

    async def send_file(self, address: Address, name: str, data: bytes, caption: str = "") -> int:
        """Send a file called `name`, with at most 1024 letters under it; return the message's id.

        Raises:
            DeliveryError, ChatMoved: as `translated_errors` says.
        """
        return await self._upload(self._bot.send_document, address, name, data, caption)

    async def send_photo(self, address: Address, name: str, data: bytes, caption: str = "") -> int:
        """Send a picture, with at most 1024 letters under it; return the message's id.

        Raises:
            DeliveryError, ChatMoved: as `translated_errors` says.
        """
        return await self._upload(self._bot.send_photo, address, name, data, caption)

    async def _upload(
        self,
        send: Callable[..., Awaitable[Message]],
        address: Address,
        name: str,
        data: bytes,
        caption: str,
    ) -> int:
        with translated_errors():
            sent = await send(
                address.telegram_id,
                data,
                caption=caption or None,
                filename=name,
                message_thread_id=address.thread_id or None,
                read_timeout=READ_TIMEOUT,
                write_timeout=READ_TIMEOUT,
            )
        return sent.message_id

    async def send_album(self, address: Address, file_ids: Sequence[str], caption: str) -> None:
        """Send 2 to 10 pictures that Telegram has already as one album, `caption` under the first.

        Raises:
            DeliveryError, ChatMoved: as `translated_errors` says.
        """
        with translated_errors():
            await self._bot.send_media_group(
                address.telegram_id,
                [InputMediaPhoto(file_id) for file_id in file_ids],
                caption=caption or None,
                message_thread_id=address.thread_id or None,
                read_timeout=READ_TIMEOUT,
            )

    async def fetch_file(
        self, file_id: str, name: str, size: int | None, too_large: str = TOO_LARGE
    ) -> bytes:
        """Return what is in a file that somebody sent; `too_large` says that it is, with {name}.

        Raises:
            UserError: it is larger than bots may fetch.
            DeliveryError: it could not be fetched.
        """
        if (size or 0) > MAX_FETCH:
            raise UserError(too_large, name=name)
        try:
            with translated_errors():
                file = await self._bot.get_file(file_id, read_timeout=READ_TIMEOUT)
                return bytes(await file.download_as_bytearray(read_timeout=READ_TIMEOUT))
        except DeliveryError as error:
            if TOO_BIG in error.reason.lower():
                raise UserError(too_large, name=name) from error
            raise
