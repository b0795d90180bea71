"""Difficulties (vướng mắc): /vuong_mac, the card's button, and answering."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.purposes import Purpose
from bot.domain.work import Part
from bot.services import dialogs, difficulties
from bot.services.choosing import has_choice
from bot.services.dialogs import Dialog
from handlers import render_difficulties
from handlers.callbacks import Press, pattern, subject
from handlers.choosing import item_named
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    handlers = (
        (Press.STUCK_RAISE, ask),
        (Press.STUCK_ANSWER, ask_answer),
        (Press.STUCK_CLOSE, close),
    )
    for press, handler in handlers:
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def stuck(update: Update, context: BotContext) -> None:
    """`/vuong_mac`: the open ones; with an item's code ask what it is; with words, report one."""
    actor, now = actor_of(update), context.now()
    item_id = None
    if context.args:
        item_id = await item_named(update, context, Purpose.STUCK)
        if item_id is None:
            return
    said = context.behind_first_word(update).strip()
    if item_id is not None and said:
        part = await difficulties.part_in_trouble(context.db, actor, item_id, now)
        await _raise(update, context, part.id, said)
        return
    await _list(update, context, item_id)


async def _list(update: Update, context: BotContext, item_id: int | None) -> None:
    """List what is open; where nothing of the item is, ask whose unit works on it."""
    actor, now = actor_of(update), context.now()
    found = await difficulties.list_open(context.db, actor, now, item_id=item_id)
    part = None
    if item_id is not None:
        part = await difficulties.find_part_in_trouble(context.db, actor, item_id, now)
    if part is not None and not found.found:
        await _ask(update, context, part)
        return
    may_report = item_id is None and await has_choice(context.db, actor, Purpose.STUCK, now)
    said = render_difficulties.listing(
        found, await context.tr(actor), may_report=may_report, part_id=part.id if part else 0
    )
    await reply(update, context, said)


async def _ask(update: Update, context: BotContext, part: Part) -> None:
    actor = actor_of(update)
    await dialogs.ask(context.db, actor, difficulties.ASK_DIFFICULTY, part.id, context.now())
    await reply(update, context, [render_difficulties.ask(part, await context.tr(actor))])


async def _raise(update: Update, context: BotContext, part_id: int, text: str) -> None:
    actor = actor_of(update)
    done = await difficulties.raise_difficulty(context.db, actor, part_id, text, context.now())
    await reply(update, context, [render_difficulties.raised(done, await context.tr(actor))])


async def ask(update: Update, context: BotContext) -> None:
    """A card's button: ask what stands in the way."""
    actor, now, part_id = actor_of(update), context.now(), _pressed(update)
    part = await difficulties.check_raisable(context.db, actor, part_id, now)
    await notice(update)
    await _ask(update, context, part)


async def typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> None:
    """The answer to what stands in the way."""
    await _raise(update, context, dialog.subject_id, text)


async def ask_answer(update: Update, context: BotContext) -> None:
    """A button of Văn phòng and leaders: ask what to answer."""
    actor, now, key = actor_of(update), context.now(), _pressed(update)
    found = await difficulties.check_answerable(context.db, actor, key, now)
    await dialogs.ask(context.db, actor, difficulties.ASK_ANSWER, key, now)
    await notice(update)
    await reply(update, context, [render_difficulties.ask_answer(found, await context.tr(actor))])


async def answer_typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> None:
    """What Văn phòng or a leader answers; it goes to the unit."""
    actor = actor_of(update)
    done = await difficulties.answer(context.db, actor, dialog.subject_id, text, context.now())
    await reply(update, context, [render_difficulties.outcome(done, await context.tr(actor))])


async def close(update: Update, context: BotContext) -> None:
    """A button of the unit: nothing stands in the way any more."""
    actor = actor_of(update)
    done = await difficulties.close(context.db, actor, _pressed(update), context.now())
    await notice(update)
    await show(update, context, [render_difficulties.outcome(done, await context.tr(actor))])
