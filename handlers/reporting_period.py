"""The draft of a periodic report as a file: which period, then DOCX, and PDF where it can be."""

import asyncio

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.intake import libreoffice
from bot.reports.official import write_official
from bot.services.period_reports import check_report, period_report
from bot.services.progress_table import progress_table
from handlers import render_exports, render_report
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.render_periods import period_name
from handlers.render_report import Letterhead
from handlers.replies import notice, show
from handlers.sending_files import sending

# Documents of an office are written in Vietnamese, whatever language its reader's app is in.
LANGUAGE = "vi"


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    application.add_handler(CallbackQueryHandler(which, pattern(Press.EXPORT_REPORT)))
    application.add_handler(CallbackQueryHandler(draft, pair_pattern(Press.EXPORT_DRAFT)))


async def which(update: Update, context: BotContext) -> None:
    """A button: the report of which period."""
    actor, query = actor_of(update), update.callback_query
    assert query is not None  # a button was pressed
    plan_id = subject(query.data or "")
    await check_report(context.db, actor, context.now())
    table = await progress_table(context.db, actor, plan_id, context.now())
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [render_exports.which_report(plan_id, table.year, tr)])


async def draft(update: Update, context: BotContext) -> None:
    """A button: the draft, without number, day and signature."""
    actor, query = actor_of(update), update.callback_query
    assert query is not None  # a button was pressed
    plan_id, place = pair(query.data or "")
    found = await period_report(context.db, actor, plan_id, place, context.now())
    await notice(update)
    tr = context.bot_data.translators(LANGUAGE)
    rules = found.rules
    head = Letterhead(found.office, rules.parent_body, rules.place, rules.document_code)
    name = period_name(found.period, tr)
    made = render_report.report(found.report, name, head, tr)
    stem = tr(N_("report {period}"), period=name)
    makes_pdf = libreoffice.installed()
    async with sending(update, context) as send:
        send.parts += makes_pdf
        data = await asyncio.to_thread(write_official, made)
        await send(render_exports.file_name(stem, found.report.table, "docx"), data)
        if makes_pdf and (pdf := await asyncio.to_thread(libreoffice.docx_to_pdf, data)):
            await send(render_exports.file_name(stem, found.report.table, "pdf"), pdf)
