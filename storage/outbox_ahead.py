"""What a clock that ran ahead has left in the tables: what is of days that have not come yet.

What was sent stays sent, and the ledger tells of it; but it told nobody of the day itself. So
such a message gives its slot and its keys in the ledger free, for the right day.
"""

import datetime as dt
from typing import Any

from sqlalchemy import String, and_, cast, literal, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import BY_THE_CLOCK, OutboxState
from bot.domain.reminder import AHEAD
from storage.models import BriefingRow, OutboxRow, ReminderRow, SummaryRow
from storage.outbox import LATER, unsent
from storage.rows import identity

# What is recorded while a pass is planned is a little later than the pass; that is no wrong clock.
JITTER = dt.timedelta(minutes=1)


def _ahead(now: dt.datetime, today: dt.date) -> Any:
    """Select what was closed later than now, or is owed for a day to come, by the indexes."""
    by_the_clock = and_(
        col(OutboxRow.kind).in_(BY_THE_CLOCK), col(OutboxRow.created_at) > now + JITTER
    )
    to_come = or_(col(OutboxRow.slot_on) > today, by_the_clock)
    return or_(
        col(OutboxRow.closed_at) > now + JITTER, and_(col(OutboxRow.id).in_(unsent()), to_come)
    )


async def any_ahead(session: AsyncSession, now: dt.datetime, today: dt.date) -> bool:
    """Tell whether a clock that ran ahead has left anything; `today` is the local day of `now`."""
    found = await session.exec(select(OutboxRow.id).where(_ahead(now, today)).limit(1))
    return found.first() is not None


async def put_right(session: AsyncSession, now: dt.datetime, today: dt.date) -> int:
    """Let what was said or owed for days to come stand in nothing's way; return how many.

    What is being sent at this moment is left to its end.
    """
    rows = list(await session.exec(select(OutboxRow).where(_ahead(now, today))))
    ahead = [row for row in rows if _of_a_day_to_come(row, now, today)]
    await _free_lines(session, [identity(row.id) for row in ahead])
    for row in ahead:
        row.dedupe_key = f"{row.dedupe_key}:{AHEAD}:{row.id}"
        if row.state is OutboxState.PENDING:
            row.state, row.closed_at, row.reason = OutboxState.DROPPED, now, LATER
    for row in rows:
        row.created_at = min(row.created_at, now)
        row.not_before = min(row.not_before, now)
        row.closed_at = min(row.closed_at, now) if row.closed_at else None
        session.add(row)
    await session.flush()
    return len(ahead)


async def take_back_made(session: AsyncSession, now: dt.datetime, today: dt.date) -> None:
    """Take back drafts of weeks and figures of periods that are not over; for what records it.

    What a person has sent or corrected stays.
    """
    drafts = select(BriefingRow).where(
        col(BriefingRow.draft_at) > now + JITTER, col(BriefingRow.sent_at).is_(None)
    )
    for draft in await session.exec(drafts):
        draft.draft_at = None
        session.add(draft)
    figures = select(SummaryRow).where(
        col(SummaryRow.frozen_at) > now + JITTER,
        col(SummaryRow.last) >= today,
        col(SummaryRow.person_id).is_(None),
    )
    for row in list(await session.exec(figures)):
        await session.delete(row)
    await session.flush()


def _of_a_day_to_come(row: OutboxRow, now: dt.datetime, today: dt.date) -> bool:
    if row.slot_on is not None:
        return row.slot_on > today
    return row.kind in BY_THE_CLOCK and row.created_at > now + JITTER


async def _free_lines(session: AsyncSession, outbox_ids: list[int]) -> None:
    """Keep the ledger lines of messages under names that are nobody's step."""
    prefix = literal(f"{AHEAD}:") + cast(col(ReminderRow.outbox_id), String) + literal(":")
    await session.exec(
        update(ReminderRow)
        .where(col(ReminderRow.outbox_id).in_(outbox_ids))
        .values(step=prefix + col(ReminderRow.step))
        .execution_options(synchronize_session=False)
    )
