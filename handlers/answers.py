"""Answers to the bot's questions: who takes which, and what is said to anything else.

A question is a name in the table of dialogs. To add one: a row in `ANSWERS` with a coroutine that
takes the answer. It returns None when the question is answered, or `STANDS` when it, or the next
one, still waits: that is also how to refuse what cannot be read, after saying so.
"""

from collections.abc import Callable, Coroutine
from html import escape
from typing import Any

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.domain.errors import AlreadyHandled, BearsSecretMark, UserError
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.services import (
    access,
    dialogs,
    difficulties,
    extension_decisions,
    extension_offers,
    extensions,
    others_questions,
    reopening,
)
from bot.services.changing import ASK_CHANGE
from bot.services.choosing import has_choice
from bot.services.dialogs import Dialog
from bot.services.messages import Button, Outgoing
from handlers import (
    briefing,
    changing,
    concluding,
    drafting,
    extending,
    handing,
    loading_review,
    proof_files,
    proving,
    reporting,
    summing,
)
from handlers import difficulties as stuck
from handlers.choosing import answer_about
from handlers.context import BotApplication, BotContext, actor_of
from handlers.render_choosing import opener
from handlers.replies import reply

FILE_HINT = N_(
    "If this is evidence, answer the file with /xong and the item's code, like /xong III.5. "
    "Plans are loaded by Văn phòng only. Nothing was kept."
)
STANDS = True
Taker = Callable[[Update, BotContext, Dialog, str], Coroutine[Any, Any, bool | None]]
ById = Callable[[Update, BotContext, int, str], Coroutine[Any, Any, None]]
WithFiles = Callable[[Update, BotContext, int], Coroutine[Any, Any, None]]


def by_id(take: ById) -> Taker:
    """Return a taker from a coroutine that needs only the id that the question is about."""

    async def taken(update: Update, context: BotContext, dialog: Dialog, text: str) -> None:
        await take(update, context, dialog.subject_id, text)

    return taken


async def _plan_date(update: Update, context: BotContext, dialog: Dialog, text: str) -> bool:
    await loading_review.date_typed(update, context, dialog.subject_id, text)
    return STANDS  # it forgets the question itself, once the date is read


async def _conclusions(update: Update, context: BotContext, _: Dialog, text: str) -> bool:
    await concluding.typed(update, context, text)
    return STANDS  # until they are given they can be written anew


ANSWERS: dict[str, Taker] = {
    dialogs.ASK_REASON: by_id(reporting.reason_typed),
    reopening.ASK_REOPEN: by_id(handing.reopen_typed),
    dialogs.ASK_PLAN_DATE: _plan_date,
    dialogs.ASK_BRIEFING_LINE: by_id(briefing.line_typed),
    dialogs.ASK_CONCLUSIONS: _conclusions,
    ASK_CHANGE: changing.typed,
    difficulties.ASK_DIFFICULTY: stuck.typed,
    difficulties.ASK_ANSWER: stuck.answer_typed,
    extensions.ASK_EXTENSION: extending.typed,
    extension_decisions.ASK_REJECTION: extending.rejection_typed,
    extension_offers.ASK_OFFER: extending.offer_typed,
    dialogs.ASK_CORRECTION: by_id(summing.reason_typed),
}

# Questions that files and photos answer too. Each sees to its question itself: it stands until
# what was collected is sent or dropped, as an album comes piece by piece.
WITH_FILES: dict[str, WithFiles] = {dialogs.ASK_PROOF: drafting.answer}


def register(application: BotApplication) -> None:
    """Hear of every message that is no command, and in private of unknown commands."""
    texts = filters.ChatType.PRIVATE | filters.ChatType.GROUPS
    application.add_handler(
        MessageHandler(texts & ~filters.COMMAND & ~filters.StatusUpdate.ALL, answer)
    )
    # In private nothing stays without an answer; in groups other bots have commands too.
    application.add_handler(MessageHandler(filters.ChatType.PRIVATE & filters.COMMAND, unknown))


async def answer(update: Update, context: BotContext) -> None:
    """A message that is no command: the answer to a question, else a hint (in private only)."""
    message = update.effective_message
    assert message is not None  # the handler hears of messages only
    if not (actor_of(update).private or _meant_for(message, context.bot.id)):
        return
    if not actor_of(update).private and message.reply_to_message:
        asked = message.reply_to_message.message_id
        await others_questions.check_asked(context.db, actor_of(update), asked, context.now())
    dialog = await dialogs.pending(context.db, actor_of(update), context.now())
    if dialog is not None and dialog.question in WITH_FILES:
        await WITH_FILES[dialog.question](update, context, dialog.subject_id)
        return
    if dialog and dialog.question in proof_files.QUESTIONS and proof_files.file_of(message):
        await proving.more(update, context, dialog.subject_id)
        return
    text = (message.text or message.caption or "").strip()
    if dialog and text and dialog.question == proof_files.ASK_MORE:
        await dialogs.forget(context.db, actor_of(update))  # something else: no more files
        dialog = None
    take = ANSWERS.get(dialog.question) if dialog else None
    if dialog is None or take is None or not text:
        await _hint(update, context, asked=dialog is not None)
        return
    await _take(update, context, take, dialog, text)


def _meant_for(message: Message, bot_id: int) -> bool:
    """Tell whether a message in a group answers one of the bot's.

    An administrator, and a bot without privacy, hears what people say to each other too. Of an
    album perhaps only the first piece is an answer.
    """
    answered = message.reply_to_message
    speaker = answered.from_user if answered else None
    return (speaker is not None and speaker.id == bot_id) or message.media_group_id is not None


async def _take(
    update: Update, context: BotContext, take: Taker, dialog: Dialog, text: str
) -> None:
    try:
        stands = await take(update, context, dialog, text)
    except BearsSecretMark:
        raise  # the question stands: it can be answered without
    except (UserError, AlreadyHandled):
        await dialogs.forget(context.db, actor_of(update))
        raise
    if not stands:
        await dialogs.forget(context.db, actor_of(update))


async def unknown(update: Update, context: BotContext) -> None:
    """A command that is none of the bot's, in private: say what can be done."""
    await _hint(update, context, asked=False)


async def _hint(update: Update, context: BotContext, *, asked: bool) -> None:
    actor = actor_of(update)
    tr = await context.tr(actor)
    if asked:
        text = tr(N_("I asked for words here. Please type them."))
    elif actor.private:
        await access.check_known(context.db, actor, context.now())
        message = update.effective_message
        if message is not None and proof_files.file_of(message):
            await _hint_of_file(update, context, message)
            return
        text = tr(N_("I did not understand that. /viec lists the open items, /tro_giup helps."))
    else:
        return  # in a group, what is not meant for the bot is none of its business
    await reply(update, context, [Outgoing(escape(text))])


async def _hint_of_file(update: Update, context: BotContext, message: Message) -> None:
    """Say how a file becomes evidence, with a way to choose the item that it proves."""
    actor = actor_of(update)
    album = message.media_group_id
    if album is not None and context.bot_data.albums.get(actor.chat_id) == album:
        return  # its first piece was answered
    tr = await context.tr(actor)
    rows: tuple[tuple[Button, ...], ...] = ()
    if await has_choice(context.db, actor, Purpose.REPORT, context.now()):
        rows = ((opener(tr(N_("✅ Report an item done with it")), Purpose.REPORT),),)
    await answer_about(update, context, Outgoing(escape(tr(FILE_HINT)), rows), message)
