"""What an item added to a running plan needs to know and to keep."""

import datetime as dt

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import PlanState
from storage.models import ItemRow, PlanRow
from storage.rows import identity


async def active_plans(
    session: AsyncSession, office_id: int
) -> list[tuple[int, str, dt.date, dt.date]]:
    """Return (id, title, first day, last day) of the plans in force, the newest first."""
    rows = await session.exec(
        select(PlanRow)
        .where(PlanRow.office_id == office_id, PlanRow.state == PlanState.ACTIVE)
        .order_by(col(PlanRow.activated_at).desc(), col(PlanRow.id).desc())
    )
    return [(identity(row.id), row.title, row.starts_on, row.ends_on) for row in rows]


async def codes_of(session: AsyncSession, plan_id: int) -> set[str]:
    """Return every code of a plan, those of items no longer carried out among them."""
    return set(await session.exec(select(ItemRow.code).where(ItemRow.plan_id == plan_id)))


async def last_position(session: AsyncSession, plan_id: int) -> int:
    """Return the position of a plan's last item; 0 in an empty plan."""
    statement = select(func.max(ItemRow.position)).where(ItemRow.plan_id == plan_id)
    return (await session.exec(statement)).one() or 0


async def mark_added(
    session: AsyncSession, item_ids: list[int], now: dt.datetime, source: str
) -> None:
    """Keep when items came to the plan, and the document they rest on."""
    for row in await session.exec(select(ItemRow).where(col(ItemRow.id).in_(item_ids))):
        row.added_at, row.source_document = now, source
        session.add(row)
    await session.flush()


async def added_to(session: AsyncSession, plan_id: int) -> set[int]:
    """Return the items that came to a plan while it was running, each with its own source."""
    rows = await session.exec(
        select(ItemRow.id).where(ItemRow.plan_id == plan_id, col(ItemRow.added_at).is_not(None))
    )
    return {identity(item_id) for item_id in rows}
