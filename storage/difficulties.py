"""Difficulties reported about parts."""

from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.difficulty import Difficulty
from storage.models import DifficultyRow, ItemRow, OccurrenceRow, PartRow
from storage.rows import identity


def difficulty_value(row: DifficultyRow) -> Difficulty:
    """Return the row as a value."""
    return Difficulty(
        identity(row.id),
        row.office_id,
        row.part_id,
        row.person_id,
        row.text,
        row.raised_at,
        row.answer,
        row.answered_by,
        row.answered_at,
        row.closed_at,
        row.closed_by,
    )


async def find_difficulty(
    session: AsyncSession, office_id: int, difficulty_id: int
) -> Difficulty | None:
    """Return a difficulty of the office."""
    statement = select(DifficultyRow).where(
        DifficultyRow.id == difficulty_id, DifficultyRow.office_id == office_id
    )
    # Another statement of this session may have changed the row since it was read.
    row = (await session.exec(statement.execution_options(populate_existing=True))).first()
    return None if row is None else difficulty_value(row)


async def open_difficulties(
    session: AsyncSession,
    office_id: int,
    *,
    unit_ids: frozenset[int] | None = None,
    item_id: int | None = None,
    plan_id: int | None = None,
) -> list[Difficulty]:
    """Return what is neither answered nor closed, the oldest first.

    None: of all units, of all items, of all plans.
    """
    statement = (
        select(DifficultyRow)
        .join(PartRow, col(PartRow.id) == col(DifficultyRow.part_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(
            DifficultyRow.office_id == office_id,
            col(DifficultyRow.answer).is_(None),
            col(DifficultyRow.closed_at).is_(None),
        )
        .order_by(col(DifficultyRow.id))
    )
    if unit_ids is not None:
        statement = statement.where(col(PartRow.unit_id).in_(unit_ids))
    if item_id is not None:
        statement = statement.where(OccurrenceRow.item_id == item_id)
    if plan_id is not None:
        statement = statement.where(ItemRow.plan_id == plan_id)
    return [difficulty_value(row) for row in await session.exec(statement)]


async def change_open(session: AsyncSession, difficulty_id: int, **values: Any) -> bool:
    """Answer or close a difficulty; return False when it was answered or closed before."""
    done = await session.exec(
        update(DifficultyRow)
        .where(
            col(DifficultyRow.id) == difficulty_id,
            col(DifficultyRow.answer).is_(None),
            col(DifficultyRow.closed_at).is_(None),
        )
        .values(**values)
    )
    return bool(done.rowcount == 1)
