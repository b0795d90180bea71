"""`/minh_chung`: the evidence of an item, and its files sent back."""

from html import escape

from telegram import Update

from bot.domain.errors import DeliveryError
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services import lists
from bot.services.messages import Address, Outgoing
from bot.services.proof_listing import proofs_of_item
from handlers.context import BotContext, actor_of
from handlers.replies import reply
from handlers.sender import TelegramSender
from handlers.words import proof
from handlers.work import code_of

WHICH = N_("Which item? For example: /minh_chung III.5")
MOST = 30


async def show(update: Update, context: BotContext) -> None:
    """`/minh_chung III.5`: list what proves the item, then send its files."""
    actor, now = actor_of(update), context.now()
    tr = await context.tr(actor)
    if not context.args:
        await reply(update, context, [Outgoing(escape(tr(WHICH)))])
        return
    found = await lists.items_called(context.db, actor, code_of(context.args[0]), now)
    for item_id, _ in found[:3]:
        code, proofs = await proofs_of_item(context.db, actor, item_id, now)
        await reply(update, context, [_listed(code, proofs, tr)])
        for file in [one for one in proofs if one.file_id][:MOST]:
            await _send(update, context, file)


def _listed(code: str, proofs: tuple[Evidence, ...], tr: Translator) -> Outgoing:
    if not proofs:
        return Outgoing(escape(tr(N_("{code}: no evidence yet."), code=code)))
    lines = [f"📎 <b>{escape(tr(N_('{code}: evidence'), code=code))}</b>"]
    for number, one in enumerate(proofs[:MOST], start=1):
        size = f" · {(one.file_size or 0) // 1024 + 1} KB" if one.file_id else ""
        digest = f" · SHA-256 {one.sha256[:8]}" if one.sha256 else ""
        lines.append(f"{number}. {proof(one, tr)}{size}{digest}")
    return Outgoing("\n".join(lines))


async def _send(update: Update, context: BotContext, file: Evidence) -> None:
    """Send a file as Telegram has it, else as it is kept here."""
    try:
        await reply(update, context, [Outgoing("", file_id=file.file_id)])
    except DeliveryError:
        data = await context.files.read(file.sha256)
        if data is None:
            raise
        actor = actor_of(update)
        address = Address(actor.chat_id, actor.thread_id)
        await TelegramSender(context.bot).send_file(address, file.file_name or "file", data)
