"""Drafts: plans that were read and stored, with what a person still has to decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import Period
from bot.domain.deadline_json import deadline_from_json
from bot.domain.draft import Draft, DraftDeadline, DraftItem, DraftUnit
from bot.domain.problem import Problem
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind, Duty
from storage import plans
from storage.models import (
    AuditRow,
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PersonRow,
    PlanRow,
    UnitAliasRow,
)
from storage.rows import identity


def _problems(stored: Sequence[Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(msgid, tuple((name, str(value)) for name, value in params.items()))
        for msgid, params in stored
    )


def _as_json(problems: Sequence[Problem]) -> list[Any]:
    return [[problem.msgid, dict(problem.params)] for problem in problems]


async def find_draft(session: AsyncSession, office_id: int, plan_id: int) -> Draft | None:
    """Return a plan of the office with its items, whatever its state."""
    row = await session.get(PlanRow, plan_id)
    if row is None or row.office_id != office_id:
        return None
    named = await plans.item_units(session, plan_id)
    deadlines = await plans.deadlines_of_plan(session, plan_id)
    items = [
        _item(item, named.get(identity(item.id), []), deadlines.get(identity(item.id), []))
        for item in await plans.items_of_plan(session, plan_id)
    ]
    return Draft(
        plan_id,
        row.title,
        Period(row.starts_on, row.ends_on),
        row.state,
        row.loaded_at,
        row.before_counts,
        tuple(items),
        _problems(row.problems),
    )


def _item(row: ItemRow, named: list[ItemUnitRow], deadlines: list[DeadlineRow]) -> DraftItem:
    return DraftItem(
        identity(row.id),
        row.code,
        row.section,
        row.title,
        row.product,
        row.deadline_text,
        row.assignment_text,
        tuple(
            DraftUnit(unit.duty, unit.written, unit.collective, unit.unit_id is not None)
            for unit in named
        ),
        tuple(_deadline(deadline) for deadline in deadlines),
        _problems(row.problems),
    )


def _deadline(row: DeadlineRow) -> DraftDeadline:
    value = deadline_from_json(row.value)
    unread = row.kind is DeadlineKind.UNSPECIFIED and not row.value.get("settled")
    return DraftDeadline(
        row.internal,
        row.kind,
        value,
        tuple((name, bool(collective)) for name, collective in row.written_units),
        unread and not (row.value.get("ref") or row.value.get("text")),
    )


async def drafts_in(session: AsyncSession, office_id: int) -> list[tuple[int, dt.datetime, str]]:
    """Return (plan, loaded at, title) of the office's drafts, the newest first."""
    rows = await session.exec(
        select(PlanRow)
        .where(PlanRow.office_id == office_id, PlanRow.state == PlanState.DRAFT)
        .order_by(col(PlanRow.loaded_at).desc(), col(PlanRow.id).desc())
    )
    return [(identity(row.id), row.loaded_at, row.title) for row in rows]


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
    """Put units (id, name) in the place of a collective term of an item.

    Those that lead already (`leads`) do not cooperate besides.
    """
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


async def discarded(
    session: AsyncSession, office_id: int, plan_id: int, stamp: int
) -> tuple[dt.datetime, str] | None:
    """Return when and by whom the draft loaded at `stamp` (epoch seconds) was discarded."""
    rows = await session.exec(
        select(AuditRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(AuditRow.person_id), isouter=True)
        .where(
            AuditRow.office_id == office_id,
            AuditRow.act == "plan.discard",
            AuditRow.subject_id == plan_id,
        )
    )
    for row, name in rows.all():
        if (row.before or {}).get("stamp") == stamp:
            return row.at, name or ""
    return None


async def plan_of_item(session: AsyncSession, office_id: int, item_id: int) -> int | None:
    """Return the plan of an item of the office."""
    statement = select(ItemRow.plan_id).where(
        ItemRow.id == item_id, ItemRow.office_id == office_id
    )
    return (await session.exec(statement)).first()
