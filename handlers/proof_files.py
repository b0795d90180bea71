"""Files as evidence: a document or a photo in answer to what proves a part complete."""

from dataclasses import dataclass
from html import escape

from telegram import Message, Update

from bot.domain.errors import UserError
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.proof_file import check_kind, is_program, safe_name
from bot.domain.states import EvidenceKind
from bot.services import dialogs, proof_adding
from bot.services.dialogs import Dialog
from bot.services.messages import Outgoing
from bot.services.progress import Claim
from handlers.context import BotContext, actor_of
from handlers.replies import reply
from handlers.sender import TelegramSender

# After a report with a file: more files may come, of the same album or later.
ASK_MORE = "proof_more"
QUESTIONS = (ASK_MORE,)
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


async def fetch(update: Update, context: BotContext, sent: Sent, caption: str) -> Evidence:
    """Fetch a file and keep its content, after its name and caption were looked at.

    Raises:
        BearsSecretMark: name or caption bear a mark of secrecy; nothing was fetched.
        UserError: it is too large or of a wrong kind: nothing is kept.
        DeliveryError: it could not be fetched.
    """
    proof_adding.check_no_secret(caption, sent.name)
    name = safe_name(sent.name)
    proof_adding.check_no_secret(caption, name)
    kinds = await proof_adding.kinds_taken(context.db, actor_of(update), context.now())
    check_kind(name, kinds)
    sender = TelegramSender(context.bot)
    data = await sender.fetch_file(sent.file_id, name, sent.size, TOO_LARGE)
    check_kind(name, kinds, program=is_program(data))
    return Evidence(
        EvidenceKind.FILE,
        file_id=sent.file_id,
        file_name=name,
        file_size=len(data),
        sha256=await context.files.put(data),
    )


async def take(update: Update, context: BotContext, dialog: Dialog) -> None:
    """Add the file to the report made; the question stays open for more.

    Raises:
        UserError: it is too large, of a wrong kind, or bears a mark of secrecy: nothing is kept.
    """
    message = update.effective_message
    assert message is not None  # the caller heard a message
    sent = file_of(message)
    assert sent is not None  # the caller has looked
    text = (message.caption or "").strip()
    actor, now = actor_of(update), context.now()
    try:
        await proof_adding.check_may_add(context.db, actor, dialog.subject_id, now)
    except UserError:
        await dialogs.forget(context.db, actor)
        raise
    claim = Claim(text, (await fetch(update, context, sent, text),))
    await reply(update, context, [await _add(update, context, dialog.subject_id, claim)])


async def _add(update: Update, context: BotContext, part_id: int, claim: Claim) -> Outgoing:
    actor = actor_of(update)
    tr = await context.tr(actor)
    part = await proof_adding.add_proofs(context.db, actor, part_id, claim, context.now())
    name = claim.files[0].file_name or ""
    return Outgoing(escape(tr(ADDED, code=part.code, name=name)))
