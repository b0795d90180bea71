"""The office's calendar: the country's days off, and those it set itself."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.workdays import Calendar
from bot.intake.calendar import vietnam_calendar
from storage import offices

YEARS_BACK, YEARS_AHEAD = 3, 7


async def calendar_of(session: AsyncSession, office_id: int, today: dt.date) -> Calendar:
    """Return the office's calendar for the years around the local day `today`."""
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD)
    overrides = await offices.calendar_overrides(session, office_id)
    return vietnam_calendar(tuple(years), tuple(sorted(overrides)))
