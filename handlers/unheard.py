"""Buttons that nothing hears of: of an older version of the bot, or made up."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.services.access import check_known
from handlers.context import BotApplication, BotContext, actor_of

NO_LONGER_USED = N_("This button is no longer used. Send /viec or /tro_giup. Nothing has changed.")


def register(application: BotApplication) -> None:
    """Hear of every press that no other handler takes; it comes after all of them."""
    application.add_handler(CallbackQueryHandler(refuse))


async def refuse(update: Update, context: BotContext) -> None:
    """A button nobody knows: say so, as a press without an answer keeps the phone waiting."""
    await check_known(context.db, actor_of(update), context.now())
    raise NotFound(NO_LONGER_USED)
