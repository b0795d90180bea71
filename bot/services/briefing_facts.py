"""Gathering what a week's briefing says."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.briefing import Briefing, Facts, last_week, make_briefing
from bot.domain.days import instant, local_day
from bot.services.calendars import calendar_of
from storage import briefings, parts


async def present_briefing(session: AsyncSession, office_id: int, now: dt.datetime) -> Briefing:
    """Return the briefing of the week of `now` as things stand."""
    today = local_day(now)
    monday, sunday = last_week(today)
    first = instant(monday, dt.time())
    last = instant(sunday + dt.timedelta(days=1), dt.time())
    reported = await briefings.reported_between(session, office_id, first, last)
    returned = await briefings.returned_between(session, office_id, first, last)
    difficult = await briefings.open_difficulties(session, office_id)
    named = {*reported, *returned, *(part_id for part_id, _ in difficult)}
    known = await briefings.parts_by_id(session, sorted(named))
    facts = Facts(
        await parts.open_parts(session, office_id),
        [known[key] for key in reported if key in known],
        [(known[key], why) for key, why in returned.items() if key in known],
        [(known[key], text) for key, text in difficult if key in known],
        tuple(await briefings.unseen_between(session, office_id, first, last)),
    )
    return make_briefing(facts, today, await calendar_of(session, office_id, today))
