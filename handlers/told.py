"""/da_nhac: the ledger of reminders; /thu_nhac: a test to every group."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.purposes import Purpose
from bot.services import told, trying_out
from bot.services.messages import Address, Outgoing
from handlers import render_told
from handlers.callbacks import Press, pair, pair_data, pair_pattern, pattern, subject
from handlers.codes import looks_like_code
from handlers.context import BotApplication, BotContext, actor_of
from handlers.following import follow
from handlers.reading import item_to_read, with_earlier
from handlers.replies import notice, reply, show
from handlers.sender import TelegramSender


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    application.add_handler(CallbackQueryHandler(item_page, pair_pattern(Press.TOLD_ITEM)))
    application.add_handler(CallbackQueryHandler(unit_page, pair_pattern(Press.TOLD_UNIT)))
    application.add_handler(CallbackQueryHandler(test_result, pattern(Press.TEST_RESULT)))


async def ledger(update: Update, context: BotContext) -> None:
    """`/da_nhac III.5` or `/da_nhac [unit]`: every reminder and what became of it."""
    actor, now = actor_of(update), context.now()
    tr = await context.tr(actor)
    if not looks_like_code(context.words):
        page = await told.told_of_unit(context.db, actor, context.words, now)
        await reply(update, context, render_told.told(page, tr))
        return
    found = await item_to_read(update, context, Purpose.VIEW, _first_page)
    if found is None:
        return
    item_id, earlier = found
    page = await told.told_of_item(context.db, actor, item_id, now)
    await reply(update, context, with_earlier(render_told.told(page, tr), earlier, tr))


def _first_page(item_id: int) -> str:
    return pair_data(Press.TOLD_ITEM, item_id, 0)


async def item_page(update: Update, context: BotContext) -> None:
    """A button: another page about an item."""
    actor = actor_of(update)
    item_id, page = _pressed(update)
    found = await told.told_of_item(context.db, actor, item_id, context.now(), page)
    await notice(update)
    await show(update, context, render_told.told(found, await context.tr(actor)))


async def unit_page(update: Update, context: BotContext) -> None:
    """A button: another page about a unit or the office."""
    actor = actor_of(update)
    unit_id, page = _pressed(update)
    found = await told.told_of_unit_page(context.db, actor, unit_id, page, context.now())
    await notice(update)
    await show(update, context, render_told.told(found, await context.tr(actor)))


def _pressed(update: Update) -> tuple[int, int]:
    assert update.callback_query is not None  # a button was pressed
    return pair(update.callback_query.data or "")


async def test(update: Update, context: BotContext) -> None:
    """`/thu_nhac`: send a test to every group, and show what comes of it as it comes."""
    actor = actor_of(update)
    found = await trying_out.send_test(context.db, actor, context.now())
    sender = TelegramSender(context.bot)
    address = Address(actor.chat_id, actor.thread_id)
    first = render_told.trial(found, await context.tr(actor))
    message_id = await sender.send(address, first)

    async def look() -> tuple[Outgoing, bool]:
        now = await trying_out.look_at_test(context.db, actor, found.run, context.now())
        return render_told.trial(now, await context.tr(actor)), now.over

    follow(update, context, message_id, first, look)


async def test_result(update: Update, context: BotContext) -> None:
    """A button: what came of the test by now."""
    actor = actor_of(update)
    assert update.callback_query is not None  # a button was pressed
    run = subject(update.callback_query.data or "")
    found = await trying_out.look_at_test(context.db, actor, run, context.now())
    await notice(update)
    await show(update, context, [render_told.trial(found, await context.tr(actor))])
