"""The office's calendar: the country's days off, and those it set itself."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.workdays import Calendar
from bot.intake.calendar import last_announced_year, vietnam_calendar
from bot.services.rules import rules_of
from storage import offices

YEARS_BACK, YEARS_AHEAD = 3, 7


async def calendar_of(session: AsyncSession, office_id: int, today: dt.date) -> Calendar:
    """Return the office's calendar for the years around the local day `today`."""
    found = calendar_with(today, await offices.calendar_overrides(session, office_id))
    soon = (await rules_of(session, office_id)).soon_days
    return found if soon == found.soon_days else replace(found, soon_days=soon)


def calendar_with(today: dt.date, overrides: Iterable[tuple[dt.date, bool, str]]) -> Calendar:
    """Return the calendar of the years around `today` with these days set."""
    return _calendar(today.year, tuple(sorted(overrides)))


@lru_cache(maxsize=32)
def _calendar(year: int, overrides: tuple[tuple[dt.date, bool, str], ...]) -> Calendar:
    return vietnam_calendar(range(year - YEARS_BACK, year + YEARS_AHEAD), overrides)


GAP_FROM_MONTH = 12


async def unknown_years(session: AsyncSession, office_id: int, today: dt.date) -> tuple[int, ...]:
    """Return this year, and the next one when it is near, where their swapped days are unknown.

    A later year than those announced follows the rule of Bộ luật Lao động 2019, Điều 112 alone,
    until the office has set a day of it.
    """
    near = [today.year, today.year + 1] if today.month >= GAP_FROM_MONTH else [today.year]
    later = [year for year in near if year > last_announced_year()]
    if not later:
        return ()
    overrides = await offices.calendar_overrides(session, office_id)
    known = {day.year for day, _, _ in overrides}
    return tuple(year for year in later if year not in known)
