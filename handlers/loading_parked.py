"""A file that cannot be read alone: ask which column is which, or whether to recognise a scan."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.services import parked
from bot.services.parked import ABSENT, ParkedFile
from handlers import loading
from handlers.callbacks import Press, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.render_parked import column_question
from handlers.replies import notice, show

NOBODY_WAITS = N_("No file waits for this. Send the file again.")


def register(application: BotApplication) -> None:
    """Hear of the buttons under a question about a file."""
    for press, handler in (
        (Press.COLUMN, take_column),
        (Press.NO_COLUMN, take_none),
        (Press.RECOGNISE, recognise),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


async def take_column(update: Update, context: BotContext) -> None:
    """A button: the column that was asked for."""
    assert update.callback_query is not None  # a button was pressed
    await _placed(update, context, subject(update.callback_query.data or ""))


async def take_none(update: Update, context: BotContext) -> None:
    """A button: the table has no such column."""
    await _placed(update, context, ABSENT)


async def _placed(update: Update, context: BotContext, at: int) -> None:
    actor = actor_of(update)
    file = (await _waiting(update, context)).placed(at)
    await notice(update)
    if file.asked() is None:
        await loading.load_parked(update, context, file)
        return
    await parked.park(context.db, actor, file, context.now())
    await show(update, context, [column_question(file, await context.tr(actor))])


async def recognise(update: Update, context: BotContext) -> None:
    """A button: recognise the text of the scan and read it."""
    file = await _waiting(update, context)
    await notice(update)
    await loading.load_parked(update, context, file.recognised())


async def _waiting(update: Update, context: BotContext) -> ParkedFile:
    file = await parked.parked(context.db, actor_of(update), context.now())
    if file is None:
        raise NotFound(NOBODY_WAITS)
    return file
