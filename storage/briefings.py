"""Weekly briefings, broadcasts, and what they are made of."""

import datetime as dt

from sqlalchemy import and_
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.states import PlanState, ReportState
from bot.domain.status import Progress
from bot.domain.work import Part
from storage.models import (
    BriefingRow,
    BroadcastRow,
    ChatBindingRow,
    ChatRow,
    DifficultyRow,
    OutboxRow,
    PartRow,
    PersonRow,
    PlanRow,
    ReminderRow,
    ReportRow,
    UnitRow,
)
from storage.parts import parts_where
from storage.rows import identity
from storage.upsert import insert_into


async def put_briefing(
    session: AsyncSession, office_id: int, monday: dt.date, now: dt.datetime
) -> tuple[BriefingRow, bool]:
    """Return the week's briefing, and whether it was made just now."""
    statement = insert_into(session, BriefingRow).values(
        office_id=office_id, monday=monday, added=[], left_out=[], created_at=now
    )
    made = await session.exec(
        statement.on_conflict_do_nothing(index_elements=["office_id", "monday"])
    )
    row = await find_week(session, office_id, monday)
    assert row is not None  # it is there, from now or before
    return row, bool(made.rowcount == 1)


async def find_week(session: AsyncSession, office_id: int, monday: dt.date) -> BriefingRow | None:
    """Return the briefing of a week."""
    statement = select(BriefingRow).where(
        BriefingRow.office_id == office_id, BriefingRow.monday == monday
    )
    return (await session.exec(statement)).first()


async def find_briefing(
    session: AsyncSession, office_id: int, briefing_id: int
) -> BriefingRow | None:
    """Return a briefing of the office."""
    row = await session.get(BriefingRow, briefing_id)
    return None if row is None or row.office_id != office_id else row


async def find_broadcast(
    session: AsyncSession, office_id: int, broadcast_id: int
) -> BroadcastRow | None:
    """Return a broadcast of the office."""
    row = await session.get(BroadcastRow, broadcast_id)
    return None if row is None or row.office_id != office_id else row


async def mark_sent(
    session: AsyncSession,
    table: type[BriefingRow] | type[BroadcastRow],
    key: int,
    now: dt.datetime,
) -> bool:
    """Mark a draft as sent; False when it was before."""
    done = await session.exec(
        update(table).where(col(table.id) == key, col(table.sent_at).is_(None)).values(sent_at=now)
    )
    return bool(done.rowcount == 1)


async def done_between(
    session: AsyncSession, office_id: int, first: dt.datetime, last: dt.datetime
) -> list[int]:
    """Return the parts that were done from `first` on, before `last`.

    A part is done when its report is accepted, whenever it was submitted: so each stands in the
    briefing of one week. Without a decision of its own the report counts when it was made.
    """
    accepted = and_(
        col(ReportRow.part_id) == col(PartRow.id), col(ReportRow.state) == ReportState.ACCEPTED
    )
    done_at = func.coalesce(col(ReportRow.decided_at), col(PartRow.submitted_at))
    rows = await session.exec(
        select(PartRow.id)
        .outerjoin(ReportRow, accepted)
        .where(
            PartRow.office_id == office_id,
            col(PartRow.submitted_at).is_not(None),
            col(PartRow.progress) == Progress.DONE,
            done_at >= first,
            done_at < last,
        )
    )
    return [identity(part_id) for part_id in rows]


async def returned_between(
    session: AsyncSession, office_id: int, first: dt.datetime, last: dt.datetime
) -> dict[int, str]:
    """Return the reason of the last return, by part, of the reports returned in that time."""
    rows = await session.exec(
        select(ReportRow.part_id, ReportRow.reason)
        .where(
            ReportRow.office_id == office_id,
            ReportRow.state == ReportState.RETURNED,
            col(ReportRow.decided_at) >= first,
            col(ReportRow.decided_at) < last,
        )
        .order_by(col(ReportRow.id))
    )
    return {part_id: reason or "" for part_id, reason in rows}


async def open_difficulties(session: AsyncSession, office_id: int) -> list[tuple[int, str]]:
    """Return (part, text) of the difficulties that await an answer, the oldest first."""
    rows = await session.exec(
        select(DifficultyRow.part_id, DifficultyRow.text)
        .where(
            DifficultyRow.office_id == office_id,
            col(DifficultyRow.answer).is_(None),
            col(DifficultyRow.closed_at).is_(None),
        )
        .order_by(col(DifficultyRow.id))
    )
    return list(rows)


async def unseen_between(
    session: AsyncSession, office_id: int, first: dt.datetime, last: dt.datetime
) -> list[tuple[int, str, int]]:
    """Return (unit, name, messages) of reminders sent in that time that nobody acknowledged."""
    messages = func.count(func.distinct(OutboxRow.id))
    rows = await session.exec(
        select(UnitRow.id, UnitRow.name, messages)
        .join(ChatBindingRow, col(ChatBindingRow.unit_id) == col(UnitRow.id))
        .join(OutboxRow, col(OutboxRow.chat_id) == col(ChatBindingRow.chat_id))
        .join(ReminderRow, col(ReminderRow.outbox_id) == col(OutboxRow.id))
        .where(
            UnitRow.office_id == office_id,
            OutboxRow.state == OutboxState.SENT,
            OutboxRow.kind == OutboxKind.MORNING,
            col(OutboxRow.closed_at) >= first,
            col(OutboxRow.closed_at) < last,
            col(ReminderRow.acknowledged_at).is_(None),
        )
        .group_by(col(UnitRow.id), col(UnitRow.name))
        .order_by(messages.desc(), col(UnitRow.position))
    )
    return [(identity(key), name, count) for key, name, count in rows]


async def deliveries(
    session: AsyncSession, office_id: int, kind: OutboxKind, subject_id: int
) -> list[tuple[OutboxRow, str, bool]]:
    """Return (message, chat, private) of everything owed about one briefing or broadcast.

    A chat by its title, a private one by its person's name.
    """
    rows = await session.exec(
        select(
            OutboxRow,
            func.coalesce(func.nullif(col(ChatRow.title), ""), col(PersonRow.name), ""),
            col(ChatRow.person_id).is_not(None),
        )
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .outerjoin(PersonRow, col(PersonRow.id) == col(ChatRow.person_id))
        .where(
            OutboxRow.office_id == office_id,
            OutboxRow.kind == kind,
            OutboxRow.subject_id == subject_id,
        )
        .order_by(col(OutboxRow.id))
    )
    return [(row, title, private) for row, title, private in rows]


async def parts_by_id(session: AsyncSession, part_ids: list[int]) -> dict[int, Part]:
    """Return parts by their ids, also of plans that were closed since."""
    found = await parts_where(
        session, col(PartRow.id).in_(part_ids), col(PlanRow.state) != PlanState.DRAFT
    )
    return {part.id: part for part in found}


async def awaiting_in_closed_plans(session: AsyncSession, office_id: int) -> list[Part]:
    """Return what was reported before its plan was closed and still waits for Văn phòng."""
    return await parts_where(
        session,
        PartRow.office_id == office_id,
        PartRow.progress == Progress.AWAITING_CONFIRMATION,
        PlanRow.state == PlanState.CLOSED,
    )
