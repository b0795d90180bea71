"""What a summary says to the chat it goes to, when it is sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.services.contents_briefing import reads_everything
from bot.services.messages import Gone
from bot.services.messages_summary import SummaryMessage
from bot.services.recipients import recipients_of
from bot.services.summaries import own_part, period_of_row, whole_summary
from storage import figures
from storage.rows import Owed


async def summary(session: AsyncSession, owed: Owed, now: dt.datetime) -> SummaryMessage | Gone:
    """Return the frozen summary: whole for Văn phòng and leaders, else the chat's own rows."""
    row = await figures.get_summary(session, owed.office_id, owed.subject_id or 0)
    period = await period_of_row(session, row) if row else None
    if row is None or period is None:
        return Gone("the office has other windows now")
    found = await whole_summary(session, owed.office_id, period, now)
    today = local_day(now)
    if await reads_everything(session, owed, today):
        return SummaryMessage(owed.id, found)
    to = await recipients_of(session, owed.office_id, today)
    units = frozenset(key for key in to.units_of(owed.chat.id) if key is not None)
    own = own_part(found, units)
    return SummaryMessage(owed.id, own) if own.own else Gone("this unit had nothing to do")
