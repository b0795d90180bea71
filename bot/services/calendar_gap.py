"""The warning that nothing is known of a year's swapped days, at a time that is free."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind
from bot.services.reminders_due import Due
from storage import outbox, outbox_lately

# The day of a month from which the warning waits no longer for a free time.
LAST_CALL = 20


async def owe_gap(
    session: AsyncSession, due: Due, now: dt.datetime, *, midday: bool = False
) -> None:
    """Owe Văn phòng, once for each year without data, the warning that says so.

    A chat gets one message at a time and two a day: on a morning without one of its own and
    without what is due that day, else at `midday` without one then.
    """
    if not due.gap_years:
        return
    today = local_day(now)
    at_noon = {chat.id for chat, _ in due.noon_by_chat()}
    for chat in due.audience.office:
        kinds = await outbox_lately.kinds_of_slots(session, chat.id, today)
        busy = OutboxKind.MIDDAY in kinds if midday else bool(kinds) or chat.id in at_noon
        if busy and today.day < LAST_CALL:
            continue
        for year in due.gap_years:
            await outbox.owe(
                session,
                chat,
                OutboxKind.CALENDAR_GAP,
                f"calendar_gap:{year}",
                now,
                subject_id=year,
            )
