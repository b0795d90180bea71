"""Planning what is owed: one message a chat and slot, unless the ledger holds it."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import instant, local_day, local_time
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import noon_now, sends_now
from bot.services.calendar_gap import owe_gap
from bot.services.calendars import calendar_of
from bot.services.recipients import office_chats
from bot.services.reminders_due import Due, due_steps
from bot.services.rules import rules_of
from storage import ledger, outbox, outbox_slots, plans
from storage.db import Database
from storage.ledger import LedgerKey
from storage.rows import Chat

# Who got the morning message this long before the midday one, or later, needs no second one.
NOON_FOLLOWS = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A message to owe: the chat's one for this slot of the day, and its new ledger lines."""

    chat: Chat
    kind: OutboxKind
    key: str
    lines: tuple[LedgerKey, ...]


async def plan_office(
    db: Database, office_id: int, now: dt.datetime, *, noon_only: bool = False
) -> int:
    """Owe an office's scheduled messages of the day of `now`; return how many are new.

    `noon_only`: the morning's were planned, and nothing has changed since.

    What is owed is worked out while others may write; only then is it written down.
    """
    async with db.read() as session:
        calendar = await calendar_of(session, office_id, local_day(now))
        rules = await rules_of(session, office_id)
        if not sends_now(local_time(now), calendar, rules):
            return 0
        noon = noon_now(local_time(now), calendar, rules)
        due = await due_steps(
            session, office_id, local_day(now), calendar, now, noon_only=noon_only
        )
        slots = [] if noon_only else await _slots(session, due, local_day(now))
    async with db.begin() as session:
        await outbox.drop_older_mornings(session, office_id, local_day(now), now)
        await _owe_office(session, office_id, now)
        count = sum([await _owe_slot(session, slot, now) for slot in slots])
        if noon:
            # Only now is it known to whom the morning message is on its way.
            since = instant(local_day(now), rules.midday_at) - NOON_FOLLOWS
            for slot in await _noon_slots(session, due, now, since):
                count += await _owe_slot(session, slot, now)
        await owe_gap(session, due, now, midday=noon)
        return count


async def _slots(session: AsyncSession, due: Due, today: dt.date) -> list[Slot]:
    """Return the morning messages to owe: those of chats for which some step is new."""
    told = await ledger.told(session, due.part_ids(), due.step_names())
    slots = []
    for chat, steps in due.by_chat():
        new = [step for step in steps if (chat.id, step.part.id, step.due, step.name) not in told]
        if new:
            lines = tuple((chat.id, step.part.id, step.due, step.name) for step in new)
            key = f"morning:{today.isoformat()}"
            slots.append(Slot(chat, due.kind_of(new), key, lines))
    return slots


async def _noon_slots(
    session: AsyncSession, due: Due, now: dt.datetime, since: dt.datetime
) -> list[Slot]:
    """Return the midday messages to owe, save to chats whose morning one went out `since`.

    Or is on its way: who hears of the day only now, back from an outage, needs no second message
    at once. Whom nothing was told in the morning is told at noon.
    """
    today = local_day(now).isoformat()
    wanted = due.noon_by_chat()
    mornings, middays = (
        [f"{chat.id}:{slot}:{today}" for chat, _ in wanted] for slot in ("morning", "midday")
    )
    heard = await outbox_slots.heard_since(session, mornings, since)
    heard |= await outbox_slots.heard_since(session, middays, now - A_DAY)
    return [
        Slot(
            chat,
            OutboxKind.MIDDAY,
            f"midday:{today}",
            tuple((chat.id, step.part.id, step.due, step.name) for step in steps),
        )
        for chat, steps in wanted
        if chat.id not in heard
    ]


async def _owe_slot(session: AsyncSession, slot: Slot, now: dt.datetime) -> int:
    """Owe a slot's message and return 1, or 0 where it is out.

    Then what is new waits for the next working morning. A message that was dropped or failed told
    nobody: the slot opens again.
    """
    outbox_id, still_open = await outbox.owe(
        session, slot.chat, slot.kind, slot.key, now, slot_on=local_day(now)
    )
    if not still_open:
        news = not set(slot.lines) <= await ledger.keys_of(session, outbox_id)
        if not await outbox_slots.reopen(session, outbox_id, slot.kind, now, news=news):
            return 0
    await ledger.add_lines(session, slot.chat.office_id, outbox_id, slot.lines)
    return 1


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
