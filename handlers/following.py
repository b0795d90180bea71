"""A message that is edited as what it tells of goes on: results of sending, as they come."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.domain.errors import BotError, DeliveryError, NotFound
from bot.services.messages import Address, Outgoing
from handlers.context import BotContext, actor_of
from handlers.sender import TelegramSender

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0
LOOKS = 45

# Returns the message as it stands now, and whether nothing more is to come.
Look = Callable[[], Awaitable[tuple[Outgoing, bool]]]


def follow(
    update: Update, context: BotContext, message_id: int, first: Outgoing, look: Look
) -> None:
    """Edit a message, which says `first` by now, for a minute and a half or until all has come.

    Does nothing where the application does not run: nothing would end the task.
    """
    if not context.application.running:
        return
    actor = actor_of(update)
    address = Address(actor.chat_id, actor.thread_id)
    task = asyncio.create_task(_follow(context, address, message_id, first, look))
    context.bot_data.following.add(task)
    task.add_done_callback(context.bot_data.following.discard)


async def _follow(
    context: BotContext, address: Address, message_id: int, shown: Outgoing, look: Look
) -> None:
    sender = TelegramSender(context.bot)
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_EVERY)
        try:
            message, over = await look()
            if message != shown:
                await sender.edit(address, message_id, message)
        except (DeliveryError, NotFound) as error:
            logger.info("could not show how it goes on: %s", type(error).__name__)
            continue
        except BotError:
            return
        shown = message
        if over:
            return
