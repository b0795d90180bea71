"""Closing a window: its figures are frozen by themselves, and told on a working morning."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, local_time
from bot.domain.outbox import OutboxKind
from bot.domain.windows import PeriodKind, ReportPeriod, last_closed
from bot.services.briefings import everybody
from bot.services.calendars import calendar_of
from bot.services.recipients import leaders_chats, office_chats
from bot.services.rules import rules_of
from bot.services.summaries import freeze
from storage import figures, offices, outbox, summaries
from storage.audit import Act
from storage.db import Database
from storage.rows import identity

# Who was away for long is not told of years past.
TOLD_FOR = dt.timedelta(days=45)
MOST_MISSED = 24


async def plan_summaries(db: Database, now: dt.datetime) -> None:
    """Freeze the periods that closed, as things stood at their last midnight, and owe the word.

    Safe to call at any time and any number of times: a period is frozen once, also when the bot
    was away at its end, and told on the first working day after it at the hour of briefings.
    """
    async with db.read() as session:
        offices_now = await offices.office_ids(session)
        closing = {key: await _to_freeze(session, key, now) for key in offices_now}
        untold = [key for key in offices_now if await summaries.untold_summaries(session, key)]
    for office_id, periods in closing.items():
        for period in periods:
            async with db.begin() as session:
                await freeze(session, Act(office_id, now), period)
    for office_id in {*untold, *(key for key, periods in closing.items() if periods)}:
        async with db.begin() as session:
            await _tell(session, office_id, now)


async def _to_freeze(
    session: AsyncSession, office_id: int, now: dt.datetime
) -> list[ReportPeriod]:
    """Return the closed periods of each kind that are not frozen yet, the oldest first.

    Without an older one that is frozen only the last; after an outage also those it swallowed.
    None from before the office's first plan was at work.
    """
    begun = await figures.first_activation(session, office_id)
    if begun is None:
        return []
    window = (await rules_of(session, office_id)).window
    found: list[ReportPeriod] = []
    for kind in PeriodKind:
        period = last_closed(local_day(now), kind, window)
        missed: list[ReportPeriod] = []
        while len(missed) < MOST_MISSED and period.bounds(window)[1] >= local_day(begun):
            first, _ = period.bounds(window)
            if await summaries.is_frozen(session, office_id, kind, first):
                break
            missed.append(period)
            period = period.before()
        else:
            missed = missed[:1]  # nothing frozen before: the figures begin here
        found += reversed(missed)
    return found


async def _tell(session: AsyncSession, office_id: int, now: dt.datetime) -> None:
    """Owe Văn phòng and the leaders every period that closed, units their own row of the month."""
    today, rules = local_day(now), await rules_of(session, office_id)
    calendar = await calendar_of(session, office_id, today)
    if not calendar.is_working(today) or local_time(now).time() < rules.briefing_at:
        return
    whole = await office_chats(session, office_id, today)
    whole += await leaders_chats(session, office_id, today)
    for row in await summaries.untold_summaries(session, office_id):
        row.told_at = now
        session.add(row)
        since = local_day(row.frozen_at) if row.version > 1 else row.last
        if local_day(now) - since > TOLD_FOR:
            continue
        monthly = row.kind is PeriodKind.MONTH
        to = await everybody(session, office_id, today) if monthly else whole
        for chat in {chat.id: chat for chat in to}.values():
            await outbox.owe(
                session,
                chat,
                OutboxKind.SUMMARY,
                f"summary:{row.id}",
                now,
                subject_id=identity(row.id),
            )
