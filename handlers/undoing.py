"""Safety of acts: /hoan_tac takes back what one did last, /nhat_ky shows who did what."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.purposes import Purpose
from bot.services import history, undoing
from handlers import render_history, render_undoing
from handlers.callbacks import Press, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.reading import item_to_read, with_earlier
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the button."""
    application.add_handler(CallbackQueryHandler(take_back, pattern(Press.UNDO)))


async def undo(update: Update, context: BotContext) -> None:
    """`/hoan_tac`: read back what was done last, to be taken back."""
    actor = actor_of(update)
    last = await undoing.last_act(context.db, actor, context.now())
    tr = await context.tr(actor)
    await reply(
        update, context, [render_undoing.ask(last, tr) if last else render_undoing.none(tr)]
    )


async def take_back(update: Update, context: BotContext) -> None:
    """A button under what was read back: it is taken back."""
    actor = actor_of(update)
    assert update.callback_query is not None  # a button was pressed
    key = subject(update.callback_query.data or "")
    last = await undoing.undo(context.db, actor, key, context.now())
    await notice(update)
    await show(update, context, [render_undoing.done(last, await context.tr(actor))])


async def log(update: Update, context: BotContext) -> None:
    """`/nhat_ky III.5`: who did what to an item, the newest first."""
    named = await item_to_read(update, context, Purpose.LOG)
    if named is None:
        return
    item_id, earlier = named
    actor = actor_of(update)
    tr = await context.tr(actor)
    found = await history.history(context.db, actor, item_id, 0, context.now())
    messages = [render_history.history(found, tr)]
    await reply(update, context, with_earlier(messages, earlier, tr))
