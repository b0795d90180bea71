"""Files as evidence: a document or a photo in answer to what proves a part complete."""

from dataclasses import dataclass, replace
from html import escape

from telegram import Message, Update

from bot.domain.days import local_day
from bot.domain.errors import UserError
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.proof_file import check_kind, safe_name
from bot.domain.states import EvidenceKind
from bot.services import dialogs, progress, proof_adding
from bot.services.dialogs import Dialog
from bot.services.messages import Outgoing
from bot.services.progress import Claim
from handlers import render_card
from handlers.context import BotContext, actor_of
from handlers.replies import reply
from handlers.sender import TelegramSender

# After a report with a file: more files may come, of the same album or later.
ASK_MORE = "proof_more"
QUESTIONS = (dialogs.ASK_PROOF, ASK_MORE)
TOO_LARGE = N_(
    "The file {name} is larger than 20 MB, which bots cannot fetch. Send a link to it instead. "
    "Nothing has changed."
)
MORE = N_("📎 More files? Send them here within a day.")
ADDED = N_("📎 Added to {code}: {name}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent: `size` in bytes, the name as it will be kept."""

    file_id: str
    name: str
    size: int | None


def file_of(message: Message) -> Sent | None:
    """Return the document or the photo of a message; of a photo its largest size."""
    if message.document is not None:
        file = message.document
        return Sent(file.file_id, file.file_name or "", file.file_size)
    if message.photo:
        photo = message.photo[-1]
        return Sent(photo.file_id, f"photo-{message.message_id}.jpg", photo.file_size)
    return None


async def take(update: Update, context: BotContext, dialog: Dialog) -> None:
    """Report with the file, or add it to the report made; the question stays open for more.

    Raises:
        UserError: it is too large, of a wrong kind, or bears a mark of secrecy: nothing is kept.
    """
    message = update.effective_message
    assert message is not None  # the caller heard a message
    sent = file_of(message)
    assert sent is not None  # the caller has looked
    text = (message.caption or "").strip()
    actor, now = actor_of(update), context.now()
    proof_adding.check_no_secret(text, sent.name)
    sent = replace(sent, name=safe_name(sent.name))
    proof_adding.check_no_secret(text, sent.name)
    check_kind(sent.name)
    first = dialog.question == dialogs.ASK_PROOF
    check = progress.reportable if first else proof_adding.check_may_add
    try:
        await check(context.db, actor, dialog.subject_id, now)
    except UserError:
        await dialogs.forget(context.db, actor)
        raise
    claim = Claim(text, (await _kept(context, sent),))
    said = await (_report if first else _add)(update, context, dialog.subject_id, claim)
    await reply(update, context, [said])


async def _kept(context: BotContext, sent: Sent) -> Evidence:
    data = await TelegramSender(context.bot).fetch_file(
        sent.file_id, sent.name, sent.size, TOO_LARGE
    )
    return Evidence(
        EvidenceKind.FILE,
        file_id=sent.file_id,
        file_name=sent.name,
        file_size=len(data),
        sha256=await context.files.put(data),
    )


async def _report(update: Update, context: BotContext, part_id: int, claim: Claim) -> Outgoing:
    actor, now = actor_of(update), context.now()
    tr = await context.tr(actor)
    done = await progress.report_done(context.db, actor, part_id, claim, now)
    await dialogs.ask(context.db, actor, ASK_MORE, part_id, now)
    said = render_card.reported(done, local_day(now), tr)
    return replace(said, html=f"{said.html}\n{escape(tr(MORE))}")


async def _add(update: Update, context: BotContext, part_id: int, claim: Claim) -> Outgoing:
    actor = actor_of(update)
    tr = await context.tr(actor)
    part = await proof_adding.add_proofs(context.db, actor, part_id, claim, context.now())
    name = claim.files[0].file_name or ""
    return Outgoing(escape(tr(ADDED, code=part.code, name=name)))
