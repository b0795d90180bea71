"""Making a file takes a while: one message shows that it is made, then uploaded, then sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Address, Outgoing
from handlers.context import BotContext, actor_of
from handlers.sender import TelegramSender
from handlers.working import Working, working

MAKING = N_("⏳ Making the file…")
UPLOADING = N_("⏳ Uploading…")
UPLOADING_PART = N_("⏳ Uploading part {number} of {count}…")
SENT = N_("✅ Sent: {name}")


@dataclass(slots=True)
class Upload:
    """Uploads what it is called with, pictures as pictures; `parts` is how many files come."""

    progress: Working
    sender: TelegramSender
    address: Address
    tr: Translator
    parts: int = 1
    sent: list[str] = field(default_factory=list)

    async def __call__(self, name: str, data: bytes) -> None:
        """Upload a file called `name`."""
        words = self.tr(UPLOADING)
        if self.parts > 1:
            words = self.tr(UPLOADING_PART, number=len(self.sent) + 1, count=self.parts)
        await self.progress.say(Outgoing(escape(words)))
        upload = self.sender.send_photo if name.endswith(".png") else self.sender.send_file
        await upload(self.address, name, data)
        self.sent.append(name)


@asynccontextmanager
async def sending(update: Update, context: BotContext) -> AsyncIterator[Upload]:
    """Show that a file is made; what is given to the result is uploaded."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    address = Address(actor.chat_id, actor.thread_id)
    async with working(update, context, Outgoing(escape(tr(MAKING)))) as progress:
        upload = Upload(progress, TelegramSender(context.bot), address, tr)
        yield upload
        await progress.end(Outgoing(escape(tr(SENT, name=tr.listing(upload.sent)))))
