"""Evidence beside a report: added later, listed, corrected, taken out."""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.problem import N_
from bot.services import dialogs, draft_proofs, proof_listing, proof_sending
from bot.services.messages_drafts import DraftView
from bot.services.messages_proofs import ProofList, ProofView
from handlers import drafting, render_proofs
from handlers.captions import Brought, brought_before
from handlers.context import BotApplication, BotContext, actor_of
from handlers.draft_keys import ReportPress, draft_pattern, draft_pressed
from handlers.proof_keys import ProofPress, proof_pattern, proof_pressed
from handlers.replies import notice, reply, show
from handlers.sending_proofs import send_proofs

TAKEN_OUT = N_("Taken out; it stays in the history.")


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (ProofPress.ADD, add),
        (ProofPress.WHICH, which),
        (ProofPress.SHOW, show_with_files),
        (ProofPress.ITEM, turn),
        (ProofPress.PART, turn),
        (ProofPress.OLD_ITEM, turn),
        (ProofPress.OLD_PART, turn),
        (ProofPress.FILES_ITEM, files_of_page),
        (ProofPress.FILES_PART, files_of_page),
        (ProofPress.ONE, one),
        (ProofPress.FILE, file),
        (ProofPress.EDIT, correct),
        (ProofPress.OUT, ask_out),
        (ProofPress.OUT_NOW, take_out),
    ):
        application.add_handler(CallbackQueryHandler(handler, proof_pattern(press)))
    application.add_handler(CallbackQueryHandler(send, draft_pattern(ReportPress.PROVE)))


async def add(update: Update, context: BotContext) -> None:
    """A button: add evidence to a part; a file that its message answers is added at once."""
    part_id, _ = proof_pressed(update)
    file = brought_before(update)
    if file is None:
        await _begin(update, context, draft_proofs.begin_adding, part_id)
    else:
        await begin_with(update, context, part_id, "", file)


async def begin_with(
    update: Update, context: BotContext, part_id: int, text: str, file: Brought
) -> None:
    """Begin to add a file that is there already, and ask for the rest."""
    actor, now = actor_of(update), context.now()
    begun = await draft_proofs.begin_adding(context.db, actor, part_id, now)
    view = await drafting.with_file(update, context, begun.draft.id, text, file)
    await dialogs.ask(context.db, actor, dialogs.ASK_PROOF, view.draft.id, now)
    await notice(update)
    await drafting.ask_for_proofs(update, context, view, file)


async def which(update: Update, context: BotContext) -> None:
    """A button: to which part is evidence added?"""
    actor = actor_of(update)
    item_id, page = proof_pressed(update)
    found = await proof_listing.parts_to_prove(context.db, actor, item_id, context.now())
    await notice(update)
    await show(update, context, [render_proofs.which(found, page, await context.tr(actor))])


async def correct(update: Update, context: BotContext) -> None:
    """A button: correct one proof."""
    proof_id, _ = proof_pressed(update)
    await _begin(update, context, draft_proofs.begin_correcting, proof_id)


Begin = Callable[..., Awaitable[DraftView]]


async def _begin(update: Update, context: BotContext, begin: Begin, subject_id: int) -> DraftView:
    actor, now = actor_of(update), context.now()
    view = await begin(context.db, actor, subject_id, now)
    await dialogs.ask(context.db, actor, dialogs.ASK_PROOF, view.draft.id, now)
    await notice(update)
    await drafting.ask_for_proofs(update, context, view)
    return view


async def more(update: Update, context: BotContext, part_id: int) -> None:
    """A file after a report was sent: it is read back before it is added."""
    actor, now = actor_of(update), context.now()
    view = await draft_proofs.begin_adding(context.db, actor, part_id, now)
    await dialogs.ask(context.db, actor, dialogs.ASK_PROOF, view.draft.id, now)
    await drafting.answer(update, context, view.draft.id)


async def send(update: Update, context: BotContext) -> None:
    """A button: what was collected counts from now."""
    actor = actor_of(update)
    draft_id, _ = draft_pressed(update)
    done = await proof_sending.send_proofs(context.db, actor, draft_id, context.now())
    await dialogs.forget(context.db, actor)
    await notice(update)
    await show(update, context, [render_proofs.changed(done, await context.tr(actor))])


async def _page(update: Update, context: BotContext) -> ProofList:
    """Return the page of the list that a pressed button names."""
    query = update.callback_query
    assert query is not None  # a button was pressed
    press = ProofPress((query.data or "").rsplit(":", 2)[0])
    subject_id, page = proof_pressed(update)
    of_item = press in (ProofPress.ITEM, ProofPress.OLD_ITEM, ProofPress.FILES_ITEM)
    read = proof_listing.proofs_of_item if of_item else proof_listing.proofs_of_part
    history = press in (ProofPress.OLD_ITEM, ProofPress.OLD_PART)
    return await read(
        context.db, actor_of(update), subject_id, context.now(), page, history=history
    )


async def turn(update: Update, context: BotContext) -> None:
    """A button: another page, or what counts no more."""
    found = await _page(update, context)
    await notice(update)
    await show(update, context, [render_proofs.listed(found, await context.tr(actor_of(update)))])


async def show_with_files(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: the evidence of a report, and its files."""
    found = await _page(update, context)
    await notice(update)
    await show_list(update, context, found)


async def show_list(update: Update, context: BotContext, found: ProofList) -> None:
    """Say a page of a list, then send its files."""
    tr = await context.tr(actor_of(update))
    await reply(update, context, [render_proofs.listed(found, tr, files_sent=True)])
    await send_proofs(update, context, found.sent)


async def files_of_page(update: Update, context: BotContext) -> None:
    """A button: the files of a page."""
    found = await _page(update, context)
    await notice(update)
    await send_proofs(update, context, found.sent)


async def one(update: Update, context: BotContext) -> None:
    """A button: everything of one proof."""
    await _show_one(update, context, proof_listing.proof_view, asking=False)


async def ask_out(update: Update, context: BotContext) -> None:
    """A button: take this proof out?"""
    await _show_one(update, context, proof_listing.check_take_out, asking=True)


Look = Callable[..., Awaitable[ProofView]]


async def _show_one(update: Update, context: BotContext, look: Look, *, asking: bool) -> None:
    actor = actor_of(update)
    proof_id, _ = proof_pressed(update)
    view = await look(context.db, actor, proof_id, context.now())
    await notice(update)
    said = render_proofs.one(view, await context.tr(actor), asking=asking)
    await show(update, context, [said])


async def file(update: Update, context: BotContext) -> None:
    """A button: the file of a proof, and those of its older versions."""
    actor = actor_of(update)
    proof_id, _ = proof_pressed(update)
    found = await proof_listing.files_of(context.db, actor, proof_id, context.now())
    await notice(update)
    await send_proofs(update, context, found)


async def take_out(update: Update, context: BotContext) -> None:
    """A button: this proof counts no more."""
    actor, now = actor_of(update), context.now()
    proof_id, _ = proof_pressed(update)
    part = await proof_listing.take_out(context.db, actor, proof_id, now)
    found = await proof_listing.proofs_of_part(context.db, actor, part.id, now)
    tr = await context.tr(actor)
    await notice(update, tr(TAKEN_OUT))
    await show(update, context, [render_proofs.listed(found, tr)])
