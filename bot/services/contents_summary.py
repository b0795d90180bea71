"""What a summary says to the chat it goes to, when it is sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.services.contents_briefing import reads_everything
from bot.services.messages import Gone
from bot.services.messages_summary import SummaryMessage
from bot.services.recipients import recipients_of
from bot.services.summaries import own_part
from bot.services.summaries_whole import summary_of_row
from storage import summaries
from storage.rows import Owed


async def summary(session: AsyncSession, owed: Owed, now: dt.datetime) -> SummaryMessage | Gone:
    """Return the frozen summary: whole for Văn phòng and leaders, else the chat's own rows."""
    row = await summaries.get_summary(session, owed.office_id, owed.subject_id or 0)
    newest = row and await summaries.find_summary(session, row.office_id, row.kind, row.first)
    if newest is None:
        return Gone("there are no such figures")
    found = await summary_of_row(session, newest, now)
    today = local_day(now)
    if await reads_everything(session, owed, today):
        return SummaryMessage(owed.id, found)
    to = await recipients_of(session, owed.office_id, today)
    units = frozenset(key for key in to.units_of(owed.chat.id) if key is not None)
    own = own_part(found, units)
    return SummaryMessage(owed.id, own) if own.own else Gone("this unit had nothing to do")
