"""The office's calendar: the country's days off, and those it set itself."""

import datetime as dt
from functools import lru_cache

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.workdays import Calendar
from bot.intake.calendar import vietnam_calendar
from storage import offices

YEARS_BACK, YEARS_AHEAD = 3, 7


async def calendar_of(session: AsyncSession, office_id: int, today: dt.date) -> Calendar:
    """Return the office's calendar for the years around the local day `today`."""
    overrides = await offices.calendar_overrides(session, office_id)
    return _calendar(today.year, tuple(sorted(overrides)))


@lru_cache(maxsize=32)
def _calendar(year: int, overrides: tuple[tuple[dt.date, bool, str], ...]) -> Calendar:
    return vietnam_calendar(range(year - YEARS_BACK, year + YEARS_AHEAD), overrides)
