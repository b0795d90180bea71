"""The audit trail of one item, over every table that holds something of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    AuditRow,
    DeadlineRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PersonRow,
    ReportRow,
    UnitRow,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the trail; `unit` is whose part it is about, "" for none.

    `undone` is the act that it took back, "" for none.
    """

    id: int
    at: dt.datetime
    person: str
    unit: str
    act: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    undone: str = ""


def _parts(item_id: int, units: Collection[int] | None = None) -> Any:
    found = (
        select(col(PartRow.id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .where(OccurrenceRow.item_id == item_id)
    )
    return found if units is None else found.where(col(PartRow.unit_id).in_(units))


def _about(item_id: int, units: Collection[int] | None) -> Any:
    """Return the condition that an entry is about the item or something of it."""
    of_units = _parts(item_id, units)
    of_parts = (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow)
    ids: dict[Any, Any] = {
        PartRow: of_units,
        OccurrenceRow: select(col(OccurrenceRow.id)).where(OccurrenceRow.item_id == item_id),
        DeadlineRow: select(col(DeadlineRow.id)).where(DeadlineRow.item_id == item_id),
        **{
            table: select(col(table.id)).where(col(table.part_id).in_(of_units))
            for table in of_parts
        },
    }
    tests = [
        and_(col(AuditRow.subject) == table.__tablename__, col(AuditRow.subject_id).in_(some))
        for table, some in ids.items()
    ]
    item = and_(col(AuditRow.subject) == "item", col(AuditRow.subject_id) == item_id)
    return or_(item, *tests)


async def entries_of_item(
    session: AsyncSession,
    item_id: int,
    first: int,
    most: int,
    units: Collection[int] | None = None,
) -> tuple[int, list[Entry]]:
    """Return (how many acts there are, the entries of `most` acts from place `first`).

    Of the item itself, and of the parts of `units`; None: of all. Newest first. An act changes
    several rows at once: it is never cut between two pages.
    """
    about = _about(item_id, units)
    act = (col(AuditRow.at), col(AuditRow.act), col(AuditRow.person_id))
    acts = select(*act, func.max(AuditRow.id).label("newest")).where(about).group_by(*act)
    count = (await session.exec(select(func.count()).select_from(acts.subquery()))).one()
    page = (
        await session.exec(acts.order_by(func.max(AuditRow.id).desc()).offset(first).limit(most))
    ).all()
    keys = {(at, name, person_id) for at, name, person_id, _ in page}
    back = aliased(AuditRow)
    rows = await session.exec(
        select(AuditRow, PersonRow.name, back.act)
        .outerjoin(back, col(back.id) == col(AuditRow.undoes_id))
        .outerjoin(PersonRow, col(PersonRow.id) == col(AuditRow.person_id))
        .where(about, col(AuditRow.at).in_({at for at, _, _ in keys}))
        .order_by(col(AuditRow.id).desc())
    )
    found = [
        (row, name, act) for row, name, act in rows if (row.at, row.act, row.person_id) in keys
    ]
    owners = await _units_of(session, item_id)
    return count, [
        Entry(
            row.id or 0,
            row.at,
            name or "",
            owners.get((row.subject, row.subject_id), ""),
            row.act,
            row.subject,
            row.before or {},
            row.after or {},
            undone or "",
        )
        for row, name, undone in found
    ]


async def _units_of(session: AsyncSession, item_id: int) -> dict[tuple[str, int], str]:
    """Return the units by what an entry can be about: their parts, and what hangs on them."""
    names: dict[tuple[str, int], str] = {}
    parts = (
        select(PartRow.id, UnitRow.name)
        .join(UnitRow, col(UnitRow.id) == col(PartRow.unit_id))
        .where(col(PartRow.id).in_(_parts(item_id)))
    )
    for part_id, name in await session.exec(parts):
        names["part", part_id or 0] = name
    for table in (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow):
        rows = await session.exec(
            select(col(table.id), col(table.part_id)).where(
                col(table.part_id).in_(_parts(item_id))
            )
        )
        for row_id, part_id in rows:
            names[str(table.__tablename__), row_id or 0] = names.get(("part", part_id), "")
    return names


async def names_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """Return people's names by their ids."""
    rows = await session.exec(
        select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(person_ids))
    )
    return {person_id: name for person_id, name in rows if person_id is not None}


async def items_changed_since(
    session: AsyncSession, audit_id: int, most: int
) -> tuple[int, set[int]]:
    """Return (newest entry looked at, items that entries after `audit_id` are about)."""
    rows = (
        await session.exec(
            select(AuditRow.id, AuditRow.subject, AuditRow.subject_id)
            .where(col(AuditRow.id) > audit_id)
            .order_by(col(AuditRow.id))
            .limit(most)
        )
    ).all()
    items: set[int] = set()
    by_subject: dict[str, set[int]] = {}
    for _, subject, subject_id in rows:
        by_subject.setdefault(subject, set()).add(subject_id)
    items |= by_subject.pop(str(ItemRow.__tablename__), set())
    for subject, ids in by_subject.items():
        statement = _items_of(subject, ids)
        if statement is not None:
            items |= set(await session.exec(statement))
    return (rows[-1][0] or audit_id) if rows else audit_id, items


def _items_of(subject: str, ids: set[int]) -> Any:
    of_parts = {t.__tablename__: t for t in (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow)}
    occurrences = select(col(OccurrenceRow.item_id))
    if subject == PartRow.__tablename__:
        with_parts = occurrences.join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        return with_parts.where(col(PartRow.id).in_(ids))
    if subject == OccurrenceRow.__tablename__:
        return occurrences.where(col(OccurrenceRow.id).in_(ids))
    if subject == DeadlineRow.__tablename__:
        return select(col(DeadlineRow.item_id)).where(col(DeadlineRow.id).in_(ids))
    table = of_parts.get(subject)
    if table is None:
        return None
    part_ids = select(col(table.part_id)).where(col(table.id).in_(ids))
    with_parts = occurrences.join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
    return with_parts.where(col(PartRow.id).in_(part_ids))
