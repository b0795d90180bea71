"""Files as evidence: a document or a photo in answer to what proves a part complete."""

from dataclasses import dataclass

from telegram import Message, Update

from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.proof_file import check_kind, is_program, safe_name
from bot.domain.states import EvidenceKind
from bot.services.proof_kinds import kinds_taken
from bot.services.secret_marks import check_words
from handlers.context import BotContext, actor_of
from handlers.sender import TelegramSender

# After a report with a file: more files may come, of the same album or later.
ASK_MORE = "proof_more"
QUESTIONS = (ASK_MORE,)
TOO_LARGE = N_(
    "The file {name} is larger than 20 MB, which bots cannot fetch. Send a link to it instead. "
    "Nothing has changed."
)
MORE = N_("📎 More files? Send them here within a day.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent: `size` in bytes, the name as it will be kept.

    `photo`: it was sent as a picture, and only so it goes back.
    """

    file_id: str
    name: str
    size: int | None
    photo: bool = False


def file_of(message: Message) -> Sent | None:
    """Return the document or the photo of a message; of a photo its largest size."""
    if message.document is not None:
        file = message.document
        return Sent(file.file_id, file.file_name or "", file.file_size)
    if message.photo:
        photo = message.photo[-1]
        return Sent(photo.file_id, f"photo-{message.message_id}.jpg", photo.file_size, photo=True)
    return None


async def fetch(update: Update, context: BotContext, sent: Sent, caption: str) -> Evidence:
    """Fetch a file and keep its content, after its name and caption were looked at.

    Raises:
        BearsSecretMark: name or caption bear a mark of secrecy; nothing was fetched.
        UserError: it is too large or of a wrong kind: nothing is kept.
        DeliveryError: it could not be fetched.
    """
    check_words(caption, sent.name)
    name = safe_name(sent.name)
    check_words(caption, name)
    kinds = await kinds_taken(context.db, actor_of(update), context.now())
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
        photo=sent.photo,
    )
