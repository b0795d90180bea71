"""Files and pictures of a plan: /xuat and its buttons."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.progress_table import ProgressTable
from bot.domain.records import ClosedPlan
from bot.i18n import Translator
from bot.reports.calendar_file import write_calendar
from bot.reports.charts import draw_bars, draw_heat_map
from bot.reports.sheet import write_book
from bot.services.actor import Actor
from bot.services.messages import Outgoing
from bot.services.period_reports import offers_report
from bot.services.pictures import pictures
from bot.services.progress_table import check_table, plans_here, progress_table, unit_table
from bot.services.summaries import year_so_far
from handlers import (
    render_charts,
    render_exports,
    render_progress_table,
    render_summary_table,
)
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show
from handlers.sending_files import sending

NO_PLANS = N_("No plan is active yet. Văn phòng loads one with /nhap.")

# A file's name and its bytes.
File = tuple[str, bytes]
Make = Callable[[Update, BotContext, int, Translator], Awaitable[File]]


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    application.add_handler(CallbackQueryHandler(open_plan, pattern(Press.EXPORT_PLAN)))
    for press, make in FILES.items():
        application.add_handler(CallbackQueryHandler(_sends(make), pattern(press)))
    application.add_handler(CallbackQueryHandler(dates, pattern(Press.EXPORT_DATES)))
    unit = pair_pattern(Press.EXPORT_UNIT_DATES)
    application.add_handler(CallbackQueryHandler(unit_dates, unit))


async def export(update: Update, context: BotContext) -> None:
    """`/xuat`: what a plan can be sent as; several plans: buttons choose."""
    actor = actor_of(update)
    found = await plans_here(context.db, actor, context.now())
    if not found:
        raise NotFound(NO_PLANS)
    if len(found) == 1:
        await reply(update, context, [await _choices(context, actor, *found[0])])
        return
    tr = await context.tr(actor)
    await reply(update, context, [render_exports.which_plan(found, tr)])


async def _choices(
    context: BotContext, actor: Actor, plan_id: int, title: str, closed: ClosedPlan | None
) -> Outgoing:
    report = await offers_report(context.db, actor, context.now())
    tr = await context.tr(actor)
    return render_exports.choices(plan_id, title, closed, tr, report=report)


async def open_plan(update: Update, context: BotContext) -> None:
    """A button: what the plan can be sent as."""
    actor = actor_of(update)
    table = await progress_table(context.db, actor, _pressed(update), context.now())
    await notice(update)
    said = await _choices(context, actor, table.plan_id, table.plan_title, table.closed)
    await show(update, context, [said])


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


def _sends(make: Make) -> Callable[[Update, BotContext], Coroutine[Any, Any, None]]:
    """Return the handler that makes a file, shows that it does, and sends it."""

    async def send(update: Update, context: BotContext) -> None:
        actor, plan_id = actor_of(update), _pressed(update)
        await check_table(context.db, actor, plan_id, context.now())
        tr = await context.tr(actor)
        await notice(update)
        async with sending(update, context) as upload:
            await upload(*await make(update, context, plan_id, tr))

    return send


async def _table(update: Update, context: BotContext, plan_id: int, tr: Translator) -> File:
    table = await progress_table(context.db, actor_of(update), plan_id, context.now())
    sheets = [render_progress_table.progress_sheet(table, tr)]
    if not table.units:  # who may compare units gets their figures of the year beside it
        year = await year_so_far(context.db, actor_of(update), table.year, context.now())
        sheets.append(render_summary_table.summary_sheet(year, tr))
    name = render_exports.file_name(tr(N_("progress")), table, "xlsx")
    return name, await asyncio.to_thread(write_book, sheets)


async def _dates(update: Update, context: BotContext, plan_id: int, tr: Translator) -> File:
    table = await progress_table(context.db, actor_of(update), plan_id, context.now())
    return _calendar(context, table, "", tr)


def _calendar(context: BotContext, table: ProgressTable, unit: str, tr: Translator) -> File:
    title = render_progress_table.title_of(table, tr)
    name = f"{title} – {unit}" if unit else title
    data = write_calendar(name, render_exports.due_events(table, tr), context.now())
    words = tr(N_("due days"))
    return render_exports.file_name(f"{words} {unit}".strip(), table, "ics"), data


async def dates(update: Update, context: BotContext) -> None:
    """A button: the due days; who may compare units chooses one or all of them."""
    actor, plan_id = actor_of(update), _pressed(update)
    table = await progress_table(context.db, actor, plan_id, context.now())
    tr = await context.tr(actor)
    if table.units:
        await _sends(_dates)(update, context)
        return
    await notice(update)
    await show(update, context, [render_exports.which_unit(table, tr)])


async def unit_dates(update: Update, context: BotContext) -> None:
    """A button: the due days of one unit."""
    actor, query = actor_of(update), update.callback_query
    assert query is not None  # a button was pressed
    table, unit = await unit_table(context.db, actor, *pair(query.data or ""), context.now())
    tr = await context.tr(actor)
    await notice(update)
    async with sending(update, context) as upload:
        await upload(*_calendar(context, table, unit, tr))


async def _units(update: Update, context: BotContext, plan_id: int, tr: Translator) -> File:
    now = context.now()
    found = await pictures(context.db, actor_of(update), plan_id, now)
    chart = render_charts.units_chart(found.table.plan_title, found.by_unit, now, tr)
    name = render_exports.file_name(tr(N_("chart")), found.table, "png")
    return name, await asyncio.to_thread(draw_bars, chart)


async def _year(update: Update, context: BotContext, plan_id: int, tr: Translator) -> File:
    found = await pictures(context.db, actor_of(update), plan_id, context.now())
    table = found.table
    chart = render_charts.year_chart(table.plan_title, found.by_month, table.year, table.day, tr)
    name = render_exports.file_name(tr(N_("year")), table, "png")
    return name, await asyncio.to_thread(draw_heat_map, chart)


FILES: dict[Press, Make] = {
    Press.EXPORT_TABLE: _table,
    Press.EXPORT_ALL_DATES: _dates,
    Press.CHART_UNITS: _units,
    Press.CHART_YEAR: _year,
}
