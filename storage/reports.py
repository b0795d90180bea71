"""Reports that were accepted by mistake, and parts handed to members of staff."""

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import ReportState
from bot.domain.status import Progress
from storage.audit import Act
from storage.audit_rows import change_row
from storage.models import PartRow, PersonRow, ReportRow
from storage.rows import identity


async def reopen_report(session: AsyncSession, act: Act, report_id: int, reason: str) -> bool:
    """Return an accepted report after all: the part is owed again; record both.

    Return False when it was not (any more) accepted.
    """
    accepted = (
        select(ReportRow, PartRow)
        .join(PartRow)
        .where(
            ReportRow.id == report_id,
            ReportRow.state == ReportState.ACCEPTED,
            PartRow.progress == Progress.DONE,
        )
    )
    found = (await session.exec(accepted.with_for_update())).first()
    if found is None:
        return False
    report, part = found
    await change_row(
        session,
        act,
        "report.reopen",
        report,
        state=ReportState.RETURNED,
        decided_by=act.person_id,
        decided_at=act.now,
        reason=reason,
    )
    owed = {"progress": Progress.RETURNED, "submitted_at": None}
    return await change_row(session, act, "report.reopen", part, **owed)


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


async def handed_parts(session: AsyncSession, person_id: int | None) -> set[int]:
    """Return the parts whose reports somebody was asked to prepare."""
    if person_id is None:
        return set()
    found = select(PartRow.id).where(PartRow.assignee_id == person_id)
    return {identity(key) for key in await session.exec(found)}


async def take_from(
    session: AsyncSession, act: Act, person_id: int, unit_id: int | None
) -> list[int]:
    """Give a unit's parts that somebody prepares back to its head, record each, return them."""
    handed = select(PartRow).where(PartRow.assignee_id == person_id, PartRow.unit_id == unit_id)
    found = (await session.exec(handed.order_by(col(PartRow.id)))).all()
    for part in found:
        await change_row(session, act, "part.take", part, assignee_id=None)
    return [identity(part.id) for part in found]


async def person_name(session: AsyncSession, person_id: int | None) -> str:
    """Return a person's name, "" where there is none."""
    found = await session.exec(select(PersonRow.name).where(PersonRow.id == person_id))
    return found.first() or ""
