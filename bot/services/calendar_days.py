"""The office's calendar: seen by all, changed by Văn phòng; what moves is said."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calendar_days import DayChange
from bot.domain.calendar_moves import parts_moved
from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import coordinates
from bot.domain.workdays import Calendar
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.calendar_contents import Days, moved_by, payload_of
from bot.services.calendars import calendar_of
from bot.services.messages_reminders import ChangedDay
from bot.services.recipients import office_chats
from bot.services.secret_marks import refuse_marks
from storage import calendar_days, offices, outbox
from storage.audit import Act, claim_update
from storage.audit_rows import recording
from storage.db import Database

AHEAD = dt.timedelta(days=120)
SATURDAY = 5
AS_IT_IS = N_("The calendar has these days already. Nothing has changed.")
NOT_SET = N_("The office has set nothing for these days. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The days the office set itself, from this year on, and the days off to come."""

    today: dt.date
    own: tuple[ChangedDay, ...]
    coming: tuple[ChangedDay, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """The days as they are now, and of how many parts the reminders moved."""

    days: tuple[ChangedDay, ...]
    moved: int


async def look(db: Database, actor: Actor, now: dt.datetime) -> CalendarView:
    """Return the calendar.

    Raises:
        NotFound: a stranger.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        own = await offices.calendar_overrides(session, viewer.office_id)
        calendar = await calendar_of(session, viewer.office_id, today)
    since = dt.date(today.year, 1, 1)
    return CalendarView(
        today,
        tuple(ChangedDay(*one) for one in sorted(own) if one[0] >= since),
        tuple(_unusual(calendar, today)),
        coordinates(viewer),
    )


def _unusual(calendar: Calendar, today: dt.date) -> Sequence[ChangedDay]:
    """Return the days to come that are not what their weekday makes of them."""
    days = [today + dt.timedelta(days=n) for n in range(AHEAD.days)]
    return [
        ChangedDay(
            day, working, calendar.overrides[day].source if day in calendar.overrides else ""
        )
        for day in days
        if (working := calendar.is_working(day)) != (day.weekday() < SATURDAY)
    ]


async def change(
    db: Database, actor: Actor, changes: Sequence[DayChange], now: dt.datetime
) -> CalendarChanged:
    """Set days of the calendar, as Văn phòng; it is told which reminders moved.

    Raises:
        NotFound: a stranger.
        NotAllowed: the presser does not do Văn phòng's work.
        BearsSecretMark: a notice bears a mark of secrecy.
        UserError: nothing would change.
    """
    for one in changes:
        refuse_marks(one.notice)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        changed = await _apply(session, act, changes)
        if changed is None:
            unset = all(one.working is None for one in changes)
            raise UserError(NOT_SET if unset else AS_IT_IS)
    return changed


async def load(
    db: Database, office_id: int, changes: Sequence[DayChange], now: dt.datetime
) -> CalendarChanged:
    """Set days of the calendar from the command line."""
    async with db.begin() as session:
        changed = await _apply(session, Act(office_id, now), changes)
    return changed or CalendarChanged((), 0)


async def _apply(
    session: AsyncSession, act: Act, changes: Sequence[DayChange]
) -> CalendarChanged | None:
    """Set days, leave entries, and owe Văn phòng word of what moved; None: nothing changed."""
    before: Days = {}
    for one in changes:
        name = "calendar.set" if one.working is not None else "calendar.unset"
        async with recording(session, act, name):
            done = await calendar_days.set_day(
                session, act.office_id, one.day, working=one.working, notice=one.notice
            )
        if done is not None:
            before[one.day] = done.before
    if not before:
        return None
    message = await moved_by(session, act.office_id, before, act.now)
    if message.moves:
        for chat in await office_chats(session, act.office_id, message.today):
            await outbox.owe(
                session,
                chat,
                OutboxKind.CALENDAR,
                f"calendar:{act.now.isoformat()}",
                act.now,
                payload=payload_of(before),
            )
    return CalendarChanged(message.changed, parts_moved(message.moves))
