"""Who was told of parts before: named by each step that goes beyond the unit."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.escalation import Level, level_of
from bot.domain.work import Part
from bot.services.messages_reminders import RisksTold, Told
from storage import ledger

ToldOf = Mapping[int, tuple[Told, ...]]


async def told_before(
    session: AsyncSession,
    parts: Iterable[Part],
    today: dt.date,
    *,
    office: Collection[int] = (),
    directors: Collection[int] = (),
) -> ToldOf:
    """Return, by part, who was told of it and its due day before the local day `today`.

    Several messages of a day count once; `office` are Văn phòng's chats, `directors` the
    Director's: they say by whose name a message went.
    """
    due = {part.id: part.due for part in parts}
    days: dict[int, dict[Level, set[dt.date]]] = {part_id: {} for part_id in due}
    for one in await ledger.sent_about(session, list(due)):
        level = level_of(
            one.step, in_office=one.chat_id in office, to_director=one.chat_id in directors
        )
        on = local_day(one.sent_at)
        if one.due == due[one.part_id] and level and on < today:
            days[one.part_id].setdefault(level, set()).add(on)
    return {
        part_id: tuple(
            Told(level, len(found[level]), max(found[level])) for level in Level if level in found
        )
        for part_id, found in days.items()
    }


def risks_told(told: ToldOf) -> RisksTold:
    """Return of how many parts at risk their units were told, and on which day last."""
    units = [one for found in told.values() for one in found if one.level is Level.UNIT]
    return RisksTold(len(units), len(told), max((one.last_on for one in units), default=None))
