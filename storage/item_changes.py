"""What changing an item in chat reads and writes; changing a row changes the table."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import PlanState
from bot.domain.status import CLOSED
from storage.audit import Act
from storage.audit_rows import remove_row
from storage.models import (
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
)
from storage.rows import identity


async def item_row(session: AsyncSession, item_id: int) -> ItemRow:
    """Return an item's row."""
    return (await session.exec(select(ItemRow).where(ItemRow.id == item_id))).one()


async def plan_row(session: AsyncSession, plan_id: int) -> PlanRow:
    """Return a plan's row."""
    return (await session.exec(select(PlanRow).where(PlanRow.id == plan_id))).one()


async def plans_in(session: AsyncSession, office_id: int, *states: PlanState) -> list[PlanRow]:
    """Return the office's plans in some states, the newest first."""
    rows = await session.exec(
        select(PlanRow)
        .where(PlanRow.office_id == office_id, col(PlanRow.state).in_(states))
        .order_by(col(PlanRow.year).desc(), col(PlanRow.id).desc())
    )
    return list(rows)


async def units_of_item(session: AsyncSession, item_id: int) -> list[ItemUnitRow]:
    """Return the units that an item names, in order."""
    rows = await session.exec(
        select(ItemUnitRow)
        .where(ItemUnitRow.item_id == item_id)
        .order_by(col(ItemUnitRow.position), col(ItemUnitRow.id))
    )
    return list(rows)


async def deadlines_of_item(session: AsyncSession, item_id: int) -> list[DeadlineRow]:
    """Return an item's deadlines in force, in order."""
    rows = await session.exec(
        select(DeadlineRow)
        .where(DeadlineRow.item_id == item_id, col(DeadlineRow.removed_at).is_(None))
        .order_by(col(DeadlineRow.position), col(DeadlineRow.id))
    )
    return list(rows)


async def occurrences_of(session: AsyncSession, deadline_id: int) -> list[OccurrenceRow]:
    """Return a deadline's occurrences, in order."""
    rows = await session.exec(
        select(OccurrenceRow)
        .where(OccurrenceRow.deadline_id == deadline_id)
        .order_by(col(OccurrenceRow.number))
    )
    return list(rows)


async def part_rows(session: AsyncSession, occurrence_id: int) -> list[PartRow]:
    """Return the parts of an occurrence, in order."""
    rows = await session.exec(
        select(PartRow).where(PartRow.occurrence_id == occurrence_id).order_by(col(PartRow.id))
    )
    return list(rows)


async def open_rows(session: AsyncSession, item_id: int) -> list[PartRow]:
    """Return the parts of an item that are not closed."""
    rows = await session.exec(
        select(PartRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .where(OccurrenceRow.item_id == item_id, col(PartRow.progress).not_in(tuple(CLOSED)))
        .order_by(col(PartRow.id))
    )
    return list(rows)


async def forget_units(session: AsyncSession, act: Act, item_id: int) -> None:
    """Remove the units that an item names, with a record of each."""
    for row in await units_of_item(session, item_id):
        await remove_row(session, act, "item.unname", row)


async def last_position(session: AsyncSession, plan_id: int) -> int:
    """Return the place of a plan's last item, also of one no longer carried out; 0: none."""
    found = await session.exec(
        select(func.max(ItemRow.position)).where(ItemRow.plan_id == plan_id)
    )
    return found.one() or 0


async def codes_like(session: AsyncSession, plan_id: int, prefix: str) -> list[str]:
    """Return the codes of a plan's items that begin with `prefix` and a dot."""
    rows = await session.exec(
        select(ItemRow.code).where(
            ItemRow.plan_id == plan_id, col(ItemRow.code).startswith(f"{prefix}.")
        )
    )
    return list(rows)


async def numberless(session: AsyncSession, deadline_ids: set[int]) -> set[int]:
    """Return those of relative deadlines that give no number of days from their event."""
    rows = await session.exec(
        select(DeadlineRow.id, DeadlineRow.value).where(col(DeadlineRow.id).in_(deadline_ids))
    )
    return {identity(key) for key, value in rows if value.get("days") is None}
