"""Taking back what somebody did last: what the trail says of it, and putting columns back."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Date, Enum, and_, insert, or_
from sqlmodel import SQLModel, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from storage.audit_values import json_value
from storage.chats import get_chat
from storage.models import (
    AuditRow,
    ChatBindingRow,
    CheckInRow,
    DeadlineRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    GrantRow,
    InviteRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    OfficeRow,
    OutboxRow,
    PartRow,
    PlanRow,
    ReportRow,
    UnitAliasRow,
    UnitRow,
)
from storage.rows import Chat, identity
from storage.types import UtcDateTime

TABLES: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for model in (
        PartRow,
        ReportRow,
        EvidenceRow,
        ExtensionRow,
        DifficultyRow,
        OccurrenceRow,
        DeadlineRow,
        ItemRow,
        ItemUnitRow,
        MilestoneRow,
        PlanRow,
        OfficeRow,
        UnitRow,
        UnitAliasRow,
        GrantRow,
        ChatBindingRow,
        InviteRow,
    )
}
OF_PARTS = (ReportRow, EvidenceRow, ExtensionRow)
OF_ITEMS = (OccurrenceRow, DeadlineRow, ItemUnitRow, MilestoneRow)
OF_UNITS = (UnitRow, UnitAliasRow, GrantRow, ChatBindingRow, InviteRow)
OF_THE_OFFICE = (OfficeRow, PlanRow, *OF_UNITS)


async def last_act(
    session: AsyncSession, office_id: int, person_id: int, ignored: Collection[str]
) -> list[AuditRow]:
    """Return the entries of what a person did last, in order; acts of `ignored` names aside."""
    mine = (AuditRow.office_id == office_id, AuditRow.person_id == person_id)
    newest = (
        await session.exec(
            select(AuditRow)
            .where(*mine, col(AuditRow.act).not_in(ignored))
            .order_by(col(AuditRow.id).desc())
            .limit(1)
        )
    ).first()
    return await entries_with(session, newest) if newest is not None else []


async def entries_with(session: AsyncSession, entry: AuditRow) -> list[AuditRow]:
    """Return all entries of the act that an entry is of, in order."""
    same = (
        AuditRow.update_id == entry.update_id
        if entry.update_id is not None
        else and_(col(AuditRow.at) == entry.at, col(AuditRow.act) == entry.act)
    )
    whose = AuditRow.office_id == entry.office_id, AuditRow.person_id == entry.person_id
    rows = await session.exec(select(AuditRow).where(*whose, same).order_by(col(AuditRow.id)))
    return list(rows)


async def row_of(session: AsyncSession, entry: AuditRow) -> Any:
    """Return the row that an entry is about, as it is now; None where none can be told."""
    model = TABLES.get(entry.subject)
    if model is None:
        return None
    statement = select(model).where(model.id == entry.subject_id)  # type: ignore[attr-defined]
    return (await session.exec(statement.execution_options(populate_existing=True))).first()


async def row_or_shadow(session: AsyncSession, entry: AuditRow) -> Any:
    """Return the row that an entry is about; where it is gone, one as the entry knew it.

    The number of a row that the act removed may have gone to another one since.
    """
    row = None if entry.after is None else await row_of(session, entry)
    model = TABLES.get(entry.subject)
    if row is not None or model is None:
        return row
    values = columns_in(model, entry.before if entry.after is None else entry.after)
    return model(id=entry.subject_id, office_id=entry.office_id, **values)


async def bring_back(session: AsyncSession, row: Any) -> None:
    """Add a row that was removed, under its own id."""
    model = type(row)
    values = {name: getattr(row, name) for name in model.model_fields}
    await session.exec(insert(model).values(**values))


async def delete_row(session: AsyncSession, model: type[SQLModel], row_id: int) -> None:
    """Delete a row that nothing points to."""
    key = model.id  # type: ignore[attr-defined]
    await session.exec(delete(model).where(key == row_id))


def python_value(model: type[SQLModel], column: str, value: Any) -> Any:
    """Return a column's value from how JSON holds it."""
    if value is None:
        return None
    kind = model.__table__.c[column].type  # type: ignore[attr-defined]
    if isinstance(kind, UtcDateTime):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    if isinstance(kind, Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return value


def columns_in(model: type[SQLModel], values: dict[str, Any] | None) -> dict[str, Any]:
    """Return those of an entry's values that are columns, as the table holds them."""
    return {
        name: python_value(model, name, value)
        for name, value in (values or {}).items()
        if name in model.model_fields
    }


async def put_back(
    session: AsyncSession, model: type[SQLModel], row_id: int, values: dict[str, Any]
) -> None:
    """Set columns of a row."""
    key = model.id  # type: ignore[attr-defined]
    await session.exec(update(model).where(key == row_id).values(**values))


async def changed_since(
    session: AsyncSession,
    entries: list[AuditRow],
    part_ids: Collection[int],
    added: Collection[int] = (),
) -> bool:
    """Tell whether something was done since about the same rows, or about the same parts.

    Of parts that the act `added`, what was said of them counts too: they end with it.
    """
    newest = max(entry.id or 0 for entry in entries)
    about = [
        and_(col(AuditRow.subject) == entry.subject, col(AuditRow.subject_id) == entry.subject_id)
        for entry in entries
    ]
    about.append(and_(col(AuditRow.subject) == "part", col(AuditRow.subject_id).in_(part_ids)))
    of_parts: list[tuple[Any, Collection[int]]] = [(model, part_ids) for model in OF_PARTS]
    for model, ids in (*of_parts, (DifficultyRow, added), (CheckInRow, added)):
        of_them = select(col(model.id)).where(col(model.part_id).in_(ids))
        about.append(
            and_(
                col(AuditRow.subject) == str(model.__tablename__),
                col(AuditRow.subject_id).in_(of_them),
            )
        )
    later = select(AuditRow.id).where(col(AuditRow.id) > newest, or_(*about)).limit(1)
    return (await session.exec(later)).first() is not None


async def taken_back(session: AsyncSession, entries: list[AuditRow]) -> bool:
    """Tell whether entries were taken back before."""
    keys = [entry.id for entry in entries]
    found = select(AuditRow.id).where(col(AuditRow.undoes_id).in_(keys)).limit(1)
    return (await session.exec(found)).first() is not None


async def item_of(session: AsyncSession, row: Any) -> tuple[int | None, int | None]:
    """Return (item, part) that a row belongs to."""
    if isinstance(row, ItemRow):
        return row.id, None
    if isinstance(row, OF_ITEMS):
        return row.item_id, None
    if isinstance(row, OF_THE_OFFICE):
        return None, None
    part_id = row.id if isinstance(row, PartRow) else row.part_id
    found = await session.exec(
        select(OccurrenceRow.item_id)
        .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        .where(PartRow.id == part_id)
    )
    return found.first(), part_id


async def parts_in(session: AsyncSession, occurrence_ids: Collection[int]) -> set[int]:
    """Return the parts of occurrences."""
    rows = await session.exec(
        select(PartRow.id).where(col(PartRow.occurrence_id).in_(occurrence_ids))
    )
    return {part_id for part_id in rows if part_id is not None}


async def prepares(session: AsyncSession, person_id: int, unit_id: int) -> bool:
    """Tell whether somebody prepares a part of a unit."""
    statement = select(PartRow.id).where(
        PartRow.assignee_id == person_id, PartRow.unit_id == unit_id
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def recall(
    session: AsyncSession,
    office_id: int,
    at: dt.datetime,
    kinds: Collection[OutboxKind],
    now: dt.datetime,
) -> list[tuple[Chat, list[int] | None, list[int]]]:
    """Drop what an act of the instant `at` owes and was not sent; return who was told already.

    Each with the items that were named there, where only some of the act's were, and with the
    messages. Their keys are freed, so that doing it again tells again.
    """
    rows = await session.exec(
        select(OutboxRow).where(
            OutboxRow.office_id == office_id,
            OutboxRow.created_at == at,
            col(OutboxRow.kind).in_(kinds),
        )
    )
    told: dict[int, tuple[Chat, list[int] | None, list[int]]] = {}
    for row in list(rows):
        values: dict[str, Any] = {"dedupe_key": f"{row.dedupe_key}:undone:{row.id}"}
        if row.state is OutboxState.PENDING:
            values |= {"state": OutboxState.DROPPED, "closed_at": now, "reason": "taken back"}
        elif row.state in (OutboxState.SENT, OutboxState.SENDING):
            named = (row.payload or {}).get("items")
            before = told[row.chat_id][2] if row.chat_id in told else []
            sent = [*before, identity(row.id)]
            told[row.chat_id] = await get_chat(session, row.chat_id), named, sent
        await session.exec(update(OutboxRow).where(col(OutboxRow.id) == row.id).values(**values))
    return list(told.values())


async def find_entry(session: AsyncSession, office_id: int, entry_id: int) -> AuditRow | None:
    """Return an entry of the office."""
    statement = select(AuditRow).where(AuditRow.id == entry_id, AuditRow.office_id == office_id)
    return (await session.exec(statement)).first()


def present(row: Any, names: Collection[str]) -> dict[str, Any]:
    """Return columns of a row as JSON."""
    return {name: json_value(getattr(row, name)) for name in names}
