"""The item that a command is about: named by its code, or chosen by a button."""

from html import escape

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.domain.purposes import Purpose
from bot.services import choosing, lists
from bot.services.messages import Address, Button, Outgoing
from handlers import render_choosing
from handlers.callbacks import Press, data, pair, pair_pattern
from handlers.codes import WHICH_PLAN, code_of
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, show
from handlers.sender import TelegramSender
from handlers.words import clip


def register(application: BotApplication) -> None:
    """Hear of the buttons that turn the pages."""
    application.add_handler(CallbackQueryHandler(turn, pair_pattern(Press.CHOOSE)))


async def item_named(
    update: Update, context: BotContext, purpose: Purpose, about: Message | None = None
) -> int | None:
    """Return the item whose code is the command's first word.

    Without a code buttons offer the items that `purpose` is possible for; where several plans
    have such an item, buttons ask which. None: that was the answer. It answers `about`, whose file
    then counts for what is chosen.
    """
    if not context.args:
        await ask_which(update, context, purpose, about)
        return None
    actor, code = actor_of(update), code_of(context.args[0])
    found = await lists.items_called(context.db, actor, code, context.now())
    if len(found) == 1:
        return found[0][0]
    tr = await context.tr(actor)
    ids = [item_id for item_id, _ in found]
    possible = await choosing.choices(context.db, actor, purpose, 0, context.now(), among=ids)
    ways = {part.item_id: render_choosing.goes_on(purpose, part) for part in possible.found}
    rows = tuple(
        (Button(clip(title, 60), ways.get(item_id, data(Press.OPEN, item_id))),)
        for item_id, title in found
    )
    question = Outgoing(escape(tr(WHICH_PLAN, code=code)), rows)
    await answer_about(update, context, question, about)
    return None


async def ask_which(
    update: Update, context: BotContext, purpose: Purpose, about: Message | None = None
) -> None:
    """Offer the items that `purpose` is possible for."""
    actor = actor_of(update)
    found = await choosing.choices(context.db, actor, purpose, 0, context.now())
    tr = await context.tr(actor)
    await answer_about(update, context, render_choosing.question(found, tr), about)


async def answer_about(
    update: Update, context: BotContext, message: Outgoing, about: Message | None
) -> None:
    """Say something in answer to a message: a button pressed under it knows that message."""
    actor = actor_of(update)
    if about is not None and about.media_group_id is not None:
        context.bot_data.albums[actor.chat_id] = about.media_group_id
    await TelegramSender(context.bot).send(
        Address(actor.chat_id, actor.thread_id),
        message,
        reply_to=about.message_id if about else None,
    )


async def turn(update: Update, context: BotContext) -> None:
    """A button: another page of the items to choose from, or the first one."""
    actor = actor_of(update)
    assert update.callback_query is not None  # a button was pressed
    place, page = pair(update.callback_query.data or "")
    purposes = list(Purpose)
    purpose = purposes[min(place, len(purposes) - 1)]
    found = await choosing.choices(context.db, actor, purpose, page, context.now())
    await notice(update)
    await show(update, context, [render_choosing.question(found, await context.tr(actor))])
