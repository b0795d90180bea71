"""Taking back what somebody did last: what the trail says of it, and putting columns back."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Date, Enum, and_, or_
from sqlmodel import SQLModel, col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from storage.audit_values import json_value
from storage.chats import get_chat
from storage.models import (
    AuditRow,
    DeadlineRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    ReportRow,
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
    )
}
OF_PARTS = (ReportRow, EvidenceRow, ExtensionRow)


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
    if newest is None:
        return []
    same = (
        AuditRow.update_id == newest.update_id
        if newest.update_id is not None
        else and_(col(AuditRow.at) == newest.at, col(AuditRow.act) == newest.act)
    )
    rows = await session.exec(select(AuditRow).where(*mine, same).order_by(col(AuditRow.id)))
    return list(rows)


async def row_of(session: AsyncSession, entry: AuditRow) -> Any:
    """Return the row that an entry is about, as it is now; None where none can be told."""
    model = TABLES.get(entry.subject)
    if model is None:
        return None
    statement = select(model).where(model.id == entry.subject_id)  # type: ignore[attr-defined]
    return (await session.exec(statement.execution_options(populate_existing=True))).first()


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
    session: AsyncSession, entries: list[AuditRow], part_ids: Collection[int]
) -> bool:
    """Tell whether something was done since about the same rows, or about the same parts."""
    newest = max(entry.id or 0 for entry in entries)
    about = [
        and_(col(AuditRow.subject) == entry.subject, col(AuditRow.subject_id) == entry.subject_id)
        for entry in entries
    ]
    about.append(and_(col(AuditRow.subject) == "part", col(AuditRow.subject_id).in_(part_ids)))
    for model in OF_PARTS:
        of_them = select(col(model.id)).where(col(model.part_id).in_(part_ids))
        about.append(
            and_(
                col(AuditRow.subject) == str(model.__tablename__),
                col(AuditRow.subject_id).in_(of_them),
            )
        )
    later = select(AuditRow.id).where(col(AuditRow.id) > newest, or_(*about)).limit(1)
    return (await session.exec(later)).first() is not None


async def parts_on(session: AsyncSession, entries: list[AuditRow]) -> set[int]:
    """Return the parts whose day the entries changed: what was done about them rests on it."""
    days = [entry.subject_id for entry in entries if entry.subject == OccurrenceRow.__tablename__]
    found = select(col(PartRow.id)).where(col(PartRow.occurrence_id).in_(days))
    return {identity(part_id) for part_id in await session.exec(found)}


async def taken_back(session: AsyncSession, entries: list[AuditRow]) -> bool:
    """Tell whether entries were taken back before."""
    keys = [entry.id for entry in entries]
    found = select(AuditRow.id).where(col(AuditRow.undoes_id).in_(keys)).limit(1)
    return (await session.exec(found)).first() is not None


async def item_of(session: AsyncSession, row: Any) -> tuple[int | None, int | None]:
    """Return (item, part) that a row belongs to."""
    if isinstance(row, ItemRow):
        return row.id, None
    if isinstance(row, OccurrenceRow | DeadlineRow):
        return row.item_id, None
    part_id = row.id if isinstance(row, PartRow) else row.part_id
    found = await session.exec(
        select(OccurrenceRow.item_id)
        .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        .where(PartRow.id == part_id)
    )
    return found.first(), part_id


async def recall(
    session: AsyncSession,
    office_id: int,
    at: dt.datetime,
    kinds: Collection[OutboxKind],
    now: dt.datetime,
) -> list[Chat]:
    """Drop what an act of the instant `at` owes and was not sent; return who was told already.

    Their keys are freed, so that doing it again tells again.
    """
    rows = await session.exec(
        select(OutboxRow).where(
            OutboxRow.office_id == office_id,
            OutboxRow.created_at == at,
            col(OutboxRow.kind).in_(kinds),
        )
    )
    told: dict[int, Chat] = {}
    for row in list(rows):
        values: dict[str, Any] = {"dedupe_key": f"{row.dedupe_key}:undone:{row.id}"}
        if row.state is OutboxState.PENDING:
            values |= {"state": OutboxState.DROPPED, "closed_at": now, "reason": "taken back"}
        elif row.state in (OutboxState.SENT, OutboxState.SENDING):
            told[row.chat_id] = await get_chat(session, row.chat_id)
        await session.exec(update(OutboxRow).where(col(OutboxRow.id) == row.id).values(**values))
    return list(told.values())


async def find_entry(session: AsyncSession, office_id: int, entry_id: int) -> AuditRow | None:
    """Return an entry of the office."""
    statement = select(AuditRow).where(AuditRow.id == entry_id, AuditRow.office_id == office_id)
    return (await session.exec(statement)).first()


def present(row: Any, names: Collection[str]) -> dict[str, Any]:
    """Return columns of a row as JSON."""
    return {name: json_value(getattr(row, name)) for name in names}
