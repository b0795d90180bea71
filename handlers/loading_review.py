"""Going through a draft's questions, one after another in the same message."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import dialogs, loading_summary, review
from bot.services.messages import Outgoing
from bot.services.review import Review
from bot.services.review_answers import Answer, AsRead, NoUnit, OnDeadline, TheUnit, TheUnits
from handlers import render_loading, render_loading_review
from handlers.callbacks import DraftPress, deadline_of, number_of, pattern_with
from handlers.context import BotApplication, BotContext, actor_of
from handlers.loading_keys import draft_of
from handlers.replies import notice, reply, show

RECORDED = N_("Recorded.")


def register(application: BotApplication) -> None:
    """Hear of the buttons under the questions."""
    for press, handler in (
        (DraftPress.LOOK, look),
        (DraftPress.MARK, mark),
        (DraftPress.UNIT, choose_unit),
        (DraftPress.UNITS, choose_units),
        (DraftPress.UNITS_ALL, choose_units_for_all),
        (DraftPress.RIGHT, accept),
        (DraftPress.RIGHT_ALL, accept_all),
        (DraftPress.DAY, set_deadline),
        (DraftPress.TYPE, ask_date),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern_with(press)))


async def look(update: Update, context: BotContext) -> None:
    """A button: show a question, or more units to choose from."""
    actor = actor_of(update)
    key, (question, page) = draft_of(update)
    found = await review.look(context.db, actor, key, question, context.now())
    tr = await context.tr(actor)
    await notice(update)
    await show(update, context, [render_loading_review.question(found, tr, page=number_of(page))])


async def mark(update: Update, context: BotContext) -> None:
    """A button: mark or unmark a unit; nothing is stored yet."""
    actor = actor_of(update)
    key, (question, chosen, page) = draft_of(update)
    found = await review.look_at(context.db, actor, key, question, context.now())
    tr = await context.tr(actor)
    await notice(update)
    message = render_loading_review.question(
        found, tr, chosen=number_of(chosen), page=number_of(page)
    )
    await show(update, context, [message])


async def choose_unit(update: Update, context: BotContext) -> None:
    """A button: which unit a written name means, or none."""
    _, (question, unit) = draft_of(update)
    unit_id = int(unit) if unit.isdecimal() else 0
    await _answer(update, context, question, TheUnit(unit_id) if unit_id else NoUnit())


async def choose_units(update: Update, context: BotContext) -> None:
    """A button: the marked units are those that are meant."""
    await _choose_units(update, context, everywhere=False)


async def choose_units_for_all(update: Update, context: BotContext) -> None:
    """A button: the marked units lead every item of the section that has no lead."""
    await _choose_units(update, context, everywhere=True)


async def _choose_units(update: Update, context: BotContext, *, everywhere: bool) -> None:
    key, (question, chosen) = draft_of(update)
    actor = actor_of(update)
    found = await review.look_at(context.db, actor, key, question, context.now())
    marked = number_of(chosen)
    ids = tuple(unit.id for at, unit in enumerate(found.units) if marked >> at & 1)
    await _answer(update, context, question, TheUnits(ids), everywhere=everywhere)


async def accept(update: Update, context: BotContext) -> None:
    """A button: it was read right, or was looked at."""
    _, (question,) = draft_of(update)
    await _answer(update, context, question, AsRead())


async def accept_all(update: Update, context: BotContext) -> None:
    """A button: the same holds for every question alike."""
    _, (question,) = draft_of(update)
    await _answer(update, context, question, AsRead(), everywhere=True)


async def set_deadline(update: Update, context: BotContext) -> None:
    """A button: the deadline is this one."""
    actor = actor_of(update)
    key, (question, word) = draft_of(update)
    found = await review.look_at(context.db, actor, key, question, context.now())
    asked = found.question
    written = asked.item.deadline_text if asked and asked.item else ""
    deadline = deadline_of(word, written)
    said: Answer = OnDeadline(deadline) if deadline else AsRead()
    await _answer(update, context, question, said)


async def _answer(
    update: Update, context: BotContext, question: str, said: Answer, *, everywhere: bool = False
) -> None:
    actor = actor_of(update)
    key, _ = draft_of(update)
    after = await review.answer(
        context.db, actor, key, question, said, context.now(), everywhere=everywhere
    )
    tr = await context.tr(actor)
    await notice(update, tr(RECORDED))
    await show(update, context, [await _next(update, context, after)])


async def _next(update: Update, context: BotContext, after: Review) -> Outgoing:
    """Return the next question, or the summary when there is none behind the one answered."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    if after.question is not None:
        return render_loading_review.question(after, tr)
    found = await loading_summary.summary(context.db, actor, after.key, context.now())
    return render_loading.summary(found, tr)


async def ask_date(update: Update, context: BotContext) -> None:
    """A button: ask for a date to be typed."""
    actor = actor_of(update)
    key, (question,) = draft_of(update)
    found = await review.look_at(context.db, actor, key, question, context.now())
    asked = found.question
    assert asked is not None  # it was just found
    item_id = asked.item.id if asked.item else 0
    await dialogs.ask(context.db, actor, dialogs.ASK_PLAN_DATE, item_id, context.now())
    await notice(update)
    question_for = render_loading_review.ask_date(asked, await context.tr(actor))
    if not actor.private:
        question_for = render_loading_review.to_person(question_for, actor.telegram_id, actor.name)
    await reply(update, context, [question_for])


async def date_typed(update: Update, context: BotContext, item_id: int, text: str) -> None:
    """An answer to that question: read the date back, or ask again."""
    actor = actor_of(update)
    await dialogs.forget(context.db, actor)
    asked = await review.typed_date(context.db, actor, item_id, text, context.now())
    tr = await context.tr(actor)
    if asked.day is None:
        await dialogs.ask(context.db, actor, dialogs.ASK_PLAN_DATE, item_id, context.now())
        assert asked.review.question is not None  # it was just found
        again = render_loading_review.ask_date(asked.review.question, tr, unread=text)
        await reply(update, context, [again])
        return
    await reply(update, context, [render_loading_review.typed_date(asked, asked.day, tr)])
