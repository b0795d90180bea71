"""The values of indicators, and the items whose texts may state one."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import PlanState
from bot.domain.work import Duty
from storage.models import IndicatorValueRow, ItemRow, OccurrenceRow, PartRow, PlanRow


async def items_in_force(session: AsyncSession, office_id: int) -> list[ItemRow]:
    """Return the items of active plans that are still carried out, in order."""
    rows = await session.exec(
        select(ItemRow)
        .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
        .where(
            ItemRow.office_id == office_id,
            PlanRow.state == PlanState.ACTIVE,
            col(ItemRow.removed_at).is_(None),
        )
        .order_by(col(ItemRow.plan_id), col(ItemRow.position))
    )
    return list(rows)


async def answering_units(
    session: AsyncSession, item_ids: Sequence[int]
) -> dict[int, frozenset[int]]:
    """Return the units that answer for each item: they lead, or have a date of their own."""
    rows = await session.exec(
        select(OccurrenceRow.item_id, PartRow.unit_id)
        .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        .where(
            col(OccurrenceRow.item_id).in_(item_ids),
            col(PartRow.unit_id).is_not(None),
            PartRow.duty != Duty.COOPERATE,
        )
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for item_id, unit_id in rows:
        if unit_id is not None:
            found.setdefault(item_id, set()).add(unit_id)
    return {item_id: frozenset(units) for item_id, units in found.items()}


async def values_of(
    session: AsyncSession, office_id: int, last: dt.date
) -> dict[tuple[int, int], list[IndicatorValueRow]]:
    """Return the values of periods up to the day `last`, newest first, by (item, place)."""
    rows = await session.exec(
        select(IndicatorValueRow)
        .where(IndicatorValueRow.office_id == office_id, col(IndicatorValueRow.last) <= last)
        .order_by(
            col(IndicatorValueRow.last).desc(),
            col(IndicatorValueRow.first).desc(),
            col(IndicatorValueRow.version).desc(),
        )
    )
    found: dict[tuple[int, int], list[IndicatorValueRow]] = {}
    for row in rows:
        found.setdefault((row.item_id, row.place), []).append(row)
    return found


async def next_version(session: AsyncSession, row: IndicatorValueRow) -> int:
    """Return the version that a new value of its period is."""
    newest = select(func.max(IndicatorValueRow.version)).where(
        IndicatorValueRow.item_id == row.item_id,
        IndicatorValueRow.place == row.place,
        IndicatorValueRow.first == row.first,
    )
    return ((await session.exec(newest)).one() or 0) + 1
