"""Answering: a new message, a change of the one whose button was pressed, or a notice."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.domain.errors import DeliveryError
from bot.services import card_watch, others_questions
from bot.services.messages import Address, Outgoing
from handlers.context import BotContext, actor_of
from handlers.sender import NO_PREVIEW, TelegramSender, keyboard, translated_errors

logger = logging.getLogger(__name__)

NOTICE_LENGTH = 200
TOO_OLD = ("query is too old", "query id is invalid")


async def reply(update: Update, context: BotContext, messages: Sequence[Outgoing]) -> list[int]:
    """Send messages to the chat and topic that spoke, and return their ids.

    A question answers the speaker's message.
    """
    actor = actor_of(update)
    sender = TelegramSender(context.bot)
    source = update.message.message_id if update.message else None
    sent = []
    for message in messages:
        asks_one = message.asks and not actor.private
        if asks_one and source is None:
            message = replace(message, html=f"{_mention(update)}\n{message.html}")
        message_id = await sender.send(
            Address(actor.chat_id, actor.thread_id),
            message,
            reply_to=source if asks_one else None,
        )
        sent.append(message_id)
        if asks_one:
            await others_questions.note(context.db, actor, message_id)
    return sent


def _mention(update: Update) -> str:
    """Return the presser's name as a mention: their app, and only theirs, opens the answer.

    In a group the bot hears nothing but answers to its messages.
    """
    actor = actor_of(update)
    return f'<a href="tg://user?id={actor.telegram_id}">{escape(actor.name)}</a>'


async def show(update: Update, context: BotContext, messages: Sequence[Outgoing]) -> list[int]:
    """Put the first message in place of the one whose button was pressed; send the others.

    Without a press, or where that message can no longer be changed, all are sent. Returns the ids.
    A card that stood there gives way.
    """
    query = update.callback_query
    if query is None or not isinstance(query.message, Message) or not messages:
        return await reply(update, context, messages)
    first, *rest = messages
    shown = [query.message.message_id]
    await card_watch.give_way(context.db, query.message.chat_id, query.message.message_id)
    try:
        await query.edit_message_text(
            first.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(first),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            shown = await reply(update, context, [first])
    return shown + await reply(update, context, rest)


async def relabel(update: Update, label: Callable[[str, str], str | None]) -> None:
    """Change the buttons under the message that was pressed; its text stays.

    `label` gets a button's data and its words, and returns its words now; None takes it away.
    """
    query = update.callback_query
    if query is None or not isinstance(query.message, Message) or not query.message.reply_markup:
        return
    old = query.message.reply_markup.inline_keyboard
    made = [
        [
            button
            if words == button.text
            else InlineKeyboardButton(words, callback_data=button.callback_data)
            for button in row
            if (words := label(str(button.callback_data or ""), button.text)) is not None
        ]
        for row in old
    ]
    rows = [row for row in made if row]
    if rows == [list(row) for row in old]:
        return
    try:
        with translated_errors():
            await query.edit_message_reply_markup(InlineKeyboardMarkup(rows))
    except DeliveryError as error:
        # What was pressed counts all the same; the words of the buttons are a courtesy.
        logger.info("buttons keep their words: %s", error.reason)


async def notice(update: Update, text: str = "", *, alert: bool = False) -> bool:
    """Answer a button press; return whether that was possible.

    It is not for a press that Telegram has forgotten, as after an outage: what the press asked for
    goes on all the same. `alert` asks for a tap to close.
    """
    if update.callback_query is None:
        return False
    try:
        with translated_errors():
            await update.callback_query.answer(text[:NOTICE_LENGTH] or None, show_alert=alert)
    except DeliveryError as error:
        if any(words in error.reason.lower() for words in TOO_OLD):
            return False
        raise
    return True
