"""What a briefing or a broadcast says to the chat it goes to, when it is sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.briefing import briefing_from_json
from bot.domain.days import local_day
from bot.domain.roles import ChatPurpose
from bot.services.briefings import draft_of
from bot.services.messages import Gone
from bot.services.messages_briefing import (
    BriefingDraftMessage,
    BriefingMessage,
    BroadcastMessage,
)
from bot.services.recipients import leaders_chats, office_chats, recipients_of
from storage import briefings, chats
from storage.rows import Owed


async def draft(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> BriefingDraftMessage | Gone:
    """Return the week's draft as things stand."""
    row = await briefings.find_briefing(session, owed.office_id, owed.subject_id or 0)
    if row is None or row.sent_at is not None:
        return Gone("the briefing was sent")
    return BriefingDraftMessage(await draft_of(session, row, now))


async def briefing(session: AsyncSession, owed: Owed, now: dt.datetime) -> BriefingMessage | Gone:
    """Return the briefing as it was frozen: whole for Văn phòng and leaders, else the own part."""
    row = await briefings.find_briefing(session, owed.office_id, owed.subject_id or 0)
    if row is None or row.content is None:
        return Gone("the briefing was not sent")
    made = briefing_from_json(row.content)
    today = local_day(now)
    to = await recipients_of(session, owed.office_id, today)
    units = {key for key in to.units_of(owed.chat.id) if key is not None}
    return BriefingMessage(
        owed.id,
        made,
        await reads_everything(session, owed, today),
        made.own(units),
        tuple(name for key in units if (name := to.names[key])),
    )


async def reads_everything(session: AsyncSession, owed: Owed, today: dt.date) -> bool:
    """Tell whether the chat of a message may compare units: Văn phòng's and the leaders'."""
    bound = await chats.bindings_of(session, [owed.chat.id])
    if bound:
        return any(one.purpose is not ChatPurpose.UNIT for one in bound)
    everything = await office_chats(session, owed.office_id, today)
    everything += await leaders_chats(session, owed.office_id, today)
    return any(chat.id == owed.chat.id for chat in everything)


async def broadcast(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> BroadcastMessage | Gone:
    """Return the text or file as it was sent."""
    row = await briefings.find_broadcast(session, owed.office_id, owed.subject_id or 0)
    if row is None or row.sent_at is None:
        return Gone("the broadcast was not sent")
    return BroadcastMessage(owed.id, row.text, row.file_id, row.photo)
