"""What an office and its plans have set; changing a row changes the table."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ItemRow, OccurrenceRow, OfficeRow, PlanRow


async def office_row(session: AsyncSession, office_id: int) -> OfficeRow:
    """Return an office's row."""
    return (await session.exec(select(OfficeRow).where(OfficeRow.id == office_id))).one()


async def plan_in(session: AsyncSession, office_id: int, plan_id: int) -> PlanRow | None:
    """Return a plan of the office."""
    row = await session.get(PlanRow, plan_id)
    return row if row is not None and row.office_id == office_id else None


async def before_days(session: AsyncSession, plan_id: int) -> list[OccurrenceRow]:
    """Return a plan's dated occurrences of the "trước" class."""
    rows = await session.exec(
        select(OccurrenceRow)
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(
            ItemRow.plan_id == plan_id,
            col(OccurrenceRow.before).is_(True),
            col(OccurrenceRow.due).is_not(None),
        )
        .order_by(col(OccurrenceRow.id))
    )
    return list(rows)
