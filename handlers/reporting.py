"""Reporting completion and deciding on it: /xong, the card's buttons, what is typed."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.days import local_day
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.domain.work import CallToDecide
from bot.services import deciding, dialogs, progress, readiness, receipts, settling
from bot.services.actor import Actor
from bot.services.messages import Outgoing
from bot.services.progress import Claim
from handlers import drafting, render_card
from handlers.callbacks import Press, pattern, subject
from handlers.captions import brought, brought_before, captioned
from handlers.choosing import item_named
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show
from handlers.work import refresh_item

SETTLE = {
    Press.PART_DONE: CallToDecide.DONE,
    Press.PART_DROP: CallToDecide.NOT_REQUIRED,
    Press.PART_LATE: CallToDecide.OVERDUE,
}
SETTLE_ALL = {Press.PLAN_DONE: CallToDecide.DONE, Press.PLAN_LATE: CallToDecide.OVERDUE}


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    handlers = (
        (Press.REPORT, ask_part),
        (Press.CONFIRM, confirm),
        (Press.RETURN, ask_reason),
        (Press.SEEN, seen),
        *((press, settle_part) for press in SETTLE),
        *((press, settle_plan) for press in SETTLE_ALL),
    )
    application.add_handler(captioned("xong", done))
    for press, handler in handlers:
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def done(update: Update, context: BotContext) -> None:
    """`/xong III.5 https://… note`: report the own part complete; evidence is asked for.

    A file counts as evidence that has the command as its caption, or that the command answers.
    """
    actor = actor_of(update)
    file = brought(update)
    item_id = await item_named(update, context, Purpose.REPORT, file.source if file else None)
    if item_id is None:
        return
    now = context.now()
    part, others = await progress.part_to_report(context.db, actor, item_id, now)
    said = context.behind_first_word(update)
    if file is not None:
        await drafting.begin(update, context, part.id, said, file)
    elif said and not others and await readiness.says_all(context.db, actor, part.id, said, now):
        await _report(update, context, actor, part.id, said)
    else:
        await drafting.begin(update, context, part.id, said)


async def ask_part(update: Update, context: BotContext) -> None:
    """A button: ask what proves the part complete; a file that its message answers does.

    So it is where a file was sent first, and the item chosen after.
    """
    await drafting.begin(update, context, _pressed(update), brought=brought_before(update))


async def _report(
    update: Update, context: BotContext, actor: Actor, part_id: int, text: str
) -> None:
    now = context.now()
    reported = await progress.report_done(context.db, actor, part_id, Claim(text), now)
    message = render_card.reported(reported, local_day(now), await context.tr(actor))
    await show(update, context, [message])


async def confirm(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: the report counts."""
    actor = actor_of(update)
    report = await deciding.decide(context.db, actor, _pressed(update), context.now())
    tr = await context.tr(actor)
    await notice(update, tr(N_("Confirmed.")))
    await _show_item_of(update, context, report.part_id)


async def ask_reason(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: ask why the report is returned."""
    actor = actor_of(update)
    report_id = _pressed(update)
    now = context.now()
    part, closed = await deciding.check_returnable(context.db, actor, report_id, now)
    await dialogs.ask(context.db, actor, dialogs.ASK_REASON, report_id, now)
    await notice(update)
    tr = await context.tr(actor)
    await reply(update, context, [render_card.ask_reason(part, closed, tr)])


async def _show_item_of(update: Update, context: BotContext, part_id: int) -> None:
    part = await progress.part_of(context.db, actor_of(update), part_id, context.now())
    await refresh_item(update, context, part.item_id)


async def reason_typed(update: Update, context: BotContext, report_id: int, text: str) -> None:
    """The answer to why a report is returned."""
    actor = actor_of(update)
    report = await deciding.decide(context.db, actor, report_id, context.now(), reason=text)
    await _show_item_of(update, context, report.part_id)


async def seen(update: Update, context: BotContext) -> None:
    """A button of the morning message: the unit has seen it."""
    actor = actor_of(update)
    first = await receipts.acknowledge(context.db, actor, _pressed(update), context.now())
    tr = await context.tr(actor)
    text = N_("Thank you, recorded as received.") if first else N_("Received already.")
    await notice(update, tr(text))


async def settle_part(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: what becomes of a part that was past at activation."""
    actor = actor_of(update)
    part_id = _pressed(update)
    call = SETTLE[_press_of(update)]
    count = await settling.settle_past(context.db, actor, (part_id,), call, context.now())
    words = N_("Recorded.") if count else settling.NOTHING_WAITS
    await notice(update, (await context.tr(actor))(words))
    await _show_item_of(update, context, part_id)


async def settle_plan(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: the same for everything of a plan that was past."""
    actor = actor_of(update)
    plan_id = _pressed(update)
    call = SETTLE_ALL[_press_of(update)]
    count = await settling.settle_past_of_plan(context.db, actor, plan_id, call, context.now())
    tr = await context.tr(actor)
    await notice(update)
    text = tr.n("Recorded for {count} part.", "Recorded for {count} parts.", count)
    await show(update, context, [Outgoing(escape(text))])


def _press_of(update: Update) -> Press:
    assert update.callback_query is not None  # a button was pressed
    return Press((update.callback_query.data or "").rsplit(":", 1)[0])
