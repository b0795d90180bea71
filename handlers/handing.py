"""Parts under way or handed to staff, reports prepared by them, and what is opened again."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import dialogs, handing, reopening, starting
from bot.services.messages import Outgoing
from handlers import render_reports
from handlers.callbacks import Press, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.draft_keys import ReportPress, draft_pattern, draft_pressed
from handlers.replies import notice, reply, show
from handlers.work import refresh_item


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    pressed = ((Press.HAND, ask_whom), (Press.REOPEN, ask_why), (Press.START, start))
    for press, handler in pressed:
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))
    for step, handler in (
        (ReportPress.GIVE, give),
        (ReportPress.HAND_IN, hand_in),
        (ReportPress.GIVE_BACK, give_back),
    ):
        application.add_handler(CallbackQueryHandler(handler, draft_pattern(step)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def ask_whom(update: Update, context: BotContext) -> None:
    """A head's button: who prepares this part?"""
    actor = actor_of(update)
    part, staff = await handing.staff_for(context.db, actor, _pressed(update), context.now())
    await notice(update)
    named = [(person.id, person.name) for person in staff]
    await reply(update, context, [render_reports.whom(part, named, await context.tr(actor))])


async def start(update: Update, context: BotContext) -> None:
    """A button of who works on a part: it is under way."""
    actor = actor_of(update)
    part = await starting.start(context.db, actor, _pressed(update), context.now())
    tr = await context.tr(actor)
    await notice(update, tr(N_("Recorded: {code} is under way."), code=part.code))
    await refresh_item(update, context, part.item_id)


async def give(update: Update, context: BotContext) -> None:
    """A head's button: this person prepares it."""
    actor = actor_of(update)
    part_id, person_id = draft_pressed(update)
    done = await handing.hand_to(context.db, actor, part_id, person_id, context.now())
    tr = await context.tr(actor)
    # The notice is for the head alone; what stays in a group names nobody.
    await notice(update, "" if actor.private else render_reports.handed_words(done, tr))
    await show(update, context, [render_reports.handed(done, tr, names=actor.private)])


async def hand_in(update: Update, context: BotContext) -> None:
    """A button of staff: the head looks at it and sends it."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    now = context.now()
    part = await handing.hand_in(context.db, actor, draft_id, now)
    await dialogs.call_off(context.db, actor, dialogs.ASK_PROOF, now, subject_id=draft_id)
    await notice(update)
    text = (await context.tr(actor))(N_("📨 {code}: the head has it now."), code=part.code)
    await show(update, context, [Outgoing(escape(text))])


async def give_back(update: Update, context: BotContext) -> None:
    """A head's button: it goes back to who prepared it."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    part, name = await handing.give_back(context.db, actor, draft_id, context.now())
    await notice(update)
    tr = await context.tr(actor)
    who = name if actor.private else tr(N_("a member of staff"))
    text = tr(N_("↩️ {code} went back to {who}."), code=part.code, who=who)
    await show(update, context, [Outgoing(escape(text))])


async def ask_why(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: why is it opened again?"""
    actor = actor_of(update)
    report_id, now = _pressed(update), context.now()
    part = await reopening.check_reopenable(context.db, actor, report_id, now)
    await dialogs.ask(context.db, actor, reopening.ASK_REOPEN, report_id, now)
    await notice(update)
    await reply(update, context, [render_reports.ask_reopen(part, await context.tr(actor))])


async def reopen_typed(update: Update, context: BotContext, report_id: int, text: str) -> None:
    """The answer to why it is opened again."""
    actor = actor_of(update)
    part = await reopening.reopen(context.db, actor, report_id, text, context.now())
    await refresh_item(update, context, part.item_id)
