"""Loading a plan: a file in private, /nhap elsewhere; its summary, list, activation, end."""

import asyncio
import re

from telegram import Document, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.domain.reading.columns import UnknownColumns
from bot.domain.rights import may_send
from bot.domain.states import PlanState
from bot.intake.ocr import ScannedDocument, can_recognise
from bot.reports.sheet import write_sheet
from bot.services import access, dialogs, loading, loading_summary, parked, versions
from bot.services.loading import DraftKey, Way
from bot.services.messages import Address
from bot.services.parked import ParkedFile, with_columns
from handlers import answers, render_loading, render_parked, render_versions
from handlers.callbacks import DraftPress, pattern_with
from handlers.context import BotApplication, BotContext, actor_of
from handlers.loading_keys import draft_of
from handlers.render_loading import FETCHING, READING, SAVING, step
from handlers.render_loading_list import file_name, plan_sheet
from handlers.replies import notice, reply, show
from handlers.sender import TelegramSender
from handlers.working import Working, working

COMMAND = "nhap"
_CAPTION = re.compile(rf"\A\s*/{COMMAND}(?:@(\w+))?(?=\s|\Z)", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")


def register(application: BotApplication) -> None:
    """Hear of files that are plans, and of the buttons under their summary."""
    file = filters.Document.ALL & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(file & filters.CaptionRegex(_CAPTION), load_captioned))
    plain = file & filters.ChatType.PRIVATE & ~filters.CaptionRegex(r"\A\s*/")
    application.add_handler(MessageHandler(plain, load_sent))
    for press, handler in (
        (DraftPress.SUMMARY, open_summary),
        (DraftPress.LIST, send_list),
        (DraftPress.START, start),
        (DraftPress.START_NOW, start_now),
        (DraftPress.DROP, drop),
        (DraftPress.DROP_NOW, drop_now),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern_with(press)))


async def load(update: Update, context: BotContext) -> None:
    """`/nhap [year]` in answer to a message with a file: load it as a plan."""
    message = update.effective_message
    answered = message.reply_to_message if message else None
    if answered is not None and answered.document is not None:
        await _load(update, context, answered.document, answered.caption or "", context.words)
        return
    actor = actor_of(update)
    waiting = await loading.open_drafts(context.db, actor, context.now())
    await reply(update, context, [render_loading.how_to(waiting, await context.tr(actor))])


async def load_captioned(update: Update, context: BotContext) -> None:
    """A file with /nhap under it: load it as a plan."""
    message = update.effective_message
    assert message is not None  # the filter asks for a file
    assert message.document is not None
    caption = message.caption or ""
    found = _CAPTION.match(caption)
    named = found.group(1) if found else None
    if found is None or (named and named.lower() != context.bot.username.lower()):
        return
    said = caption[found.end() :]
    await _load(update, context, message.document, said, said)


async def load_sent(update: Update, context: BotContext) -> None:
    """A file in private: a plan, unless it answers a question of the bot's."""
    message = update.effective_message
    assert message is not None  # the filter asks for a file
    assert message.document is not None
    dialog = await dialogs.pending(context.db, actor_of(update), context.now())
    roles, _ = await access.who_here(context.db, actor_of(update), context.now())
    asked = dialog is not None and dialog.question != dialogs.ASK_PLAN_DATE
    if asked or (roles and not may_send(COMMAND, roles, private=True)):
        await answers.answer(update, context)  # of evidence; others have no plan to load
        return
    caption = message.caption or ""
    await _load(update, context, message.document, caption, caption)


async def _load(
    update: Update, context: BotContext, file: Document, caption: str, said: str
) -> None:
    name = file.file_name or "?"
    await loading.check_may_load(context.db, actor_of(update), name, caption, context.now())
    year = _YEAR.search(said)
    found = ParkedFile(file.file_id, name, file.file_size, int(year[1]) if year else None)
    await load_parked(update, context, found)


async def load_parked(update: Update, context: BotContext, file: ParkedFile) -> None:
    """Load a file as it is to be read; where a person's word is needed, ask for it."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    async with working(update, context, step(FETCHING, tr)) as progress:
        try:
            key = await _take(update, context, file, progress)
        except UnknownColumns as error:
            asked = with_columns(file, error.columns)
            if asked.asked() is None:
                raise
            await parked.park(context.db, actor, asked, context.now())
            await progress.end(render_parked.column_question(asked, tr))
            return
        except ScannedDocument as error:
            if file.recognise or not await asyncio.to_thread(can_recognise):
                raise
            await parked.park(context.db, actor, file, context.now())
            await progress.end(render_parked.scan_question(tr.problem(error.problem), tr))
            return
        near = await versions.predecessor_of_draft(context.db, actor, key.plan_id, context.now())
        if near is not None:
            await progress.end(render_versions.near_copy(near, key, tr))
            return
        found = await loading_summary.summary(context.db, actor, key, context.now())
        await progress.end(render_loading.summary(found, tr))


async def _take(
    update: Update, context: BotContext, file: ParkedFile, progress: Working
) -> DraftKey:
    """Fetch, read and store; the same file again opens the draft that there is."""
    actor, db, name = actor_of(update), context.db, file.name
    tr = await context.tr(actor)
    sender = TelegramSender(context.bot)
    data = await sender.fetch_file(file.file_id, name, file.size)
    if known := await loading.draft_of_file(db, actor, data, context.now()):
        return known
    await progress.say(step(READING, tr))
    way = Way(file.year, file.columns(), file.recognise)
    reading = await loading.read_file(db, actor, data, name, way, context.now())
    await progress.say(step(SAVING, tr))
    return await loading.keep(db, actor, reading, data, name, context.now())


async def open_summary(update: Update, context: BotContext) -> None:
    """A button: the numbers of a draft as they are now, and the plan that it looks like."""
    actor, (key, _) = actor_of(update), draft_of(update)
    found = await loading_summary.summary(context.db, actor, key, context.now())
    near = await versions.predecessor_of_draft(context.db, actor, key.plan_id, context.now())
    tr = await context.tr(actor)
    said = render_loading.summary(found, tr)
    await notice(update)
    await show(update, context, [render_versions.with_comparison(said, near, key, tr)])


async def send_list(update: Update, context: BotContext) -> None:
    """A button: what was understood, as a spreadsheet."""
    actor = actor_of(update)
    draft = await loading.the_draft(context.db, actor, draft_of(update)[0], context.now())
    tr = await context.tr(actor)
    await notice(update)
    data = await asyncio.to_thread(write_sheet, plan_sheet(draft, tr))
    address = Address(actor.chat_id, actor.thread_id)
    await TelegramSender(context.bot).send_file(address, file_name(draft), data)


async def start(update: Update, context: BotContext) -> None:
    """A button: activate; where questions are open it is asked once more."""
    actor = actor_of(update)
    found = await loading_summary.summary(context.db, actor, draft_of(update)[0], context.now())
    if not found.questions or found.state is not PlanState.DRAFT:
        await start_now(update, context)
        return
    await notice(update)
    await show(update, context, [render_loading.ask_start(found, await context.tr(actor))])


async def start_now(update: Update, context: BotContext) -> None:
    """A button: from the next morning on the units are reminded."""
    actor = actor_of(update)
    key, _ = draft_of(update)
    done = await loading.activate(context.db, actor, key, context.now())
    await notice(update)
    tr = await context.tr(actor)
    said = render_loading.activated(done, key, tr)
    await show(update, context, [render_versions.with_undo(said, key.plan_id, 1, tr)])


async def drop(update: Update, context: BotContext) -> None:
    """A button: ask whether the draft is to be discarded."""
    actor = actor_of(update)
    key, _ = draft_of(update)
    await loading.check_open(context.db, actor, key, context.now())
    found = await loading_summary.summary(context.db, actor, key, context.now())
    await notice(update)
    await show(update, context, [render_loading.ask_drop(found, await context.tr(actor))])


async def drop_now(update: Update, context: BotContext) -> None:
    """A button: discard the draft."""
    actor = actor_of(update)
    title = await loading.discard(context.db, actor, draft_of(update)[0], context.now())
    await notice(update)
    await show(update, context, [render_loading.discarded(title, await context.tr(actor))])
