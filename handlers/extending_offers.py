"""The buttons about a day that Văn phòng proposes: the unit's answer, and a change of mind.

Each names the day that it was shown with, so that it never stands for another one.
"""

import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import MovedOn
from bot.services import extension_answers, extension_offers, extension_showing
from handlers import render_extensions
from handlers.context import BotApplication, BotContext, actor_of
from handlers.offer_keys import OfferPress, offer_pattern, offered
from handlers.replies import notice, reply, show

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]
ACTS = {
    OfferPress.TAKE: extension_answers.accept,
    OfferPress.DECLINE: extension_answers.decline,
    OfferPress.UNOFFER: extension_offers.take_back,
    OfferPress.GRANT: extension_offers.grant_asked,
}


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press in ACTS:
        application.add_handler(CallbackQueryHandler(_answer(press), offer_pattern(press)))
    application.add_handler(CallbackQueryHandler(ask_again, offer_pattern(OfferPress.AGAIN)))


def _answer(press: OfferPress) -> Handler:
    """Return the handler of a button that settles something about a proposed day."""

    async def handle(update: Update, context: BotContext) -> None:
        actor, now = actor_of(update), context.now()
        extension_id, day = _pressed(update)
        try:
            done = await ACTS[press](context.db, actor, extension_id, day, now)
        except MovedOn as error:
            await _show_anew(update, context, extension_id, error)
            return
        await notice(update)
        await show(update, context, [render_extensions.standing(done, await context.tr(actor))])

    handle.__doc__ = f"The button `{press}`."
    return handle


async def ask_again(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: ask which day it proposes in place of the one that stands."""
    actor, now = actor_of(update), context.now()
    extension_id, day = _pressed(update)
    try:
        found = await extension_offers.ask_again(context.db, actor, extension_id, day, now)
    except MovedOn as error:
        await _show_anew(update, context, extension_id, error)
        return
    await notice(update)
    await reply(update, context, [render_extensions.ask_offer(found, await context.tr(actor))])


async def _show_anew(
    update: Update, context: BotContext, extension_id: int, error: MovedOn
) -> None:
    """Refuse a press under an old message, and put the request as it stands in its place."""
    actor, now = actor_of(update), context.now()
    found = await extension_showing.request(context.db, actor, extension_id, now)
    tr = await context.tr(actor)
    await notice(update, tr.problem(error.problem), alert=True)
    await show(update, context, [render_extensions.standing(found, tr)])


def _pressed(update: Update) -> tuple[int, dt.date]:
    assert update.callback_query is not None  # a button was pressed
    return offered(update.callback_query.data or "")
