"""Putting a report of completion together in chat: asked, collected, read back, sent."""

from dataclasses import replace
from html import escape

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.domain.days import local_day
from bot.domain.errors import DeliveryError, NotFound
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.report_draft import DraftPurpose, Panel
from bot.services import dialogs, draft_doubts, draft_files, draft_sending, drafting
from bot.services.drafting import Said
from bot.services.messages import Address, Outgoing
from bot.services.messages_drafts import DraftView
from handlers import proof_files, render_card, render_draft
from handlers.captions import NOT_TAKEN, Brought
from handlers.context import BotApplication, BotContext, actor_of
from handlers.draft_keys import ReportPress, draft_pattern, draft_pressed
from handlers.replies import notice, reply, show
from handlers.sender import TelegramSender

MORE_OF_ALBUM = N_(
    "Of what is sent together I may get one only. If something is missing above, send it in "
    "answer to this message."
)
NOTHING_REPORTED = N_("Nothing was reported.")
NOTHING_CHANGED = N_("The evidence stays as it is.")
DROPPED_PART = N_("It was dropped; nothing of it was kept. The rest stays.")
DROPPED = N_("It was dropped; nothing of it was kept. Report with the document's number only.")


def register(application: BotApplication) -> None:
    """Hear of the buttons under a draft."""
    for press, handler in (
        (ReportPress.TICK, tick),
        (ReportPress.EDIT, edit),
        (ReportPress.READ, read_back),
        (ReportPress.OUT, leave_out),
        (ReportPress.NO_NOTE, leave_note_out),
        (ReportPress.NO_DAY, leave_day_out),
        (ReportPress.PRESSED, pressed_outside),
        (ReportPress.ORDINARY, ordinary),
        (ReportPress.SECRET, secret),
        (ReportPress.SEND, send),
        (ReportPress.CANCEL, cancel),
    ):
        application.add_handler(CallbackQueryHandler(handler, draft_pattern(press)))


async def begin(
    update: Update,
    context: BotContext,
    part_id: int,
    text: str = "",
    brought: Brought | None = None,
) -> None:
    """Begin a report of a part, with what was said and sent of it, and ask for the rest."""
    actor = actor_of(update)
    now = context.now()
    files: tuple[Evidence, ...] = ()
    if brought is not None:
        await draft_files.check_part_takes_files(context.db, actor, part_id, now)
        words = f"{text}\n{brought.words}"
        files = (await proof_files.fetch(update, context, brought.sent, words),)
        text = text or brought.words
    view = await drafting.open_draft(context.db, actor, part_id, now)
    if text or files:
        view = await drafting.add(context.db, actor, view.draft.id, Said(text, files), now)
    await dialogs.ask(context.db, actor, dialogs.ASK_PROOF, view.draft.id, now)
    await notice(update)
    await ask_for_proofs(update, context, view, brought)


async def with_file(
    update: Update, context: BotContext, draft_id: int, text: str, file: Brought
) -> DraftView:
    """Put a file that is there already into a draft that was begun, with what was said of it."""
    actor, now = actor_of(update), context.now()
    await draft_files.check_files_fit(context.db, actor, draft_id, now)
    evidence = await proof_files.fetch(update, context, file.sent, f"{text}\n{file.words}")
    said = Said(text or file.words, (evidence,))
    return await drafting.add(context.db, actor, draft_id, said, now)


async def ask_for_proofs(
    update: Update, context: BotContext, view: DraftView, brought: Brought | None = None
) -> None:
    """Show a draft that was begun, and in a group a question that can be answered there."""
    actor = actor_of(update)
    album = brought.album if brought else None
    await _show_new(update, context, view, album)
    unread = any(proof.unread_day for proof in view.draft.proofs)
    if not actor.private and (view.corrects or unread or not view.draft.proofs):
        await reply(update, context, [render_draft.ask_in_group(view, await context.tr(actor))])
    elif brought and album and (brought.answered or not actor.private):
        text = escape((await context.tr(actor))(MORE_OF_ALBUM))
        await reply(update, context, [Outgoing(text, asks=not actor.private)])


async def _show_new(
    update: Update, context: BotContext, view: DraftView, album: str | None = None
) -> None:
    """Show a draft in a new message, or in the one that an earlier piece of the album brought."""
    actor = actor_of(update)
    message = render_draft.panel(view, await context.tr(actor))
    sender = TelegramSender(context.bot)
    address = Address(actor.chat_id, actor.thread_id)
    held = view.draft.panel
    if album and held and (held.chat_id, held.album) == (actor.chat_id, album):
        try:
            await sender.edit(address, held.message_id, message)
        except DeliveryError as error:
            if not error.permanent:
                raise
        else:
            return
    sent = await sender.send(address, message)
    await drafting.place_panel(context.db, view.draft.id, Panel(actor.chat_id, sent, album))


async def answer(update: Update, context: BotContext, draft_id: int) -> None:
    """A message that answers what proves it: text, a file, a photo, or one piece of an album."""
    actor = actor_of(update)
    message = update.effective_message
    assert isinstance(message, Message)  # the handler hears of messages only
    text = (message.text or message.caption or "").strip()
    found = proof_files.file_of(message)
    if found is None and not message.text:
        await reply(update, context, [Outgoing(escape((await context.tr(actor))(NOT_TAKEN)))])
        return
    files: tuple[Evidence, ...] = ()
    try:
        if found is not None:
            await draft_files.check_files_fit(context.db, actor, draft_id, context.now())
            files = (await proof_files.fetch(update, context, found, text),)
        said = Said(text, files)
        view = await drafting.add(context.db, actor, draft_id, said, context.now())
    except NotFound:
        await dialogs.forget(context.db, actor)  # there is nothing left to answer
        raise
    await _show_new(update, context, view, message.media_group_id)


async def tick(update: Update, context: BotContext) -> None:
    """A button: a product was made, or was not."""
    draft_id, place = draft_pressed(update)
    view = await drafting.tick(context.db, actor_of(update), draft_id, place, context.now())
    await _show_here(update, context, view)


async def _show_here(
    update: Update, context: BotContext, view: DraftView, *, editing: bool = False
) -> None:
    await notice(update)
    tr = await context.tr(actor_of(update))
    await show(update, context, [render_draft.panel(view, tr, editing=editing)])


async def edit(update: Update, context: BotContext) -> None:
    """A button: change what was collected; a further message adds to it."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    view = await drafting.show_draft(context.db, actor, draft_id, context.now())
    await dialogs.ask(context.db, actor, dialogs.ASK_PROOF, draft_id, context.now())
    await _show_here(update, context, view, editing=True)


async def read_back(update: Update, context: BotContext) -> None:
    """A button: read back what was collected."""
    draft_id, _ = draft_pressed(update)
    view = await drafting.show_draft(context.db, actor_of(update), draft_id, context.now())
    await _show_here(update, context, view)


async def leave_out(update: Update, context: BotContext) -> None:
    """A button: leave one proof out."""
    draft_id, place = draft_pressed(update)
    actor = actor_of(update)
    view = await drafting.drop_proof(context.db, actor, draft_id, place, context.now())
    await _show_here(update, context, view, editing=True)


async def leave_note_out(update: Update, context: BotContext) -> None:
    """A button: leave out what was said of the work."""
    draft_id, _ = draft_pressed(update)
    view = await drafting.drop_note(context.db, actor_of(update), draft_id, context.now())
    await _show_here(update, context, view, editing=True)


async def leave_day_out(update: Update, context: BotContext) -> None:
    """A button: the document goes without its date, which could not be read."""
    draft_id, _ = draft_pressed(update)
    view = await drafting.leave_day_out(context.db, actor_of(update), draft_id, context.now())
    await _show_here(update, context, view)


async def pressed_outside(update: Update, context: BotContext) -> None:
    """A button: whether it was pressed in the province's software too."""
    draft_id, said = draft_pressed(update)
    actor = actor_of(update)
    view = await drafting.answer_outside(context.db, actor, draft_id, bool(said), context.now())
    await _show_here(update, context, view)


async def ordinary(update: Update, context: BotContext) -> None:
    """A button: what looked like a mark of secrecy is none."""
    draft_id, _ = draft_pressed(update)
    view = await draft_doubts.is_ordinary(context.db, actor_of(update), draft_id, context.now())
    await _show_here(update, context, view)


async def secret(update: Update, context: BotContext) -> None:
    """A button: it is under state secrecy, so it is dropped; what is harmless stays."""
    actor, now = actor_of(update), context.now()
    draft_id, _ = draft_pressed(update)
    draft, left = await draft_doubts.drop_doubtful(context.db, actor, draft_id, now)
    kept = left.draft.proofs if left else ()
    gone = [p.sha256 for p in draft.proofs if p.sha256 and p not in kept]
    await draft_files.forget_contents(context.db, context.files, gone)
    tr = await context.tr(actor)
    if left is not None:
        await notice(update, tr(DROPPED_PART), alert=True)
        await show(update, context, [render_draft.panel(left, tr)])
        return
    await dialogs.call_off(context.db, actor, dialogs.ASK_PROOF, now, subject_id=draft_id)
    await notice(update)
    await show(update, context, [Outgoing(escape(tr(DROPPED)))])


async def cancel(update: Update, context: BotContext) -> None:
    """A button: report, or add, nothing after all."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    draft = await drafting.cancel(context.db, actor, draft_id, context.now())
    await draft_files.forget_files(context.db, context.files, draft)
    await dialogs.call_off(
        context.db, actor, dialogs.ASK_PROOF, context.now(), subject_id=draft_id
    )
    await notice(update)
    reports = draft.purpose is DraftPurpose.REPORT
    words = NOTHING_REPORTED if reports else NOTHING_CHANGED
    await show(update, context, [Outgoing(escape((await context.tr(actor))(words)))])


async def send(update: Update, context: BotContext) -> None:
    """A button: send it; it counts from now."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    now = context.now()
    done = await draft_sending.send(context.db, actor, draft_id, now)
    await dialogs.ask(context.db, actor, proof_files.ASK_MORE, done.part.id, now)
    await notice(update)
    tr = await context.tr(actor)
    said = render_card.reported(done, local_day(now), tr)
    more = f"{said.html}\n{escape(tr(proof_files.MORE))}"
    await show(update, context, [replace(said, html=more)])
