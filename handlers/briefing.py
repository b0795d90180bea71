"""The weekly briefing in chat: /giao_ban, its buttons, and what Văn phòng types into it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import briefings, broadcasts, dialogs
from bot.services.messages_briefing import BriefingDraft
from handlers import render_briefing, render_broadcast
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show
from handlers.spreading import show_spread

LINE = N_("Which line shall I add? Answer this message with one sentence.")


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (Press.BRIEF_OPEN, open_briefing),
        (Press.BRIEF_ADD, ask_line),
        (Press.BRIEF_CUT, choose),
        (Press.BRIEF_VIEW, as_units_see),
        (Press.BRIEF_SEND, send),
        (Press.BRIEF_SPREAD, spread),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))
    for press, pair_handler in ((Press.BRIEF_DROP, drop_line), (Press.BRIEF_LEAVE, leave_out)):
        application.add_handler(CallbackQueryHandler(pair_handler, pair_pattern(press)))


async def briefing(update: Update, context: BotContext) -> None:
    """`/giao_ban`: this week's briefing, as a draft or as it was sent."""
    actor = actor_of(update)
    found = await briefings.draft(context.db, actor, context.now())
    await reply(update, context, render_briefing.draft(found, await context.tr(actor)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def open_briefing(update: Update, context: BotContext) -> None:
    """A button: back to the briefing as it stands."""
    actor = actor_of(update)
    found = await briefings.view(context.db, actor, _pressed(update), context.now())
    await notice(update)
    await show(update, context, render_briefing.draft(found, await context.tr(actor)))


async def ask_line(update: Update, context: BotContext) -> None:
    """A button: ask for a line of Văn phòng's own."""
    actor = actor_of(update)
    found = await briefings.check_open(context.db, actor, _pressed(update), context.now())
    await dialogs.ask(context.db, actor, dialogs.ASK_BRIEFING_LINE, found.id, context.now())
    await notice(update)
    tr = await context.tr(actor)
    await reply(update, context, [render_briefing.question(tr(LINE))])


async def line_typed(update: Update, context: BotContext, briefing_id: int, text: str) -> None:
    """Take the line that was asked for."""
    actor = actor_of(update)
    found = await briefings.add_line(context.db, actor, briefing_id, text, context.now())
    await reply(update, context, render_briefing.draft(found, await context.tr(actor)))


async def choose(update: Update, context: BotContext) -> None:
    """A button: what can be left out, and which own lines can be dropped."""
    actor = actor_of(update)
    found = await briefings.check_open(context.db, actor, _pressed(update), context.now())
    await _show_choices(update, context, found)


async def leave_out(update: Update, context: BotContext) -> None:
    """A button: leave a part out, or take it in again."""
    key, part_id = _pair_pressed(update)
    now = context.now()
    found = await briefings.leave_out(context.db, actor_of(update), key, part_id, now)
    await _show_choices(update, context, found)


async def drop_line(update: Update, context: BotContext) -> None:
    """A button: drop one of Văn phòng's own lines."""
    key, place = _pair_pressed(update)
    now = context.now()
    found = await briefings.drop_line(context.db, actor_of(update), key, place, now)
    await _show_choices(update, context, found)


async def _show_choices(update: Update, context: BotContext, found: BriefingDraft) -> None:
    actor = actor_of(update)
    whole = await briefings.everything(context.db, actor, found.id, context.now())
    await notice(update)
    said = render_briefing.choices(found, whole, await context.tr(actor))
    await show(update, context, [said])


def _pair_pressed(update: Update) -> tuple[int, int]:
    assert update.callback_query is not None  # a button was pressed
    return pair(update.callback_query.data or "")


async def as_units_see(update: Update, context: BotContext) -> None:
    """A button: the general part, as every unit's chat gets it before its own."""
    actor = actor_of(update)
    found = await briefings.view(context.db, actor, _pressed(update), context.now())
    await notice(update)
    tr = await context.tr(actor)
    await reply(update, context, render_briefing.preview(found.briefing, tr))


async def send(update: Update, context: BotContext) -> None:
    """A button: freeze the briefing and send it to all."""
    actor = actor_of(update)
    key = _pressed(update)
    await briefings.send(context.db, actor, key, context.now())
    await notice(update)
    await show_spread(update, context, key, briefing=True)


async def spread(update: Update, context: BotContext) -> None:
    """A button: which chats have it by now, and who acknowledged it."""
    actor = actor_of(update)
    found = await broadcasts.spread(
        context.db, actor, _pressed(update), context.now(), briefing=True
    )
    await notice(update)
    await show(update, context, [render_broadcast.spread(found, await context.tr(actor))])
