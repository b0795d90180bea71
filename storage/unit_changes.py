"""Units as they are added, renamed, merged and ended."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlmodel import SQLModel, col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.domain.vietnamese import fold
from bot.domain.work import Duty
from storage import extensions
from storage.models import (
    ChatBindingRow,
    GrantRow,
    InviteRow,
    ItemUnitRow,
    PartRow,
    UnitAliasRow,
    UnitRow,
)
from storage.rows import identity

CLOSED = (Progress.DONE, Progress.DROPPED)


async def add_unit(
    session: AsyncSession, office_id: int, name: str, day: dt.date, group: str = ""
) -> int:
    """Add a unit at the end of the list, alive from `day`."""
    last = await session.exec(
        select(func.max(UnitRow.position)).where(UnitRow.office_id == office_id)
    )
    position = (last.one() or 0) + 1
    row = UnitRow(
        office_id=office_id, position=position, name=name, group_name=group, valid_from=day
    )
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


async def drop_alias(session: AsyncSession, office_id: int, alias: str) -> bool:
    """Take a way of writing away; return False when there was none."""
    found = select(UnitAliasRow).where(
        UnitAliasRow.office_id == office_id, UnitAliasRow.alias == alias
    )
    row = (await session.exec(found)).first()
    if row is not None:
        await session.delete(row)
        await session.flush()
    return row is not None


async def hand_over(
    session: AsyncSession, old: int, new: int, decision: str, now: dt.datetime
) -> None:
    """Give a unit's open parts, roles, chats, mentions, ways of writing and codes to another.

    Where the other has such a row already the old one stays: a part of it ends, as the other's
    covers it. What is closed, and what waits for Văn phòng beside the other's, stays with whom it
    was.
    """
    theirs = {part.occurrence_id: part for part in await _rows(session, PartRow, new)}
    for part in await _rows(session, PartRow, old):
        if part.progress in CLOSED:
            continue
        covering = theirs.get(part.occurrence_id)
        if covering is None:
            part.unit_id = new
        elif part.progress is not Progress.AWAITING_CONFIRMATION:
            await _cover(session, part, covering, decision, now)
        session.add(part)
    for model, key in (
        (GrantRow, ("person_id", "role")),
        (ChatBindingRow, ("chat_id", "purpose")),
    ):
        held = {tuple(getattr(r, k) for k in key) for r in await _rows(session, model, new)}
        for row in await _rows(session, model, old):
            if tuple(getattr(row, k) for k in key) not in held:
                row.unit_id = new
                session.add(row)
    theirs_now = [row for row in await _rows(session, InviteRow, old) if row.used_at is None]
    for model_ in (ItemUnitRow, UnitAliasRow):
        theirs_now += await _rows(session, model_, old)
    for row in theirs_now:
        row.unit_id = new
        session.add(row)
    await session.flush()


async def pass_on(
    session: AsyncSession, part_id: int, heir: int, decision: str, now: dt.datetime
) -> None:
    """Give one part to another unit, or end it where that has one of the same occurrence."""
    part = await session.get_one(PartRow, part_id)
    found = select(PartRow).where(
        PartRow.occurrence_id == part.occurrence_id, PartRow.unit_id == heir
    )
    covering = (await session.exec(found)).first()
    if covering is None:
        part.unit_id = heir
        session.add(part)
    else:
        await _cover(session, part, covering, decision, now)
    await session.flush()


async def _cover(
    session: AsyncSession, part: PartRow, covering: PartRow, decision: str, now: dt.datetime
) -> None:
    """End a part that another unit's covers; that takes its lead, or all where it had ended."""
    if covering.progress is Progress.DROPPED:
        kept = (Progress.NOT_STARTED, Progress.WAITING_EVENT)
        covering.progress = part.progress if part.progress in kept else Progress.IN_PROGRESS
        covering.duty, covering.decision = part.duty, None
        covering.assignee_id, covering.extended_due = part.assignee_id, part.extended_due
    elif part.duty is not Duty.COOPERATE and covering.progress not in CLOSED:
        covering.duty = part.duty
    part.progress, part.decision, part.submitted_at = Progress.DROPPED, decision, None
    asked = await extensions.open_row(session, identity(part.id))
    if asked is not None:
        asked.state, asked.answer = ExtensionState.LAPSED, decision
        asked.decided_at = now
        session.add(asked)
    session.add_all((part, covering))


async def call_too(session: AsyncSession, unit_id: int, names: Iterable[str]) -> None:
    """Let names that no unit alive bears mean a unit, as those of one that became part of it."""
    unit = await session.get_one(UnitRow, unit_id)
    of_office = select(UnitRow).where(
        UnitRow.office_id == unit.office_id, col(UnitRow.merged_into).is_(None)
    )
    borne = {fold(name) for row in await session.exec(of_office) for name in (row.name, row.short)}
    aliases = select(UnitAliasRow.alias).where(UnitAliasRow.office_id == unit.office_id)
    borne |= {fold(alias) for alias in await session.exec(aliases)}
    for name in names:
        if name and fold(name) not in borne:
            borne.add(fold(name))
            await add_alias(session, unit.office_id, unit_id, name)


async def _rows(session: AsyncSession, model: type[SQLModel], unit_id: int) -> list[Any]:
    statement = select(model).where(model.unit_id == unit_id)  # type: ignore[attr-defined]
    return list(await session.exec(statement))
