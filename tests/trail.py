"""The record of changes, replayed: what the entries say became of each row."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit_values import json_value, kept_columns
from storage.db import Database
from storage.models import (
    AuditRow,
    BriefingRow,
    BroadcastRow,
    CalendarDayRow,
    ChatBindingRow,
    ChatRow,
    CheckInRow,
    DeadlineRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    GrantRow,
    IndicatorValueRow,
    InviteRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    OfficeRow,
    PartRow,
    PersonRow,
    PlanRow,
    ReportRow,
    SummaryRow,
    UnitAliasRow,
    UnitRow,
)

# What the record follows row by row. Messages, ledgers, dialogues and drafts are not of them; nor
# is a plan's version, whose own row holds all that it changed.
TABLES: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for model in (
        BriefingRow,
        BroadcastRow,
        CalendarDayRow,
        ChatBindingRow,
        ChatRow,
        CheckInRow,
        DeadlineRow,
        DifficultyRow,
        EvidenceRow,
        ExtensionRow,
        GrantRow,
        IndicatorValueRow,
        InviteRow,
        ItemRow,
        ItemUnitRow,
        MilestoneRow,
        OccurrenceRow,
        OfficeRow,
        PartRow,
        PersonRow,
        PlanRow,
        ReportRow,
        SummaryRow,
        UnitAliasRow,
        UnitRow,
    )
}
Key = tuple[str, int]
State = dict[Key, dict[str, Any]]


async def present(session: AsyncSession, tables: Iterable[str] = tuple(TABLES)) -> State:
    """Return every row of the tables as the record of changes would hold it."""
    state: State = {}
    for name in tables:
        model = TABLES[name]
        columns = kept_columns(model)
        for row in await session.exec(select(model).execution_options(populate_existing=True)):
            state[name, row.id] = {c: json_value(getattr(row, c)) for c in columns}
    return state


def replay(state: State, entries: Iterable[AuditRow]) -> tuple[State, list[str]]:
    """Return what entries make of a state, and where one says another `before` than was."""
    state = {key: dict(row) for key, row in state.items()}
    wrong = []
    for entry in entries:
        model = TABLES.get(entry.subject)
        if model is None:
            continue
        key = (entry.subject, entry.subject_id)
        fields = kept_columns(model)
        if entry.after is None and entry.before is not None:
            state.pop(key, None)
            continue
        row = state.get(key)
        if row is None:
            row = state[key] = dict.fromkeys(fields)
            if entry.before is not None:
                wrong.append(f"{entry.act}: {key} was not there")
        elif entry.before is None:
            wrong.append(f"{entry.act}: {key} was there")
        for column, value in (entry.before or {}).items():
            if column in fields and row[column] != value:
                wrong.append(f"{entry.act}: {key}.{column} was {row[column]!r}, not {value!r}")
        row.update({c: v for c, v in (entry.after or {}).items() if c in fields})
    return state, wrong


async def now(db: Database, tables: Iterable[str] = tuple(TABLES)) -> State:
    """Return every row of the tables, in a transaction of its own."""
    async with db.read() as session:
        return await present(session, tables)


def disagreements(before: State, entries: Iterable[AuditRow], found: State) -> list[str]:
    """Return where the entries since `before` do not lead to what there is."""
    replayed, wrong = replay(before, entries)
    said = wrong + [f"{key} is unsaid: {found[key]}" for key in found.keys() - replayed.keys()]
    said += [f"{key} is gone" for key in replayed.keys() - found.keys()]
    for key in found.keys() & replayed.keys():
        for column, value in found[key].items():
            if replayed[key][column] != value:
                said.append(f"{key}.{column} is {value!r}, not {replayed[key][column]!r}")
    return sorted(said)
