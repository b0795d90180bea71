"""/tong_hop: the summary of a period, its table, trend and corrections."""

import asyncio

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.reports.charts import draw_trend
from bot.reports.sheet import write_book
from bot.services import dialogs, indicators, summaries
from bot.services.messages_summary import Summary
from handlers import render_briefing, render_indicators, render_summary, render_summary_table
from handlers.callbacks import Press, pair_pattern, pattern, period_named, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply
from handlers.sending_files import sending

WHY = N_("Why are the figures corrected? Answer this message with a few words.")


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (Press.SUM_TABLE, table),
        (Press.SUM_TREND, trend),
        (Press.SUM_TARGETS, targets),
        (Press.SUM_CORRECT, ask_reason),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))
    for press, handler in ((Press.SUM_NOW_TABLE, table), (Press.SUM_NOW_TREND, trend)):
        application.add_handler(CallbackQueryHandler(handler, pair_pattern(press)))


async def summary(update: Update, context: BotContext) -> None:
    """`/tong_hop [period]`: the summary of a period, the last closed month's without words."""
    actor = actor_of(update)
    found = await summaries.summary(context.db, actor, context.words, context.now())
    await reply(update, context, render_summary.summary(found, await context.tr(actor)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def _found(update: Update, context: BotContext) -> Summary:
    """Return the summary that a button names: a frozen one, or of a period that still runs."""
    assert update.callback_query is not None  # a button was pressed
    text = update.callback_query.data or ""
    actor, now = actor_of(update), context.now()
    if text.startswith((Press.SUM_NOW_TABLE, Press.SUM_NOW_TREND)):
        return await summaries.summary_of_all(context.db, actor, period_named(text), now)
    return await summaries.kept_summary(context.db, actor, subject(text), now)


async def table(update: Update, context: BotContext) -> None:
    """A button: the table by unit as a spreadsheet."""
    found, tr = await _found(update, context), await context.tr(actor_of(update))
    await notice(update)
    async with sending(update, context) as send:
        sheet = render_summary_table.summary_sheet(found, tr)
        name = _file_name(tr(N_("summary")), found)
        await send(f"{name}.xlsx", await asyncio.to_thread(write_book, [sheet]))


async def trend(update: Update, context: BotContext) -> None:
    """A button: the on-time rate over the last periods, as a picture."""
    found, tr = await _found(update, context), await context.tr(actor_of(update))
    await notice(update)
    async with sending(update, context) as send:
        name = _file_name(tr(N_("trend")), found)
        picture = await asyncio.to_thread(draw_trend, render_summary_table.trend(found, tr))
        await send(f"{name}.png", picture)


def _file_name(words: str, found: Summary) -> str:
    return f"{words}-{found.figures.last:%Y%m%d}".replace(" ", "-")


async def targets(update: Update, context: BotContext) -> None:
    """A button: the targets of the period with their values."""
    actor, key, now = actor_of(update), _pressed(update), context.now()
    kept = await summaries.kept_summary(context.db, actor, key, now)
    days = (kept.figures.first, kept.figures.last)
    found = await indicators.sheet(context.db, actor, now, kept.period, days)
    await notice(update)
    await reply(update, context, render_indicators.sheet(found, await context.tr(actor)))


async def ask_reason(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: ask why frozen figures are corrected."""
    actor, key, now = actor_of(update), _pressed(update), context.now()
    await summaries.check_correctable(context.db, actor, key, now)
    await dialogs.ask(context.db, actor, dialogs.ASK_CORRECTION, key, now)
    await notice(update)
    tr = await context.tr(actor)
    await reply(update, context, [render_briefing.question(tr(WHY))])


async def reason_typed(update: Update, context: BotContext, summary_id: int, text: str) -> None:
    """Freeze the corrected figures with the reason that was asked for."""
    actor = actor_of(update)
    found = await summaries.correct(context.db, actor, summary_id, text, context.now())
    await reply(update, context, render_summary.summary(found, await context.tr(actor)))
