"""Versions of a plan, and the rows that applying one writes anew."""

import datetime as dt
from collections.abc import Iterable

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import Period
from bot.domain.states import PlanState
from storage.models import (
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    PlanVersionRow,
    ReportRow,
)
from storage.rows import identity


async def add_version(session: AsyncSession, row: PlanVersionRow) -> int:
    """Add a proposed version with the next number of its plan; return its id."""
    last = await session.exec(
        select(func.max(PlanVersionRow.number)).where(PlanVersionRow.plan_id == row.plan_id)
    )
    row.number = (last.one() or 1) + 1
    session.add(row)
    await session.flush()
    return identity(row.id)


async def find_version(
    session: AsyncSession, office_id: int, version_id: int
) -> PlanVersionRow | None:
    """Return a version of one of the office's plans; changing the row changes the table."""
    row = await session.get(PlanVersionRow, version_id)
    return None if row is None or row.office_id != office_id else row


async def last_applied(session: AsyncSession, plan_id: int) -> PlanVersionRow | None:
    """Return the newest version of a plan that stands, None where only the load does."""
    return (
        await session.exec(
            select(PlanVersionRow)
            .where(
                PlanVersionRow.plan_id == plan_id,
                col(PlanVersionRow.applied_at).is_not(None),
                col(PlanVersionRow.undone_at).is_(None),
            )
            .order_by(col(PlanVersionRow.number).desc())
        )
    ).first()


async def drop_proposals(session: AsyncSession, plan_id: int) -> None:
    """Forget the versions of a plan that were proposed and never applied."""
    await session.exec(
        delete(PlanVersionRow).where(
            col(PlanVersionRow.plan_id) == plan_id, col(PlanVersionRow.applied_at).is_(None)
        )
    )


async def drop_version(session: AsyncSession, version_id: int) -> None:
    """Forget a version that was never applied."""
    await session.exec(
        delete(PlanVersionRow).where(
            col(PlanVersionRow.id) == version_id, col(PlanVersionRow.applied_at).is_(None)
        )
    )


async def living_plans(session: AsyncSession, office_id: int) -> list[int]:
    """Return the office's plans that are drafts or active, the active ones first."""
    rows = await session.exec(
        select(PlanRow)
        .where(
            PlanRow.office_id == office_id,
            col(PlanRow.state).in_((PlanState.ACTIVE, PlanState.DRAFT)),
        )
        .order_by(col(PlanRow.id))
    )
    found = sorted(rows, key=lambda row: row.state is not PlanState.ACTIVE)
    return [identity(row.id) for row in found]


async def overlaps(session: AsyncSession, plan_id: int, period: Period) -> bool:
    """Tell whether a plan covers some day of `period`."""
    row = await session.get(PlanRow, plan_id)
    return row is not None and row.starts_on <= period.end and period.start <= row.ends_on


async def parts_of(session: AsyncSession, occurrence_ids: Iterable[int]) -> list[PartRow]:
    """Return the parts of some occurrences; changing a row changes the table."""
    rows = await session.exec(
        select(PartRow)
        .where(col(PartRow.occurrence_id).in_(tuple(occurrence_ids)))
        .order_by(col(PartRow.id))
    )
    return list(rows)


async def occurrences_of_item(session: AsyncSession, item_id: int) -> list[OccurrenceRow]:
    """Return the occurrences of an item, whatever became of them."""
    rows = await session.exec(
        select(OccurrenceRow)
        .where(OccurrenceRow.item_id == item_id)
        .order_by(col(OccurrenceRow.number), col(OccurrenceRow.id))
    )
    return list(rows)


async def milestones_of_plan(session: AsyncSession, plan_id: int) -> dict[int, list[MilestoneRow]]:
    """Return the marks of the product column, by item."""
    rows = await session.exec(
        select(MilestoneRow)
        .join(ItemRow, col(ItemRow.id) == col(MilestoneRow.item_id))
        .where(ItemRow.plan_id == plan_id)
        .order_by(col(MilestoneRow.id))
    )
    found: dict[int, list[MilestoneRow]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


async def bears_code(session: AsyncSession, plan_id: int, codes: Iterable[str]) -> list[ItemRow]:
    """Return the items of a plan with one of these codes, also those no longer carried out."""
    rows = await session.exec(
        select(ItemRow).where(ItemRow.plan_id == plan_id, col(ItemRow.code).in_(tuple(codes)))
    )
    return list(rows)


async def forget_names(session: AsyncSession, item_id: int) -> None:
    """Remove the units and the marks that an item names: they are about to be written anew."""
    for table in (ItemUnitRow, MilestoneRow):
        await session.exec(delete(table).where(col(table.item_id) == item_id))


async def parts_of_plan(session: AsyncSession, plan_id: int) -> list[PartRow]:
    """Return every part of a plan; changing a row changes the table."""
    rows = await session.exec(
        select(PartRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(ItemRow.plan_id == plan_id)
        .order_by(col(PartRow.id))
    )
    return list(rows)


async def codes_of(session: AsyncSession, part_ids: Iterable[int]) -> list[str]:
    """Return the codes of the items that some parts belong to, in order."""
    rows = await session.exec(
        select(ItemRow.code)
        .join(OccurrenceRow, col(OccurrenceRow.item_id) == col(ItemRow.id))
        .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(PartRow.id).in_(tuple(part_ids)))
        .order_by(col(ItemRow.position), col(ItemRow.id))
    )
    return list(dict.fromkeys(rows))


async def reported_since(
    session: AsyncSession, occurrence_ids: Iterable[int], since: dt.datetime
) -> set[int]:
    """Return the parts of some occurrences that were reported after an instant."""
    rows = await session.exec(
        select(col(PartRow.id))
        .join(ReportRow, col(ReportRow.part_id) == col(PartRow.id))
        .where(
            col(PartRow.occurrence_id).in_(tuple(occurrence_ids)),
            col(ReportRow.submitted_at) > since,
        )
    )
    return {identity(key) for key in rows}
