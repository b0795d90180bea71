"""A plan as one table: all items, parts, proofs and notes, in a fixed number of queries."""

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import FALLEN, ExtensionState
from storage.models import ExtensionRow, ItemRow, OccurrenceRow, PartRow, ReportRow
from storage.rows import identity


async def standing_notes(session: AsyncSession, plan_id: int) -> dict[int, str]:
    """Return what was written in the reports that stand, by part."""
    rows = await session.exec(
        _in_plan(select(ReportRow.part_id, ReportRow.note), ReportRow.part_id, plan_id).where(
            col(ReportRow.state).not_in(FALLEN), ReportRow.note != ""
        )
    )
    return dict(rows.all())


async def own_cells(session: AsyncSession, plan_id: int) -> dict[int, tuple[str, str]]:
    """Return (assignment, note) as the plan writes them, by item."""
    rows = await session.exec(
        select(ItemRow.id, ItemRow.assignment_text, ItemRow.note).where(ItemRow.plan_id == plan_id)
    )
    return {identity(key): (assignment, note) for key, assignment, note in rows}


async def approved_extensions(session: AsyncSession, plan_id: int) -> dict[int, int]:
    """Return how often the date of each part was extended."""
    rows = await session.exec(
        _in_plan(select(ExtensionRow.part_id, func.count()), ExtensionRow.part_id, plan_id)
        .where(ExtensionRow.state == ExtensionState.APPROVED)
        .group_by(col(ExtensionRow.part_id))
    )
    return dict(rows.all())


def _in_plan(statement, part_id, plan_id: int):  # type: ignore[no-untyped-def]
    return (
        statement.join(PartRow, col(PartRow.id) == col(part_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(ItemRow.plan_id == plan_id)
    )
