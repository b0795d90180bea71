"""A chat that cannot be written to any more: Văn phòng learns it once."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.briefing import monday_of
from bot.domain.days import local_day
from bot.domain.outbox import UNREPORTED, URGENCY, OutboxKind, Urgency
from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import ReportState
from bot.services.audience import audience_of
from bot.services.recipients import leaders_chats, office_chats
from storage import (
    chat_moves,
    chat_topics,
    chats,
    outbox,
    outbox_handing,
    outbox_slots,
    parts,
    people,
)
from storage.audit import Act, record
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import Chat, Owed

REFUSED = "refused"  # in a message's payload: the one that was
# What somebody asked or decided, and a chat has to know, and what the bot has to say to Văn
# phòng of itself; decisions are owed by who reported, and what is planned day by day finds its way
# by itself.
HANDED_OVER = frozenset(
    {
        OutboxKind.EXTENSION,
        OutboxKind.EXTENSION_ANSWER,
        OutboxKind.DIFFICULTY,
        OutboxKind.DIFFICULTY_ANSWER,
        OutboxKind.ITEM_CHANGED,
        OutboxKind.REOPENED,
        OutboxKind.UNDONE,
        OutboxKind.CHAT_LOST,
        OutboxKind.CALENDAR,
        OutboxKind.TOO_LATE,
        OutboxKind.AWAY,
    }
)


async def lose_chat(
    session: AsyncSession, telegram_id: int, reason: str, now: dt.datetime
) -> None:
    """Mark every chat at an address as lost and owe Văn phòng a word about each.

    What was owed there goes elsewhere from now on: the ledger holds no line for the other chat,
    and what people asked or decided and was not told yet is owed to whoever stands in for it.
    """
    async with recording(session, Act(0, now), "chat.lost"):
        lost = await chats.mark_lost(session, telegram_id, reason)
    await _hand_on(session, lost, now)


async def lose_topic(session: AsyncSession, chat: Chat, reason: str, now: dt.datetime) -> None:
    """Mark one topic as lost, the group's others stay: its unit's other chats are told as ever."""
    async with recording(session, Act(0, now), "chat.lost"):
        lost = await chat_topics.mark_lost(session, chat.id, reason)
    await _hand_on(session, lost, now)


async def tell_refused(session: AsyncSession, owed: Owed, now: dt.datetime) -> None:
    """Owe Văn phòng a word, once a week, that Telegram refused what a chat was to be told.

    The chat itself can be written to, so nobody would hear of it. What goes to everybody has a
    list of its own of who did not get it.
    """
    to_everybody = URGENCY[owed.kind] not in (Urgency.PEOPLE, Urgency.SCHEDULED)
    if to_everybody or owed.kind in UNREPORTED:
        return
    today = local_day(now)
    for office in await office_chats(session, owed.office_id, today):
        await outbox.owe(
            session,
            office,
            OutboxKind.CHAT_LOST,
            f"refused:{owed.chat.id}:{monday_of(today).isoformat()}",
            now,
            subject_id=owed.chat.id,
            payload={REFUSED: owed.id},
        )


async def _hand_on(session: AsyncSession, lost: list[Chat], now: dt.datetime) -> None:
    for chat in lost:
        await outbox_slots.forgive(session, chat.id, local_day(now))
        for office in await office_chats(session, chat.office_id, local_day(now)):
            await outbox.owe(
                session,
                office,
                OutboxKind.CHAT_LOST,
                f"lost:{chat.id}:{now.isoformat()}",
                now,
                subject_id=chat.id,
            )
        for report_id in await outbox.untold(session, chat.id, OutboxKind.DECISION):
            await owe_decision(session, chat.office_id, report_id, now)
        instead = await _instead_of(session, chat, local_day(now))
        await outbox_handing.hand_over(session, chat.id, HANDED_OVER, instead, now)


async def _instead_of(session: AsyncSession, chat: Chat, today: dt.date) -> list[Chat]:
    """Return who is told from now on what a lost chat was told: of its units, or of its office."""
    audience = await audience_of(session, chat.office_id, today)
    found: list[Chat] = []
    for binding in await chats.bindings_of(session, [chat.id]):
        if binding.purpose is ChatPurpose.UNIT:
            found += audience.to.by_unit.get(binding.unit_id, ())
        elif binding.purpose is ChatPurpose.LEADERS:
            found += await leaders_chats(session, chat.office_id, today)
        else:
            found += audience.office
    if chat.person_id is not None:
        for grant in await people.grants_of(session, chat.person_id, today):
            if grant.role is Role.HEAD:
                found += audience.to.by_unit.get(grant.unit_id, ())
            elif grant.role is not Role.STAFF:
                found += audience.office
    return list({one.id: one for one in found}.values())


async def owe_decision(
    session: AsyncSession, office_id: int, report_id: int, now: dt.datetime
) -> None:
    """Owe the unit a word about what became of its report; what is returned, its preparer too."""
    report = await parts.find_report(session, office_id, report_id)
    if report is None:
        return
    key = await parts.part_key(session, report.part_id)
    part = await parts.find_part(session, office_id, key.id)
    assert part is not None  # reports point to parts, and parts are never deleted
    audience = await audience_of(session, office_id, local_day(now))
    to = audience.to.by_unit.get(key.unit_id, ())
    if report.state is ReportState.RETURNED:
        to = tuple(await audience.unit_and_assignee(part))
    for chat in to:
        await outbox.owe(
            session,
            chat,
            OutboxKind.DECISION,
            f"decision:{report_id}",
            now,
            subject_id=report_id,
        )


async def chat_left(db: Database, telegram_id: int, reason: str, now: dt.datetime) -> None:
    """Record that the bot was removed from a chat or blocked."""
    async with db.begin() as session:
        await lose_chat(session, telegram_id, reason, now)


async def chat_returned(db: Database, telegram_id: int, now: dt.datetime) -> None:
    """Record that a person took the bot back; a group is bound anew with a code instead."""
    async with db.begin() as session:
        for chat in await chats.lost_private(session, telegram_id):
            act = Act(chat.office_id, now, chat.person_id)
            async with recording(session, act, "chat.return"):
                await chats.put_chat(session, chat.office_id, telegram_id, chat.thread_id)
            await outbox.owe_again(session, chat.id, now)


async def chat_moved(db: Database, old_id: int, new_id: int, now: dt.datetime) -> None:
    """Record that a group became a supergroup."""
    async with db.begin() as session:
        await move_chat(session, old_id, new_id, now)


async def move_chat(session: AsyncSession, old_id: int, new_id: int, now: dt.datetime) -> None:
    """Follow a group that became a supergroup, with what it is owed and was asked."""
    async with recording(session, Act(0, now), "chat.move"):
        moved = await chats.move_chat(session, old_id, new_id)
    await chat_moves.follow_address(session, old_id, new_id)
    for chat, chat_id in moved:
        if chat_id != chat.id:
            await chat_moves.hand_on(session, chat.id, chat_id, now)
            continue
        await record(
            session,
            Act(chat.office_id, now),
            "chat.move",
            "chat",
            chat.id,
            before={"telegram_id": old_id},
            after={"telegram_id": new_id},
        )
