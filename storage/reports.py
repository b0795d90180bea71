"""Reports that were accepted by mistake, and parts handed to members of staff."""

import datetime as dt

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import ReportState
from storage.models import PartRow, PersonRow, ReportRow


async def reopen_report(
    session: AsyncSession, report_id: int, decided_by: int, now: dt.datetime, reason: str
) -> bool:
    """Return an accepted report after all; return False when it was not (any more) accepted."""
    done = await session.exec(
        update(ReportRow)
        .where(col(ReportRow.id) == report_id, col(ReportRow.state) == ReportState.ACCEPTED)
        .values(state=ReportState.RETURNED, decided_by=decided_by, decided_at=now, reason=reason)
    )
    return bool(done.rowcount == 1)


async def hand_part(
    session: AsyncSession, part_id: int, before: int | None, after: int | None
) -> bool:
    """Hand a part from one person (None: the head) to another; False when it was not there."""
    held = col(PartRow.assignee_id)
    done = await session.exec(
        update(PartRow)
        .where(col(PartRow.id) == part_id, held.is_(None) if before is None else held == before)
        .values(assignee_id=after)
    )
    return bool(done.rowcount == 1)


async def person_name(session: AsyncSession, person_id: int | None) -> str:
    """Return a person's name, "" where there is none."""
    found = await session.exec(select(PersonRow.name).where(PersonRow.id == person_id))
    return found.first() or ""
