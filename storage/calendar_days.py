"""The days of the calendar that an office set itself."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CalendarDayRow


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day that was set or removed: what it was before, None where there was none."""

    before: tuple[bool, str] | None


async def set_day(
    session: AsyncSession, office_id: int, day: dt.date, *, working: bool | None, notice: str
) -> SetDay | None:
    """Set a day off or worked, or remove it (`working` None); None: it is so already."""
    row = (
        await session.exec(
            select(CalendarDayRow).where(
                CalendarDayRow.office_id == office_id, CalendarDayRow.day == day
            )
        )
    ).first()
    before = (row.working, row.notice) if row is not None else None
    if before == (None if working is None else (working, notice)):
        return None
    if working is None:
        assert row is not None  # else nothing would change
        await session.delete(row)
        await session.flush()
        return SetDay(before)
    row = row or CalendarDayRow(office_id=office_id, day=day, working=working)
    row.working, row.notice = working, notice
    session.add(row)
    await session.flush()
    return SetDay(before)
