"""What settling a draft's questions changes in it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.problem import Problem
from bot.domain.work import DeadlineKind, Duty
from storage.models import (
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PlanRow,
    UnitAliasRow,
)
from storage.rows import identity


def _as_json(problems: Sequence[Problem]) -> list[Any]:
    return [[problem.msgid, dict(problem.params)] for problem in problems]


async def rename_unit(
    session: AsyncSession, item_id: int, names: frozenset[str], name: str, unit_id: int
) -> None:
    """Let `names` in an item mean a registered unit, also where a deadline names them."""
    await session.exec(
        update(ItemUnitRow)
        .where(
            col(ItemUnitRow.item_id) == item_id,
            col(ItemUnitRow.written).in_(names),
            col(ItemUnitRow.unit_id).is_(None),
        )
        .values(written=name, unit_id=unit_id, collective=False)
    )
    await _replace_written(session, item_id, names, [name])


async def remove_unit(session: AsyncSession, item_id: int, names: frozenset[str]) -> None:
    """Strike `names` out of an item: they are no unit of the office."""
    await session.exec(
        delete(ItemUnitRow).where(
            col(ItemUnitRow.item_id) == item_id,
            col(ItemUnitRow.written).in_(names),
            col(ItemUnitRow.unit_id).is_(None),
        )
    )
    await _replace_written(session, item_id, names, [])


async def replace_collective(
    session: AsyncSession,
    item_id: int,
    written: str,
    chosen: Sequence[tuple[int, str]],
    leads: frozenset[str],
) -> None:
    """Put units (id, name) for a collective term; those in `leads` do not cooperate besides."""
    statement = select(ItemUnitRow).where(
        ItemUnitRow.item_id == item_id,
        ItemUnitRow.written == written,
        col(ItemUnitRow.unit_id).is_(None),
    )
    for row in (await session.exec(statement)).all():
        session.add_all(
            ItemUnitRow(
                office_id=row.office_id,
                item_id=item_id,
                position=row.position,
                duty=row.duty,
                written=name,
                unit_id=unit_id,
            )
            for unit_id, name in chosen
            if row.duty is Duty.LEAD or name not in leads
        )
        await session.delete(row)
    await _replace_written(session, item_id, frozenset({written}), [name for _, name in chosen])
    await session.flush()


async def _replace_written(
    session: AsyncSession, item_id: int, names: frozenset[str], instead: Sequence[str]
) -> None:
    rows = await session.exec(select(DeadlineRow).where(DeadlineRow.item_id == item_id))
    for row in rows.all():
        if not any(name in names for name, _ in row.written_units):
            continue
        fresh: dict[str, bool] = {}
        for name, collective in row.written_units:
            fresh |= dict.fromkeys(instead, False) if name in names else {name: collective}
        row.written_units = [[name, collective] for name, collective in fresh.items()]
        session.add(row)
    await session.flush()


async def put_problems(session: AsyncSession, item_id: int, left: Sequence[Problem]) -> None:
    """Keep only the problems of an item that are left to look at."""
    await session.exec(
        update(ItemRow).where(col(ItemRow.id) == item_id).values(problems=_as_json(left))
    )


async def put_plan_problems(session: AsyncSession, plan_id: int, left: Sequence[Problem]) -> None:
    """Keep only the problems of a plan itself that are left to look at."""
    await session.exec(
        update(PlanRow).where(col(PlanRow.id) == plan_id).values(problems=_as_json(left))
    )


async def remove_deadlines(session: AsyncSession, item_id: int) -> list[dict[str, Any]]:
    """Remove what was read from an item's deadline cell, and return it as it was."""
    own = (DeadlineRow.item_id == item_id, col(DeadlineRow.internal).is_(False))
    rows = (await session.exec(select(DeadlineRow).where(*own))).all()
    ids = [identity(row.id) for row in rows]
    before = [dict(row.value) for row in rows]
    await session.exec(delete(OccurrenceRow).where(col(OccurrenceRow.deadline_id).in_(ids)))
    await session.exec(delete(DeadlineRow).where(col(DeadlineRow.id).in_(ids)))
    return before


async def mark_settled(session: AsyncSession, item_id: int) -> None:
    """Let the empty place of an item's deadline stand as it is: somebody looked at it."""
    rows = await session.exec(
        select(DeadlineRow).where(
            DeadlineRow.item_id == item_id, DeadlineRow.kind == DeadlineKind.UNSPECIFIED
        )
    )
    for row in rows.all():
        row.value = {**row.value, "settled": True}
        session.add(row)
    await session.flush()


async def add_alias(session: AsyncSession, office_id: int, unit_id: int, alias: str) -> bool:
    """Remember another way to write a unit's name; return False when it was known."""
    known = select(UnitAliasRow.id).where(
        UnitAliasRow.office_id == office_id, UnitAliasRow.alias == alias
    )
    if (await session.exec(known)).first() is not None:
        return False
    session.add(UnitAliasRow(office_id=office_id, unit_id=unit_id, alias=alias))
    await session.flush()
    return True
