"""Gathering what a week's briefing says."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.briefing import Briefing, BriefTarget, Facts, last_week, make_briefing
from bot.domain.days import instant, local_day
from bot.domain.windows import PeriodKind, period_of
from bot.domain.work import Part
from bot.services.calendars import calendar_of
from bot.services.indicators import entries_within
from bot.services.rules import rules_of
from storage import briefings, parts


async def present_briefing(session: AsyncSession, office_id: int, now: dt.datetime) -> Briefing:
    """Return the briefing of the week of `now` as things stand."""
    today = local_day(now)
    monday, sunday = last_week(today)
    first = instant(monday, dt.time())
    last = instant(sunday + dt.timedelta(days=1), dt.time())
    reported = await briefings.done_between(session, office_id, first, last)
    returned = await briefings.returned_between(session, office_id, first, last)
    difficult = await briefings.open_difficulties(session, office_id)
    named = {*reported, *returned, *(part_id for part_id, _ in difficult)}
    known = await briefings.parts_by_id(session, sorted(named))
    facts = Facts(
        [
            *await parts.open_parts(session, office_id),
            *await briefings.awaiting_in_closed_plans(session, office_id),
        ],
        [known[key] for key in reported if key in known],
        [(known[key], _said(known[key], why)) for key, why in returned.items() if key in known],
        [(known[key], _said(known[key], text)) for key, text in difficult if key in known],
        tuple(await briefings.unseen_between(session, office_id, first, last)),
        await _targets(session, office_id, now),
        (await rules_of(session, office_id)).overdue_bands,
    )
    return make_briefing(facts, today, await calendar_of(session, office_id, today))


def _said(part: Part, text: str) -> str:
    """Return what was typed about a part; of what is secret nothing is passed on."""
    return "" if part.secret else text


async def _targets(
    session: AsyncSession, office_id: int, now: dt.datetime
) -> tuple[BriefTarget, ...]:
    """Return the indicators that have a value in the month at hand."""
    window = (await rules_of(session, office_id)).window
    days = period_of(local_day(now), PeriodKind.MONTH, window).bounds(window)
    return tuple(
        BriefTarget(
            entry.code,
            tuple(sorted(entry.units)),
            str(entry.indicator.direction),
            str(entry.indicator.number),
            entry.indicator.unit,
            entry.indicator.exclusive,
            str(entry.value.numerator),
            None if entry.value.denominator is None else str(entry.value.denominator),
        )
        for entry in await entries_within(session, office_id, days, now)
        if entry.value is not None
    )
