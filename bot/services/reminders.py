"""Planning what is owed: once a day and chat, by the ladder, unless the ledger holds it."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, local_time
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import owed_step, sends_now
from bot.domain.work import Part
from bot.domain.workdays import Calendar
from bot.services.calendars import calendar_of
from bot.services.recipients import Recipients, office_chats, recipients_of
from storage import offices, outbox, parts, plans
from storage.db import Database
from storage.rows import Chat


async def plan_reminders(db: Database, now: dt.datetime) -> int:
    """Owe the morning messages of the day of `now`; return how many are new.

    Safe to call at any time and any number of times: nothing is owed on a day off, before 07:30 or
    after 17:00, and what is owed already is not owed again.
    """
    async with db.read() as session:
        open_now = [
            office_id
            for office_id in await offices.office_ids(session)
            if sends_now(local_time(now), await calendar_of(session, office_id, local_day(now)))
        ]
    planned = 0
    for office_id in open_now:
        async with db.begin() as session:
            planned += await _plan_office(session, office_id, now)
    return planned


async def _plan_office(session: AsyncSession, office_id: int, now: dt.datetime) -> int:
    today = local_day(now)
    calendar = await calendar_of(session, office_id, today)
    await outbox.drop_older_mornings(session, office_id, today, now)
    await _owe_office(session, office_id, now)
    to = await recipients_of(session, office_id, today)
    owed = [part for part in await parts.open_parts(session, office_id) if part.owed]
    planned = 0
    for chat in to.chats():
        mine = _parts_for(owed, to, chat)
        planned += await _plan_chat(session, chat, mine, today, calendar, now)
    return planned


async def _owe_office(session: AsyncSession, office_id: int, now: dt.datetime) -> None:
    """Owe Văn phòng what no chat of its was told yet: it may have had none until now."""
    office = await office_chats(session, office_id, local_day(now))
    if not office:
        return
    for plan_id in await plans.plans_to_settle(session, office_id):
        for chat in office:
            await outbox.owe(
                session, chat, OutboxKind.PAST_ITEMS, f"past:{plan_id}", now, subject_id=plan_id
            )
    for report_id in await outbox.unasked_reports(session, office_id):
        for chat in office:
            await outbox.owe(
                session,
                chat,
                OutboxKind.CONFIRM,
                f"confirm:{report_id}",
                now,
                subject_id=report_id,
            )


def _parts_for(owed: list[Part], to: Recipients, chat: Chat) -> list[Part]:
    units = frozenset(to.units_of(chat.id))
    return [part for part in owed if part.unit_id in units]


async def _plan_chat(
    session: AsyncSession,
    chat: Chat,
    mine: list[Part],
    today: dt.date,
    calendar: Calendar,
    now: dt.datetime,
) -> int:
    """Owe a chat its message when some part reached a rung that the ledger does not hold."""
    reached = [step for part in mine if (step := owed_step(part, today, calendar))]
    if not reached:
        return 0
    told = await outbox.reminded(session, chat.id)
    new = [
        step
        for step in reached
        if step.part.due and (step.part.id, step.part.due, step.name) not in told
    ]
    if not new:
        return 0
    outbox_id, still_open = await outbox.owe(
        session, chat, OutboxKind.MORNING, f"morning:{today.isoformat()}", now, slot_on=today
    )
    if not still_open:
        return 0  # today's message is out: this waits for the next working morning
    for step in new:
        assert step.part.due is not None  # only dated parts reach a rung
        await outbox.add_reminder(
            session, (outbox_id, chat.id), step.part.id, step.part.due, step.name, chat.office_id
        )
    return 1
