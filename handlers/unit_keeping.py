"""`/don_vi`: the units, a page for each, and what becomes of them."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.services import units
from bot.services.unit_steps import GONE
from handlers import changing, render_units
from handlers.context import BotApplication, BotContext, actor_of
from handlers.people_keys import UnitPress, people_pattern, people_pressed
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (UnitPress.LIST, turn),
        (UnitPress.PAGE, page),
        (UnitPress.CHANGE, begin),
    ):
        application.add_handler(CallbackQueryHandler(handler, people_pattern(press)))


async def keep_units(update: Update, context: BotContext) -> None:
    """`/don_vi [what to do]`: change a unit, and show the list as it is now."""
    actor = actor_of(update)
    if context.words:
        asked = await units.change(context.db, actor, context.words, context.now())
        if asked is not None:
            await changing.begin_here(update, context, *asked)
            return
    found = await units.listed(context.db, actor, context.now())
    await reply(update, context, [render_units.list_units(found, 0, await context.tr(actor))])


async def turn(update: Update, context: BotContext) -> None:
    """A button: the list or the one of ended units, or another page of it."""
    actor = actor_of(update)
    found = await units.listed(context.db, actor, context.now())
    await notice(update)
    word, at = people_pressed(update)
    render = render_units.ended if word == render_units.ENDED else render_units.list_units
    await show(update, context, [render(found, at, await context.tr(actor))])


async def page(update: Update, context: BotContext) -> None:
    """A button: one unit, with what can be done about it."""
    actor = actor_of(update)
    found = await units.page(context.db, actor, people_pressed(update)[1], context.now())
    await notice(update)
    await show(update, context, [render_units.page(found, await context.tr(actor))])


async def begin(update: Update, context: BotContext) -> None:
    """A button of that page: begin the change."""
    word, unit_id = people_pressed(update)
    if word not in render_units.CHANGES:
        raise NotFound(GONE)
    await changing.begin_here(update, context, word, {"unit": unit_id} if unit_id else {})
