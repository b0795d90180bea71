"""One's own data and language: /du_lieu_cua_toi, /ngon_ngu."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import languages, own_data
from bot.services.access import check_known
from bot.services.change_flows import STAND_IN
from bot.services.lending import read_typed
from bot.services.messages import Outgoing
from handlers import changing, render_personal
from handlers.context import BotApplication, BotContext, actor_of
from handlers.people_keys import PeoplePress, people_pattern, people_pressed
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the buttons of languages."""
    application.add_handler(CallbackQueryHandler(speak, people_pattern(PeoplePress.TONGUE)))


async def my_data(update: Update, context: BotContext) -> None:
    """`/du_lieu_cua_toi`: all that is stored about whoever asks."""
    actor = actor_of(update)
    data = await own_data.of_oneself(context.db, actor, context.now())
    await reply(update, context, [render_personal.own_data(data, await context.tr(actor))])


async def stand_in(update: Update, context: BotContext) -> None:
    """`/thay_mat [name > first day > last day]`: lend one's own roles for a time."""
    await changing.begin_here(update, context, STAND_IN, read_typed(context.words))


async def choose_language(update: Update, context: BotContext) -> None:
    """`/ngon_ngu`: Vietnamese or English, for oneself or for the group."""
    actor = actor_of(update)
    await check_known(context.db, actor, context.now())
    tr = await context.tr(actor)
    await reply(update, context, [render_personal.languages(tr, private=actor.private)])


async def speak(update: Update, context: BotContext) -> None:
    """A button: this language from now on."""
    actor = actor_of(update)
    await languages.choose(context.db, actor, people_pressed(update)[0], context.now())
    tr = await context.tr(actor)
    await notice(update)
    text = tr(N_("From now on I speak English here."))
    await show(update, context, [Outgoing(f"✅ {escape(text)}")])
