"""What a version changed, row by row, so that it can be taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Date, Enum, Table
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Act, record
from storage.audit_values import kept_columns
from storage.models import (
    DeadlineRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    ReminderRow,
    ReportRow,
)
from storage.types import UtcDateTime

Snapshot = dict[str, dict[str, dict[str, Any]]]

# Parents first: rows come back in this order and go in the other.
TABLES: tuple[type[SQLModel], ...] = (
    PlanRow,
    ItemRow,
    ItemUnitRow,
    DeadlineRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    ExtensionRow,
)

WRITTEN_ANEW = (ItemUnitRow, MilestoneRow)


def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


async def snapshot(session: AsyncSession, plan_id: int) -> Snapshot:
    """Return every row of a plan as JSON: {table: {id: {column: value}}}."""
    await session.flush()
    connection = await session.connection()
    found: Snapshot = {}
    for model in TABLES:
        table = table_of(model)
        result = await connection.execute(sa.select(table).where(_of_plan(model, plan_id)))
        found[table.name] = {
            str(row["id"]): {name: _to_json(value) for name, value in row.items()}
            for row in result.mappings()
        }
    return found


def _of_plan(model: type[SQLModel], plan_id: int) -> Any:
    items = select(ItemRow.id).where(ItemRow.plan_id == plan_id)
    if model is PlanRow:
        return col(PlanRow.id) == plan_id
    if model is ItemRow:
        return col(ItemRow.plan_id) == plan_id
    occurrences = select(OccurrenceRow.id).where(col(OccurrenceRow.item_id).in_(items))
    parts = select(PartRow.id).where(col(PartRow.occurrence_id).in_(occurrences))
    if model is PartRow:
        return col(PartRow.occurrence_id).in_(occurrences)
    if model is ExtensionRow:
        return col(ExtensionRow.part_id).in_(parts)
    return table_of(model).c.item_id.in_(items)


def delta(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Return only the rows that differ, as they were and as they are."""
    was: Snapshot = {}
    now: Snapshot = {}
    for name in before:
        old, new = before[name], after[name]
        was[name] = {key: row for key, row in old.items() if new.get(key) != row}
        now[name] = {key: row for key, row in new.items() if old.get(key) != row}
    return was, now


async def record_delta(
    session: AsyncSession,
    act: Act,
    name: str,
    was: Snapshot,
    now: Snapshot,
    *,
    names: Mapping[tuple[str, int], str] | None = None,
    **extras: Any,
) -> None:
    """Record each row that differs, under `name` or the one that `names` has for it."""
    for model in TABLES:
        table, kept = str(model.__tablename__), kept_columns(model)
        old, new = was.get(table, {}), now.get(table, {})
        for key in sorted({*old, *new}, key=int):
            called = (names or {}).get((table, int(key)), name)
            before, after = _changed(old.get(key), new.get(key), kept)
            if after is not None:
                after = {**after, **extras}
            await record(session, act, called, table, int(key), before=before, after=after)


def _changed(
    old: dict[str, Any] | None, new: dict[str, Any] | None, kept: list[str]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if old is None or new is None:
        return tuple(  # type: ignore[return-value]
            {name: row[name] for name in kept if row[name] is not None} if row else None
            for row in (old, new)
        )
    differs = [name for name in kept if old[name] != new[name]]
    return {name: old[name] for name in differs}, {name: new[name] for name in differs}


def _to_json(value: Any) -> Any:
    if isinstance(value, dt.date):  # and instants
        return value.isoformat()
    return value.value if hasattr(value, "value") else value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        kind = table.c[name].type
        if value is None:
            found[name] = None
        elif isinstance(kind, UtcDateTime):
            found[name] = dt.datetime.fromisoformat(value)
        elif isinstance(kind, Date):
            found[name] = dt.date.fromisoformat(value)
        elif isinstance(kind, Enum) and kind.enum_class is not None:
            found[name] = kind.enum_class(value)
        else:
            found[name] = value
    return found


async def restore(session: AsyncSession, was: Snapshot, after: Snapshot) -> None:
    """Give rows back the columns that changed, and add those that are gone.

    What an item names (units, marks) is written anew instead: nothing points to those rows, so
    their ids may belong to others by now.
    """
    await session.flush()
    connection = await session.connection()
    for model in TABLES:
        table = table_of(model)
        now = after.get(table.name, {})
        if model in WRITTEN_ANEW:
            await remove_rows(session, model, map(int, now))
        for key, row in was.get(table.name, {}).items():
            values = _from_json(table, row)
            if model in WRITTEN_ANEW:
                del values["id"]
                await connection.execute(table.insert().values(**values))
                continue
            changed = {name: values[name] for name in row if now[key][name] != row[name]}
            if changed:
                await connection.execute(
                    sa.update(table).where(table.c.id == int(key)).values(**changed)
                )
    session.expire_all()


async def remove_rows(session: AsyncSession, model: type[SQLModel], ids: Iterable[int]) -> None:
    """Delete rows that nothing points to."""
    table = table_of(model)
    connection = await session.connection()
    wanted = tuple(ids)
    await connection.execute(table.delete().where(table.c.id.in_(wanted)))


async def resting_on(session: AsyncSession, part_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return what rests on parts: by part, any of "report", "evidence", "extension", ….

    "reminder" is among them: the ledger keeps what was sent.
    """
    wanted = tuple(part_ids)
    found: dict[int, set[str]] = {}
    for model in (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow, ReminderRow):
        rows = await session.exec(
            select(model.part_id).where(col(model.part_id).in_(wanted)).distinct()
        )
        for part_id in rows:
            found.setdefault(part_id, set()).add(str(model.__tablename__))
    return found
