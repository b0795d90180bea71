"""Codes that wait to be used: listed, and revoked."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.services import open_codes
from handlers import render_codes
from handlers.context import BotApplication, BotContext, actor_of
from handlers.people_keys import PeoplePress, people_pattern, people_pressed
from handlers.replies import notice, show


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (PeoplePress.CODES, turn),
        (PeoplePress.REVOKE, ask),
        (PeoplePress.REVOKE_NOW, revoke),
    ):
        application.add_handler(CallbackQueryHandler(handler, people_pattern(press)))


async def turn(update: Update, context: BotContext) -> None:
    """A button: the open codes, or another page of them."""
    actor = actor_of(update)
    found = await open_codes.listed(context.db, actor, context.now())
    await notice(update)
    page = people_pressed(update)[1]
    await show(update, context, [render_codes.codes(found, page, await context.tr(actor))])


async def ask(update: Update, context: BotContext) -> None:
    """A button: ask before a code is revoked."""
    actor, invite_id = actor_of(update), people_pressed(update)[1]
    found = await open_codes.listed(context.db, actor, context.now())
    if all(code.id != invite_id for code in found.codes):
        raise NotFound(open_codes.NO_CODE)
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [render_codes.ask_revoke(found, invite_id, tr)])


async def revoke(update: Update, context: BotContext) -> None:
    """A button: the code is worth nothing any more."""
    actor, invite_id = actor_of(update), people_pressed(update)[1]
    await open_codes.revoke(context.db, actor, invite_id, context.now())
    tr = await context.tr(actor)
    await notice(update, tr(N_("Recorded.")))
    found = await open_codes.listed(context.db, actor, context.now())
    await show(update, context, [render_codes.codes(found, 0, tr)])
