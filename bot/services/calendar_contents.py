"""What Văn phòng is told of the calendar: what a change moved, and a year nothing is known of."""

import datetime as dt
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calendar_moves import moves
from bot.domain.days import local_day
from bot.domain.workdays import Calendar
from bot.services.calendars import calendar_of, calendar_with, unknown_years
from bot.services.messages import Gone
from bot.services.messages_reminders import CalendarGapMessage, CalendarMessage, ChangedDay
from bot.services.part_rules import part_rules
from storage import offices, parts
from storage.rows import Owed

# Days of the office's table: whether a day is worked and the notice, or None for what it has not.
Days = dict[dt.date, tuple[bool, str] | None]


def payload_of(before: Days) -> dict[str, Any]:
    """Return what a message needs to tell what a change moved: the days as they were before."""
    return {"before": {day.isoformat(): value for day, value in before.items()}}


def _before(payload: dict[str, Any]) -> Days:
    return {
        dt.date.fromisoformat(day): None if value is None else (bool(value[0]), str(value[1]))
        for day, value in payload.get("before", {}).items()
    }


async def calendar_before(
    session: AsyncSession, office_id: int, before: Days, today: dt.date
) -> Calendar:
    """Return the office's calendar as it was before days of its table were changed."""
    table = {
        day: (working, notice)
        for day, working, notice in await offices.calendar_overrides(session, office_id)
    }
    for day, value in before.items():
        table.pop(day, None)
        if value is not None:
            table[day] = value
    return calendar_with(today, [(day, *value) for day, value in table.items()])


async def moved_by(
    session: AsyncSession, office_id: int, before: Days, now: dt.datetime
) -> CalendarMessage:
    """Return what the change of days, which were `before`, moved of the reminders to come."""
    today = local_day(now)
    new = await calendar_of(session, office_id, today)
    old = await calendar_before(session, office_id, before, today)
    rules = await part_rules(session, office_id)
    found = await parts.open_parts(session, office_id)
    notices = {
        day: notice for day, _, notice in await offices.calendar_overrides(session, office_id)
    }
    changed = tuple(
        ChangedDay(day, new.is_working(day), notices.get(day, "")) for day in sorted(before)
    )
    return CalendarMessage(today, changed, moves(found, old, new, rules.of, today, list(before)))


async def changed(session: AsyncSession, owed: Owed, now: dt.datetime) -> CalendarMessage | Gone:
    """Make the message that says which reminders a change of the calendar moved."""
    message = await moved_by(session, owed.office_id, _before(owed.payload), now)
    return message if message.moves else Gone("no reminder moved")


async def gap(session: AsyncSession, owed: Owed, now: dt.datetime) -> CalendarGapMessage | Gone:
    """Make the warning that nothing is known of a year's swapped days."""
    years = await unknown_years(session, owed.office_id, local_day(now))
    if owed.subject_id not in years:
        return Gone("the year is known, or over")
    return CalendarGapMessage(owed.subject_id)
