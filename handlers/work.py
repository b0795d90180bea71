"""Looking things up: /viec, /xem, /tre_han, and the buttons that open them."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import lists
from bot.services.messages import Button, Outgoing
from handlers import render_card, render_lists
from handlers.callbacks import Press, data, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show
from handlers.words import clip


def register(application: BotApplication) -> None:
    """Hear of the buttons that open items and lists."""
    for press, handler in ((Press.OPEN, open_item), (Press.WORK, open_work)):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


async def work(update: Update, context: BotContext) -> None:
    """`/viec`: the open parts of the own unit."""
    actor = actor_of(update)
    found = await lists.my_work(context.db, actor, context.now())
    await reply(update, context, render_lists.work(found, await context.tr(actor)))


async def open_work(update: Update, context: BotContext) -> None:
    """Show the open parts in place of the pressed message, or below a reminder."""
    actor = actor_of(update)
    found = await lists.my_work(context.db, actor, context.now())
    await notice(update)
    await reply(update, context, render_lists.work(found, await context.tr(actor)))


async def overdue(update: Update, context: BotContext) -> None:
    """`/tre_han [unit]`: what is overdue."""
    actor = actor_of(update)
    found = await lists.overdue(context.db, actor, context.words, context.now())
    await reply(update, context, render_lists.overdue(found, await context.tr(actor)))


def code_of(word: str) -> str:
    """Return an item's code as plans write it: "iii.5." is III.5."""
    return word.strip().strip(".").upper()


async def view(update: Update, context: BotContext) -> None:
    """`/xem III.5`: an item's card; several active plans: buttons choose."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    if not context.args:
        text = tr(N_("Which item? For example: /xem III.5"))
        await reply(update, context, [Outgoing(escape(text))])
        return
    code = code_of(context.args[0])
    found = await lists.items_called(context.db, actor, code, context.now())
    if len(found) > 1:
        rows = tuple(
            (Button(clip(title, 60), data(Press.OPEN, item_id)),) for item_id, title in found
        )
        text = tr(N_("Several plans have an item {code}. Which one?"), code=code)
        await reply(update, context, [Outgoing(escape(text), rows)])
        return
    card = await lists.card(context.db, actor, found[0][0], context.now())
    await reply(update, context, [render_card.card(card, tr)])


async def open_item(update: Update, context: BotContext) -> None:
    """Show an item's card below the list that named it."""
    actor = actor_of(update)
    query = update.callback_query
    assert query is not None  # a button was pressed
    item_id = subject(query.data or "")
    card = await lists.card(context.db, actor, item_id, context.now())
    await notice(update)
    await reply(update, context, [render_card.card(card, await context.tr(actor))])


async def refresh_item(update: Update, context: BotContext, item_id: int) -> None:
    """Show an item's card as it stands now in place of the pressed message."""
    actor = actor_of(update)
    card = await lists.card(context.db, actor, item_id, context.now())
    await show(update, context, [render_card.card(card, await context.tr(actor))])
