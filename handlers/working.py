"""A message that says what is being done, and is edited until it says what came of it."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape

from telegram import Update

from bot.domain.errors import AlreadyHandled, DeliveryError, UserError
from bot.domain.problem import N_
from bot.services.messages import Address, Outgoing
from handlers.context import BotContext, actor_of
from handlers.errors import DONE_BEFORE, LONGEST
from handlers.sender import TelegramSender
from handlers.words import clip

STOPPED = N_("✖️ Stopped: this was not finished.")
logger = logging.getLogger(__name__)


class Working:
    """The message of one piece of work."""

    def __init__(self, sender: TelegramSender, address: Address, message_id: int) -> None:
        self._sender = sender
        self._address = address
        self._message_id = message_id
        self.ended = False

    async def say(self, message: Outgoing) -> None:
        """Say how far it is; that this could not be said stops nothing."""
        try:
            await self._sender.edit(self._address, self._message_id, message)
        except DeliveryError as error:
            logger.info("could not show progress: %s", error.reason)

    async def end(self, message: Outgoing) -> None:
        """Say what came of it, in a new message where the old one cannot be changed.

        Raises:
            DeliveryError: it could not be said at all.
        """
        self.ended = True
        try:
            await self._sender.edit(self._address, self._message_id, message)
        except DeliveryError as error:
            if not error.permanent:
                raise
            await self._sender.send(self._address, message)


@asynccontextmanager
async def working(update: Update, context: BotContext, first: Outgoing) -> AsyncIterator[Working]:
    """Show `first` while the work is done; a mistake of the person's ends it with its sentence."""
    actor = actor_of(update)
    sender = TelegramSender(context.bot)
    address = Address(actor.chat_id, actor.thread_id)
    message = Working(sender, address, await sender.send(address, first))
    try:
        yield message
    except (UserError, AlreadyHandled) as error:
        logger.info("refused: %s", error, extra={"update": update.update_id})
        problem = error.problem if isinstance(error, UserError) else DONE_BEFORE
        text = clip((await context.tr(actor)).problem(problem), LONGEST)
        await message.end(Outgoing(escape(text)))
    finally:
        if not message.ended:  # something broke: the error handler says so, this stops waiting
            await message.say(Outgoing(escape((await context.tr(actor))(STOPPED))))
