"""Messages owed and the ledger of reminders."""

import datetime as dt
from typing import Any

from sqlalchemy import and_, or_, text
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.outbox import LEASE, SCHEDULED, OutboxKind, OutboxState
from bot.domain.states import ReportState
from storage import notices
from storage.models import OutboxRow, ReminderRow, ReportRow
from storage.rows import Chat, Owed, identity
from storage.upsert import insert_into

INACTIVE = "chat no longer active"
LATER = "became part of a later morning"
UNSENT = (OutboxState.PENDING, OutboxState.SENDING)
# In the words of the partial index: a bound value would not say that it fits.
_UNSENT = text("outbox.state IN ('pending', 'sending')")


def unsent() -> Any:
    """Return the ids of what is not closed yet, found without the years of what is."""
    return select(OutboxRow.id).where(_UNSENT)


async def owe(
    session: AsyncSession,
    chat: Chat,
    kind: OutboxKind,
    dedupe_key: str,
    now: dt.datetime,
    *,
    subject_id: int | None = None,
    slot_on: dt.date | None = None,
    payload: dict[str, Any] | None = None,
    not_before: dt.datetime | None = None,
) -> tuple[int, bool]:
    """Owe a message; return (its id, whether its text can still change).

    A second call with the same key for the same chat finds the first row. `payload` is what its
    text needs besides `subject_id`: ids and days. A new row gets its lines in the ledger here,
    unless it is a reminder.
    """
    full_key = f"{chat.id}:{dedupe_key}"
    statement = insert_into(session, OutboxRow).values(
        office_id=chat.office_id,
        chat_id=chat.id,
        kind=kind,
        dedupe_key=full_key,
        subject_id=subject_id,
        slot_on=slot_on,
        payload=payload,
        state=OutboxState.PENDING,
        created_at=now,
        not_before=not_before or now,
        attempts=0,
        message_ids=[],
    )
    made = await session.exec(statement.on_conflict_do_nothing(index_elements=["dedupe_key"]))
    row = (await session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == full_key))).one()
    outbox_id = identity(row.id)
    if made.rowcount:
        today = local_day(now)
        await notices.add_lines(session, outbox_id, chat, kind, subject_id, payload, today)
    return outbox_id, row.state is OutboxState.PENDING


async def record_message(
    session: AsyncSession,
    owed: Owed,
    message_ids: list[int],
    now: dt.datetime,
    said: list[list[str]] | None = None,
) -> None:
    """Record what was delivered so far and renew the lease; the last part closes it as sent.

    `said` are digests of what the parts so far said, None after the last one. Why an earlier
    attempt failed stays, for the ledger.
    """
    closed = {"state": OutboxState.SENT, "closed_at": now, "lease_until": None}
    open_still = {"lease_until": now + LEASE}
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == owed.id)
        .values(message_ids=message_ids, said=said, **(closed if said is None else open_still))
    )


async def close_message(
    session: AsyncSession,
    outbox_id: int,
    state: OutboxState,
    now: dt.datetime,
    *,
    reason: str | None = None,
) -> None:
    """Close a message owed as sent, failed or dropped."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == outbox_id)
        .values(state=state, closed_at=now, lease_until=None, reason=reason)
    )


async def try_again(
    session: AsyncSession,
    outbox_id: int,
    not_before: dt.datetime,
    reason: str,
    *,
    uncertain: bool = False,
) -> None:
    """Put a message back until `not_before`; `uncertain`: it may have arrived all the same.

    What was closed meanwhile stays so.
    """
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == outbox_id, col(OutboxRow.state).in_(UNSENT))
        .values(
            state=OutboxState.PENDING,
            not_before=not_before,
            lease_until=None,
            reason=reason,
            uncertain=col(OutboxRow.uncertain) + int(uncertain),
        )
    )


async def owe_again(session: AsyncSession, chat_id: int, now: dt.datetime) -> None:
    """Owe a chat that came back what it could not be told; a day's slots are planned anew."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.chat_id) == chat_id,
            col(OutboxRow.kind).not_in(SCHEDULED),
            or_(
                col(OutboxRow.state) == OutboxState.FAILED,
                and_(
                    col(OutboxRow.state) == OutboxState.DROPPED,
                    col(OutboxRow.reason) == INACTIVE,
                ),
            ),
        )
        .values(state=OutboxState.PENDING, not_before=now, closed_at=None, reason="chat is back")
    )


async def untold(session: AsyncSession, chat_id: int, kind: OutboxKind) -> list[int]:
    """Return the subjects of a chat's messages of one kind that were never sent."""
    rows = await session.exec(
        select(OutboxRow.subject_id).where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.kind == kind,
            col(OutboxRow.state) != OutboxState.SENT,
        )
    )
    return [subject_id for subject_id in rows if subject_id is not None]


async def pause_chat(session: AsyncSession, chat_id: int, until: dt.datetime) -> None:
    """Send nothing to a chat before `until`: Telegram's wait holds for all that is owed there."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.chat_id) == chat_id,
            col(OutboxRow.state) == OutboxState.PENDING,
            col(OutboxRow.not_before) < until,
        )
        .values(not_before=until)
    )


async def drop_older_mornings(
    session: AsyncSession, office_id: int, today: dt.date, now: dt.datetime
) -> None:
    """Drop the scheduled messages of earlier days that never went out: today's follow."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.id).in_(unsent()),
            col(OutboxRow.office_id) == office_id,
            col(OutboxRow.kind).in_(SCHEDULED),
            col(OutboxRow.slot_on) < today,
            or_(
                col(OutboxRow.state) == OutboxState.PENDING,
                and_(
                    col(OutboxRow.state) == OutboxState.SENDING,
                    col(OutboxRow.lease_until) <= now,
                ),
            ),
        )
        .values(
            state=OutboxState.DROPPED,
            closed_at=now,
            lease_until=None,
            reason=LATER,
        )
    )


async def acknowledge(
    session: AsyncSession, outbox_id: int, person_id: int, now: dt.datetime
) -> bool:
    """Mark a message, and the ledger lines it told of, as received; False when it was before."""
    received = {"acknowledged_at": now, "acknowledged_by": person_id}
    done = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == outbox_id, col(OutboxRow.acknowledged_at).is_(None))
        .values(**received)
    )
    await session.exec(
        update(ReminderRow)
        .where(
            col(ReminderRow.outbox_id) == outbox_id,
            col(ReminderRow.acknowledged_at).is_(None),
        )
        .values(**received)
    )
    return bool(done.rowcount == 1)


async def chat_of(session: AsyncSession, outbox_id: int) -> int | None:
    """Return the chat a message owed goes to, None when there is no such message."""
    return (await session.exec(select(OutboxRow.chat_id).where(OutboxRow.id == outbox_id))).first()


async def unasked_reports(session: AsyncSession, office_id: int) -> list[int]:
    """Return the reports that await a decision nobody was asked for, or not successfully."""
    asked = select(col(OutboxRow.subject_id)).where(
        OutboxRow.office_id == office_id,
        OutboxRow.kind == OutboxKind.CONFIRM,
        col(OutboxRow.state).in_((*UNSENT, OutboxState.SENT)),
    )
    rows = await session.exec(
        select(col(ReportRow.id)).where(
            ReportRow.office_id == office_id,
            ReportRow.state == ReportState.AWAITING,
            col(ReportRow.id).not_in(asked),
        )
    )
    return [identity(report_id) for report_id in rows]
