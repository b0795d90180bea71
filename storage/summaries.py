"""The figures that were frozen when their periods closed, and their corrections."""

import datetime as dt

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import SummaryRow


async def find_summary(
    session: AsyncSession, office_id: int, kind: str, first: dt.date, version: int | None = None
) -> SummaryRow | None:
    """Return the figures kept of a period: the newest version, else the one asked for."""
    statement = select(SummaryRow).where(
        SummaryRow.office_id == office_id, SummaryRow.kind == kind, SummaryRow.first == first
    )
    if version is not None:
        statement = statement.where(SummaryRow.version == version)
    return (await session.exec(statement.order_by(col(SummaryRow.version).desc()))).first()


async def is_frozen(session: AsyncSession, office_id: int, kind: str, first: dt.date) -> bool:
    """Tell whether figures are kept of a period; they are long, and need not be read for that."""
    statement = select(SummaryRow.id).where(
        SummaryRow.office_id == office_id, SummaryRow.kind == kind, SummaryRow.first == first
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def untold_summaries(session: AsyncSession, office_id: int) -> list[SummaryRow]:
    """Return the frozen figures that nobody was sent yet, the shortest period first."""
    rows = await session.exec(
        select(SummaryRow)
        .where(SummaryRow.office_id == office_id, col(SummaryRow.told_at).is_(None))
        .order_by(col(SummaryRow.first).desc(), col(SummaryRow.id))
    )
    return list(rows)


async def get_summary(session: AsyncSession, office_id: int, summary_id: int) -> SummaryRow | None:
    """Return kept figures of the office."""
    row = await session.get(SummaryRow, summary_id)
    return None if row is None or row.office_id != office_id else row
