"""Files of evidence sent back: pictures as an album, documents one by one, else as kept here."""

import logging
from collections.abc import Sequence
from html import escape

from telegram import Update

from bot.domain.errors import DeliveryError
from bot.domain.kept_proofs import KeptProof
from bot.domain.problem import N_
from bot.services.messages import Address, Outgoing
from bot.services.messages_proofs import ProofFiles
from handlers.context import BotContext, actor_of
from handlers.replies import reply
from handlers.sender import MAX_UPLOAD, TelegramSender

logger = logging.getLogger(__name__)

ALBUM = 10
GONE = N_(
    "{name} can no longer be had: Telegram does not know it any more and it is not kept here. "
    "Ask who sent it to add it again."
)
TOO_LARGE = N_("{name} is larger than the 50 MB that bots may send. Ask who keeps it for a copy.")


async def send_proofs(update: Update, context: BotContext, found: ProofFiles) -> None:
    """Send the files among proofs; what cannot be had is said, and the others come all the same.

    Raises:
        DeliveryError: the line is down.
    """
    files = [one for one in found.files if one.evidence.file_id or one.evidence.sha256]
    pictures = [one for one in files if one.evidence.photo]
    for start in range(0, len(pictures), ALBUM):
        await _send_pictures(update, context, found.code, pictures[start : start + ALBUM])
    for one in files:
        if not one.evidence.photo:
            await _send_one(update, context, found.code, one)


async def _send_pictures(
    update: Update, context: BotContext, code: str, pictures: Sequence[KeptProof]
) -> None:
    known = [one.evidence.file_id for one in pictures if one.evidence.file_id]
    if len(pictures) > 1 and len(known) == len(pictures):
        sender, address = TelegramSender(context.bot), _address(update)
        try:
            await sender.send_album(address, known, code)
            return
        except DeliveryError as error:
            if not error.permanent or error.chat_lost:
                raise
            logger.info("album refused: %s", error.reason)
    for one in pictures:
        await _send_one(update, context, code, one)


async def _send_one(update: Update, context: BotContext, code: str, one: KeptProof) -> None:
    """Send a file as Telegram has it, else as it is kept here; else say that it is gone."""
    evidence = one.evidence
    try:
        if evidence.file_id:
            known = Outgoing(escape(code), file_id=evidence.file_id, photo=evidence.photo)
            await reply(update, context, [known])
            return
    except DeliveryError as error:
        if not error.permanent or error.chat_lost:
            raise
        logger.info("file refused: %s", error.reason, extra={"proof": one.id})
    await _send_kept(update, context, code, one)


async def _send_kept(update: Update, context: BotContext, code: str, one: KeptProof) -> None:
    name = one.evidence.file_name or "file"
    data = await context.files.read(one.evidence.sha256)
    if data is None or len(data) > MAX_UPLOAD:
        tr = await context.tr(actor_of(update))
        said = tr(GONE if data is None else TOO_LARGE, name=name)
        await reply(update, context, [Outgoing(f"⚠️ {escape(said)}")])
        return
    sender = TelegramSender(context.bot)
    upload = sender.send_photo if one.evidence.photo else sender.send_file
    await upload(_address(update), name, data, code)


def _address(update: Update) -> Address:
    actor = actor_of(update)
    return Address(actor.chat_id, actor.thread_id)
