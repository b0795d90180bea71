"""What the bot says of itself, from the state of things when it is said."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.roles import ChatPurpose
from bot.services.messages import Gone
from bot.services.messages_process import AwayMessage, TestMessage, TooLateMessage
from storage import chats, offices, outbox_lately, updates
from storage.rows import Owed


async def too_late(session: AsyncSession, owed: Owed, _now: dt.datetime) -> TooLateMessage | Gone:
    """Return which chats did not get what was dropped as too old."""
    kind = OutboxKind(owed.payload["kind"])
    subject = owed.payload["subject_id"]
    owed_at, titles = await outbox_lately.dropped_late(session, owed.office_id, kind, subject)
    if owed_at is None:
        return Gone("it was sent after all")
    return TooLateMessage(kind, owed_at, tuple(titles))


async def away(session: AsyncSession, owed: Owed, _now: dt.datetime) -> AwayMessage | Gone:
    """Return from when to when the bot was away, and what it has caught up with since."""
    since, until = (dt.datetime.fromisoformat(owed.payload[name]) for name in ("from", "to"))

    async def count(state: OutboxState) -> int:
        return await outbox_lately.count_since(session, owed.office_id, until, state)

    return AwayMessage(
        since,
        until,
        await updates.received_since(session, until),
        await count(OutboxState.SENT),
        await count(OutboxState.DROPPED),
    )


async def test(session: AsyncSession, owed: Owed, _now: dt.datetime) -> TestMessage | Gone:
    """Return the test that a bound chat gets."""
    bound = await chats.bindings_of(session, [owed.chat.id])
    names = await offices.unit_names(session, owed.office_id)
    return TestMessage(
        tuple(
            names[b.unit_id] for b in bound if b.purpose is ChatPurpose.UNIT and b.unit_id in names
        )
    )
