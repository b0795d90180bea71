"""/so_lieu: the values of indicators, entered and listed."""

from telegram import Update

from bot.services import indicators
from handlers import render_indicators
from handlers.context import BotContext, actor_of
from handlers.replies import reply


async def values(update: Update, context: BotContext) -> None:
    """`/so_lieu [CODE VALUE [period]]`: enter a value, or list the targets and what is missing."""
    actor, words, now = actor_of(update), list(context.args or ()), context.now()
    tr = await context.tr(actor)
    if not words:
        found = await indicators.sheet(context.db, actor, now)
        await reply(update, context, render_indicators.sheet(found, tr))
        return
    value, period = (words[1] if len(words) > 1 else ""), " ".join(words[2:])
    entered = await indicators.enter(context.db, actor, words[0], value, period, now)
    await reply(update, context, render_indicators.entered(*entered, tr))
