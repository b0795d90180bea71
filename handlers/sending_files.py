"""Making a file takes a while: one message shows that it is made, then uploaded, then sent."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.services.messages import Address, Outgoing
from handlers.context import BotContext, actor_of
from handlers.sender import TelegramSender
from handlers.working import working

MAKING = N_("⏳ Making the file…")
UPLOADING = N_("⏳ Uploading…")
UPLOADING_PART = N_("⏳ Uploading part {number} of {count}…")
SENT = N_("✅ Sent: {name}")

Send = Callable[[str, bytes], Awaitable[None]]


@asynccontextmanager
async def sending(update: Update, context: BotContext, parts: int = 1) -> AsyncIterator[Send]:
    """Show that a file is made; what is given to the result is uploaded, pictures as pictures.

    `parts` is how many files will come.
    """
    actor = actor_of(update)
    tr = await context.tr(actor)
    sender = TelegramSender(context.bot)
    address = Address(actor.chat_id, actor.thread_id)
    sent: list[str] = []
    async with working(update, context, Outgoing(escape(tr(MAKING)))) as progress:

        async def send(name: str, data: bytes) -> None:
            words = tr(UPLOADING)
            if parts > 1:
                words = tr(UPLOADING_PART, number=len(sent) + 1, count=parts)
            await progress.say(Outgoing(escape(words)))
            upload = sender.send_photo if name.endswith(".png") else sender.send_file
            await upload(address, name, data)
            sent.append(name)

        yield send
        await progress.end(Outgoing(escape(tr(SENT, name=tr.listing(sent)))))
