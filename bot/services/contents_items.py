"""What is said about items given to a unit in mid-year, when it is sent."""

import datetime as dt
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.status import Progress
from bot.services.messages import Gone
from bot.services.messages_items import GivenLine, ItemsGivenMessage
from bot.services.recipients import recipients_of
from storage import parts
from storage.rows import Owed


async def given(session: AsyncSession, owed: Owed, now: dt.datetime) -> ItemsGivenMessage | Gone:
    """Return the items of a message that its chat still has a part in."""
    today = local_day(now)
    to = await recipients_of(session, owed.office_id, today)
    units = set(to.units_of(owed.chat.id)) - {None}
    payload: dict[str, Any] = owed.payload or {}
    lines = []
    for item_id in payload.get("items", ()):
        own = [
            part
            for part in await parts.parts_of_item(session, item_id)
            if part.unit_id in units and part.progress is not Progress.DROPPED
        ]
        if own:
            lines.append(GivenLine(item_id, own[0].code, own[0].title, own[0].due))
    if not lines:
        return Gone("nothing of it is theirs any more")
    return ItemsGivenMessage(owed.id, today, tuple(lines))
