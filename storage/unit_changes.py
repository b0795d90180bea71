"""Units as they are added, renamed, merged and ended."""

import datetime as dt
from typing import Any

from sqlmodel import SQLModel, col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.status import Progress
from storage.models import (
    ChatBindingRow,
    GrantRow,
    ItemUnitRow,
    PartRow,
    UnitAliasRow,
    UnitRow,
)
from storage.rows import identity

Change = tuple[str, int, dict[str, Any], dict[str, Any]]
CLOSED = (Progress.DONE, Progress.DROPPED)


async def add_unit(session: AsyncSession, office_id: int, name: str, day: dt.date) -> int:
    """Add a unit at the end of the list, alive from `day`."""
    last = await session.exec(
        select(func.max(UnitRow.position)).where(UnitRow.office_id == office_id)
    )
    position = (last.one() or 0) + 1
    row = UnitRow(office_id=office_id, position=position, name=name, valid_from=day)
    session.add(row)
    await session.flush()
    return identity(row.id)


async def set_unit(session: AsyncSession, unit_id: int, **values: Any) -> None:
    """Change columns of a unit."""
    await session.exec(update(UnitRow).where(col(UnitRow.id) == unit_id).values(**values))


async def add_alias(session: AsyncSession, office_id: int, unit_id: int, alias: str) -> int:
    """Add another way to write a unit's name."""
    row = UnitAliasRow(office_id=office_id, unit_id=unit_id, alias=alias)
    session.add(row)
    await session.flush()
    return identity(row.id)


async def drop_alias(session: AsyncSession, office_id: int, alias: str) -> int:
    """Take a way of writing away; return how many went."""
    gone = await session.exec(
        delete(UnitAliasRow).where(
            col(UnitAliasRow.office_id) == office_id, col(UnitAliasRow.alias) == alias
        )
    )
    return gone.rowcount


async def hand_over(session: AsyncSession, old: int, new: int) -> list[Change]:
    """Give a unit's open parts, roles, chats and mentions to another; return what changed.

    Where the other has such a row already the old one stays: a part of it is no longer carried
    out, as the other's covers it. What is closed stays with whom it was.
    """
    changed: list[Change] = []
    theirs = await _keys(session, PartRow, "occurrence_id", new)
    for part in await _rows(session, PartRow, old):
        if part.progress in CLOSED:
            continue
        if part.occurrence_id in theirs:
            before = {"progress": part.progress}
            part.progress = Progress.DROPPED
            after: dict[str, Any] = {"progress": part.progress}
        else:
            before, after = {"unit_id": old}, {"unit_id": new}
            part.unit_id = new
        session.add(part)
        changed.append(("part", identity(part.id), before, after))
    for model, key in (
        (GrantRow, ("person_id", "role")),
        (ChatBindingRow, ("chat_id", "purpose")),
    ):
        held = {tuple(getattr(r, k) for k in key) for r in await _rows(session, model, new)}
        for row in await _rows(session, model, old):
            if tuple(getattr(row, k) for k in key) not in held:
                row.unit_id = new
                session.add(row)
                table = str(model.__tablename__)
                changed.append((table, row.id, {"unit_id": old}, {"unit_id": new}))
    for row in await _rows(session, ItemUnitRow, old):
        row.unit_id = new
        session.add(row)
        changed.append(("item_unit", row.id, {"unit_id": old}, {"unit_id": new}))
    await session.flush()
    return changed


async def _rows(session: AsyncSession, model: type[SQLModel], unit_id: int) -> list[Any]:
    statement = select(model).where(model.unit_id == unit_id)  # type: ignore[attr-defined]
    return list(await session.exec(statement))


async def _keys(session: AsyncSession, model: type[SQLModel], name: str, unit_id: int) -> set[Any]:
    return {getattr(row, name) for row in await _rows(session, model, unit_id)}
