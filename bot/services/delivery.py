"""Delivering one message owed: claim, write the text from the present state, send, record.

At least once: a crash between sending and recording sends that one message again. After a timeout
whose outcome is unknown the message is sent again too, because a reminder that comes twice costs
less than one that never comes; its row counts how often nobody knew (`uncertain`).

A message in several parts that was cut off between them goes on with what was not said yet, also
where its text has changed meanwhile (`bot.services.pieces` says how).
"""

import asyncio
import datetime as dt
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.domain.errors import ChatMoved, DatabaseTrouble, DeliveryError
from bot.domain.outbox import MAX_ATTEMPTS, OutboxState, too_late, wait_after
from bot.domain.rate import Limiter
from bot.i18n import Translators
from bot.services.contents import content_of
from bot.services.lateness import drop_late
from bot.services.lost_chats import lose_chat, lose_topic, move_chat, tell_refused
from bot.services.messages import Address, Gone, Outgoing, Renderer, Sender
from bot.services.pace import Pace
from bot.services.pieces import left_to_say, said_by
from storage import offices, outbox, outbox_claims
from storage.db import Database
from storage.rows import Owed

logger = logging.getLogger(__name__)

TRY_WRITING_AGAIN = 1.0
CUT = "cut off when the bot was stopped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivering needs: the database, the messenger, words, the clock and its pace."""

    db: Database
    sender: Sender
    render: Renderer
    translators: Translators
    clock: Clock
    spread: Callable[[], float] = random.random
    pace: Pace = field(default_factory=lambda: Pace(Limiter(None)))


async def deliver_one(delivery: Delivery, outbox_id: int | None = None) -> bool:
    """Deliver the most urgent message owed, or the one named; return False when it is not due.

    1. Claim it. 2. Write it from the present state; what is no longer true, or too old, is closed
    with a reason. 3. Send each message that is not recorded yet, and record it. 4. Close, or put
    back.
    """
    async with delivery.db.begin() as session:
        owed = await outbox_claims.claim(session, delivery.clock(), outbox_id)
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
    except DatabaseTrouble as trouble:
        # Reading or dropping failed, nothing was sent: the machine, not the message, is ill.
        await _put_back(delivery, owed, trouble.reason)
        raise
    except Exception as error:
        # One poisoned message must not stop the others; its chat and the rest of the queue go on.
        logger.exception("delivery broke", extra={"outbox": owed.id})
        last = owed.attempts >= MAX_ATTEMPTS
        await _failed(delivery, owed, DeliveryError(type(error).__name__, permanent=last))
    return True


async def _send(delivery: Delivery, owed: Owed) -> None:
    now = delivery.clock()
    if too_late(owed.kind, now - owed.created_at):
        async with delivery.db.begin() as session:
            await drop_late(session, owed, now)
        return
    async with delivery.db.read() as session:
        locale = owed.chat.locale or await offices.office_locale(session, owed.office_id)
        content = await content_of(session, owed, now)
    if isinstance(content, Gone):
        await _close(delivery, owed, OutboxState.DROPPED, content.reason)
        logger.info("message dropped", extra={"outbox": owed.id, "reason": content.reason})
        return
    messages = left_to_say(delivery.render(content, delivery.translators(locale)), owed.said)
    if not messages:
        await _close(delivery, owed, OutboxState.SENT, None)
    await _send_each(delivery, owed, messages)
    logger.info("message sent", extra={"outbox": owed.id, "chat": owed.chat.id})


async def _send_each(delivery: Delivery, owed: Owed, messages: Sequence[Outgoing]) -> None:
    address = Address(owed.chat.telegram_id, owed.chat.thread_id)
    done, said = list(owed.message_ids), list(owed.said)
    for left, message in zip(range(len(messages) - 1, -1, -1), messages, strict=True):
        await delivery.pace.turn(address.telegram_id)
        try:
            done.append(await delivery.sender.send(address, message))
        except asyncio.CancelledError:
            await _put_back(delivery, owed, CUT)
            raise
        said.append(said_by(message))
        delivery.pace.limiter.succeeded(address.telegram_id)
        await _record(delivery, owed, done, said if left else None)


async def _record(
    delivery: Delivery, owed: Owed, done: list[int], said: list[list[str]] | None
) -> None:
    """Record what was sent, however long that takes: forgetting it would send it again."""
    sent_at = delivery.clock()

    async def write(session: AsyncSession) -> None:
        await outbox.record_message(session, owed, done, sent_at, said)

    await _write_at_last(delivery, write)


async def _write_at_last(
    delivery: Delivery, write: Callable[[AsyncSession], Awaitable[None]]
) -> None:
    told = False
    while True:
        try:
            async with delivery.db.begin() as session:
                await write(session)
        except DatabaseTrouble as trouble:
            if not told:
                logger.error("cannot record what was sent: %s", trouble.reason)
            told = True
            await asyncio.sleep(TRY_WRITING_AGAIN)
        else:
            return


async def _close(delivery: Delivery, owed: Owed, state: OutboxState, reason: str | None) -> None:
    now = delivery.clock()
    async with delivery.db.begin() as session:
        await outbox.close_message(session, owed.id, state, now, reason=reason)


async def _put_back(delivery: Delivery, owed: Owed, reason: str) -> None:
    """Put a message back at once; what cannot even be written follows when its lease is over."""
    try:
        async with delivery.db.begin() as session:
            await outbox.try_again(
                session, owed.id, delivery.clock(), reason, uncertain=reason == CUT
            )
    except DatabaseTrouble:
        logger.warning("left to its lease", extra={"outbox": owed.id})


async def _failed(delivery: Delivery, owed: Owed, error: DeliveryError) -> None:
    logger.warning(
        "delivery failed: %s", error.reason, extra={"outbox": owed.id, "attempt": owed.attempts}
    )
    now = delivery.clock()
    if error.retry_after:
        delivery.pace.asked_to_wait(owed.chat.telegram_id, error.retry_after)

    async def write(session: AsyncSession) -> None:
        await _write_failure(session, owed, error, now, delivery.spread())

    await _write_at_last(delivery, write)


async def _write_failure(
    session: AsyncSession, owed: Owed, error: DeliveryError, now: dt.datetime, spread: float
) -> None:
    if error.permanent or error.chat_lost:
        await outbox.close_message(session, owed.id, OutboxState.FAILED, now, reason=error.reason)
        if error.topic_only:
            await lose_topic(session, owed.chat, error.reason, now)
        elif error.chat_lost:
            await lose_chat(session, owed.chat.telegram_id, error.reason, now)
        else:
            await tell_refused(session, owed, now)
        return
    # However long the line is down, what is owed is kept.
    wait = error.retry_after or wait_after(owed.attempts, spread)
    await outbox.try_again(session, owed.id, now + wait, error.reason, uncertain=error.uncertain)
    if error.retry_after:
        await outbox.pause_chat(session, owed.chat.id, now + wait)
