"""An item's card: /xem, the buttons that open it, and its further pages."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.listing import ListRef
from bot.domain.purposes import Purpose
from bot.services import card_watch, history, lists
from bot.services.messages import Card
from handlers import render_card, render_history, render_parts
from handlers.callbacks import (
    LIST_WORDS,
    ListPress,
    Press,
    list_of,
    list_pattern,
    list_ref,
    list_words,
    pattern,
    subject,
)
from handlers.context import BotApplication, BotContext, actor_of
from handlers.reading import item_to_read, with_earlier
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the buttons that open items."""
    application.add_handler(CallbackQueryHandler(open_item, pattern(Press.OPEN)))
    for press, handler in (
        (ListPress.ITEM, open_in_place),
        (ListPress.PARTS, all_parts),
        (ListPress.HISTORY, open_history),
    ):
        application.add_handler(CallbackQueryHandler(handler, list_pattern(press)))


async def view(update: Update, context: BotContext) -> None:
    """`/xem III.5`: an item's card; without a code, or with several plans, buttons choose."""
    found = await item_to_read(update, context, Purpose.VIEW)
    if found is None:
        return
    item_id, earlier = found
    actor = actor_of(update)
    card = await lists.card(context.db, actor, item_id, context.now())
    await _show_card(update, context, card, reply)
    await reply(update, context, with_earlier((), earlier, await context.tr(actor)))


async def open_item(update: Update, context: BotContext) -> None:
    """Show an item's card below the list that named it."""
    actor = actor_of(update)
    query = update.callback_query
    assert query is not None  # a button was pressed
    item_id = subject(query.data or "")
    card = await lists.card(context.db, actor, item_id, context.now())
    await notice(update)
    await _show_card(update, context, card, reply)


async def open_in_place(update: Update, context: BotContext) -> None:
    """Show an item's card in place of the list that named it, with the way back."""
    actor = actor_of(update)
    (item_id,), origin = _pressed(update)
    card = await lists.card(context.db, actor, item_id, context.now())
    await notice(update)
    await _show_card(update, context, replace(card, origin=origin), show)


async def _show_card(
    update: Update, context: BotContext, card: Card, way: Callable[..., Awaitable[list[int]]]
) -> None:
    """Show a card by `reply` or `show`, and keep which message it stands in."""
    actor = actor_of(update)
    first, *_ = await way(update, context, [render_card.card(card, await context.tr(actor))])
    origin = ":".join(list_words(card.origin))
    await card_watch.remember(context.db, actor, first, card, origin, context.now())


def origin_ref(origin: str) -> ListRef:
    """Return the list that `origin` names, as a card's message keeps it."""
    words = origin.split(":")
    return list_ref(words) if len(words) == LIST_WORDS else ListRef()


def _pressed(update: Update) -> tuple[list[int], ListRef]:
    assert update.callback_query is not None  # a button was pressed
    return list_of(update.callback_query.data or "")


async def all_parts(update: Update, context: BotContext) -> None:
    """Show a page of an item's parts in full, in place of its card."""
    actor = actor_of(update)
    (item_id, page), origin = _pressed(update)
    card = await lists.card(context.db, actor, item_id, context.now())
    await notice(update)
    shown = render_parts.parts_page(replace(card, origin=origin), page, await context.tr(actor))
    await show(update, context, [shown])


async def open_history(update: Update, context: BotContext) -> None:
    """Show a page of what happened to an item, in place of its card."""
    actor = actor_of(update)
    (item_id, page), origin = _pressed(update)
    found = await history.history(context.db, actor, item_id, page, context.now())
    await notice(update)
    found = replace(found, card=replace(found.card, origin=origin))
    await show(update, context, [render_history.history(found, await context.tr(actor))])


async def refresh_item(update: Update, context: BotContext, item_id: int) -> None:
    """Show an item's card as it stands now in place of the pressed message."""
    actor = actor_of(update)
    card = await lists.card(context.db, actor, item_id, context.now())
    query = update.callback_query
    if query is not None and query.message is not None:
        message = query.message
        kept = await card_watch.origin_of(context.db, message.chat.id, message.message_id)
        card = replace(card, origin=origin_ref(kept))
    await _show_card(update, context, card, show)
