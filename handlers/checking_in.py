"""The buttons under scheduled reminders: answers about ongoing items, and a personal snooze."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.domain.states import Answer
from bot.i18n import Translator
from bot.services import checking_in, snoozing
from bot.services.checking_in import CheckedIn
from handlers.callbacks import Press, data, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, relabel

MOST_CODES = 6
CHOSEN = "☑ "


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (Press.GOING, going),
        (Press.STUCK, stuck),
        (Press.ALL_GOING, all_going),
        (Press.SNOOZE, snooze),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


async def going(update: Update, context: BotContext) -> None:
    """Keep that an ongoing item goes on as it should."""
    await _answer(update, context, Answer.GOING)


async def stuck(update: Update, context: BotContext) -> None:
    """Keep that an ongoing item is stuck."""
    await _answer(update, context, Answer.STUCK)


async def _answer(update: Update, context: BotContext, given: Answer) -> None:
    actor = actor_of(update)
    done = await checking_in.answer_one(context.db, actor, _subject(update), given, context.now())
    await notice(update, answered(done, await context.tr(actor)))
    await _mark(update, done)


async def all_going(update: Update, context: BotContext) -> None:
    """Keep that all ongoing items of a message go on as they should."""
    actor = actor_of(update)
    done = await checking_in.answer_all(context.db, actor, _subject(update), context.now())
    await notice(update, answered(done, await context.tr(actor)), alert=True)
    await _mark(update, done)


async def snooze(update: Update, context: BotContext) -> None:
    """Leave a person's own chat in peace for a while."""
    actor = actor_of(update)
    until = await snoozing.snooze(context.db, actor, _subject(update), context.now())
    tr = await context.tr(actor)
    words = tr(
        N_("I will remind you here again at {when}. Groups and leaders are told as usual."),
        when=tr.moment(until),
    )
    await notice(update, words, alert=True)


async def _mark(update: Update, done: CheckedIn) -> None:
    """Show under the message what was answered, so that all who see it know."""
    chosen = Press.GOING if done.answer is Answer.GOING else Press.STUCK
    of_lines = {data(chosen, line): CHOSEN for line in done.line_ids}
    others = {Press.GOING, Press.STUCK} - {chosen}
    of_lines |= {data(other, line): "" for line in done.line_ids for other in others}

    def label(pressed: str, words: str) -> str | None:
        if not done.left and pressed.startswith(f"{Press.ALL_GOING}:"):
            return None
        mark = of_lines.get(pressed)
        return words if mark is None else f"{mark}{words.removeprefix(CHOSEN)}"

    await relabel(update, label)


def _subject(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


def answered(done: CheckedIn, tr: Translator) -> str:
    """Say what was kept and how many questions are left."""
    codes = tr.listing(done.codes[:MOST_CODES])
    if len(done.codes) > MOST_CODES:
        codes += "…"
    words = N_("{codes}: goes on.") if done.answer is Answer.GOING else N_("{codes}: stuck.")
    said = tr(words, codes=codes)
    if done.answer is Answer.STUCK:
        said += " " + tr(N_("Văn phòng will see it."))
    if done.left:
        said += " " + tr.n("{count} item left.", "{count} items left.", done.left)
    return said
