"""Delivering what is owed: claim, write the text from the present state, send, record.

At least once: a crash between sending and recording sends that one message again. After a timeout
whose outcome is unknown the message is sent again too, because a reminder that comes twice costs
less than one that never comes.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.errors import ChatMoved, DeliveryError
from bot.domain.outbox import MAX_ATTEMPTS, OutboxState, wait_after
from bot.i18n import Translators
from bot.services.contents import content_of
from bot.services.lost_chats import lose_chat, move_chat
from bot.services.messages import Address, Gone, Renderer, Sender
from storage import offices, outbox
from storage.db import Database
from storage.rows import Owed

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivering needs: the database, the messenger, words and the clock."""

    db: Database
    sender: Sender
    render: Renderer
    translators: Translators
    clock: Clock
    spread: Callable[[], float] = random.random


async def deliver_all(delivery: Delivery) -> None:
    """Deliver until nothing is due."""
    while await deliver_one(delivery):
        pass


async def deliver_one(delivery: Delivery) -> bool:
    """Deliver one message owed; return False when none is due.

    1. Claim it. 2. Write it from the present state; what is no longer true is closed with a
    reason. 3. Send each message that is not recorded yet, and record it. 4. Close, or put back.
    """
    async with delivery.db.begin() as session:
        owed = await outbox.claim(session, delivery.clock())
    if owed is None:
        return False
    try:
        await _send(delivery, owed)
    except ChatMoved as moved:
        async with delivery.db.begin() as session:
            await move_chat(session, owed.chat.telegram_id, moved.telegram_id, delivery.clock())
            await outbox.try_again(session, owed.id, delivery.clock(), "chat moved")
        logger.info("chat moved", extra={"chat": owed.chat.id, "outbox": owed.id})
    except DeliveryError as error:
        await _failed(delivery, owed, error)
    except Exception as error:
        # One poisoned message must not stop the others; its chat and the rest of the queue go on.
        logger.exception("delivery broke", extra={"outbox": owed.id})
        last = owed.attempts >= MAX_ATTEMPTS
        await _failed(delivery, owed, DeliveryError(type(error).__name__, permanent=last))
    return True


async def _send(delivery: Delivery, owed: Owed) -> None:
    now = delivery.clock()
    async with delivery.db.read() as session:
        locale = owed.chat.locale or await offices.office_locale(session, owed.office_id)
        content = await content_of(session, owed, now)
    if isinstance(content, Gone):
        async with delivery.db.begin() as session:
            await outbox.close_message(
                session, owed.id, OutboxState.DROPPED, now, reason=content.reason
            )
        logger.info("message dropped", extra={"outbox": owed.id, "reason": content.reason})
        return
    done = list(owed.message_ids)
    address = Address(owed.chat.telegram_id, owed.chat.thread_id)
    for message in delivery.render(content, delivery.translators(locale))[len(done) :]:
        done.append(await delivery.sender.send(address, message))
        async with delivery.db.begin() as session:
            await outbox.record_message(session, owed, done, delivery.clock())
    async with delivery.db.begin() as session:
        await outbox.close_message(session, owed.id, OutboxState.SENT, delivery.clock())
    logger.info("message sent", extra={"outbox": owed.id, "chat": owed.chat.id})


async def _failed(delivery: Delivery, owed: Owed, error: DeliveryError) -> None:
    now = delivery.clock()
    logger.warning(
        "delivery failed: %s", error.reason, extra={"outbox": owed.id, "attempt": owed.attempts}
    )
    async with delivery.db.begin() as session:
        if error.chat_lost:
            await outbox.close_message(
                session, owed.id, OutboxState.FAILED, now, reason=error.reason
            )
            await lose_chat(session, owed.chat.telegram_id, error.reason, now)
        elif error.permanent:
            await outbox.close_message(
                session, owed.id, OutboxState.FAILED, now, reason=error.reason
            )
        else:
            # However long the line is down, what is owed is kept.
            wait = error.retry_after or wait_after(owed.attempts, delivery.spread())
            await outbox.try_again(session, owed.id, now + wait, error.reason)
            if error.retry_after:
                await outbox.pause_chat(session, owed.chat.id, now + wait)
