"""Rows added, changed and removed, each with its entry in the record of changes.

The convention: one entry a row; `subject` is its table, `subject_id` its id; a key of `before` and
`after` that names a column of the table holds that column's value, other keys are free extras. A
row that was added has no `before`, one that was removed no `after`. So the record, replayed from
any moment on, gives the rows as they are. Bulk work on what nobody acts on yet is one entry for
the plan: loading it, reviewing its draft, and giving out its parts at activation, or taking them
back with it. What is only a mark of delivery is not followed.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Act, record
from storage.audit_values import filled, json_value, kept_columns
from storage.rows import identity

Key = tuple[str, int]
Values = dict[str, Any] | None


async def insert_row(session: AsyncSession, act: Act, name: str, row: Any, **extras: Any) -> int:
    """Add a row and record it; return its id."""
    session.add(row)
    await session.flush()
    row_id = identity(row.id)
    after = {**filled(row), **extras}
    await record(session, act, name, str(row.__tablename__), row_id, after=after)
    return row_id


async def change_row(session: AsyncSession, act: Act, name: str, row: Any, **values: Any) -> bool:
    """Set columns of a row and record those that differ; return whether any did."""
    changed = {key: value for key, value in values.items() if getattr(row, key) != value}
    if not changed:
        return False
    before = {key: json_value(getattr(row, key)) for key in changed}
    for column, value in changed.items():
        setattr(row, column, value)
    session.add(row)
    await session.flush()
    after = {key: json_value(getattr(row, key)) for key in changed}
    table = str(row.__tablename__)
    await record(session, act, name, table, identity(row.id), before=before, after=after)
    return True


async def remove_row(session: AsyncSession, act: Act, name: str, row: Any) -> None:
    """Delete a row and record what it held."""
    table, row_id = str(row.__tablename__), identity(row.id)
    await record(session, act, name, table, row_id, before=filled(row))
    await session.delete(row)
    await session.flush()


@dataclass
class Change:
    """What became of one row: no `before` where it was added, no `after` where it was removed."""

    office_id: int | None
    before: Values
    after: Values


@dataclass
class Recording:
    """What is recorded at the end: by whom, under which name, and what became of which rows."""

    act: Act
    name: str
    changes: dict[Key, Change] = field(default_factory=dict)

    def note(self, session: Session, _context: object) -> None:
        """Keep what a flush adds, changes and removes."""
        for row in session.new:
            self._keep(row, None, filled(row))
        for row in session.deleted:
            self._keep(row, filled(row), None)
        for row in session.dirty:
            self._keep(row, *_difference(row))

    def _keep(self, row: Any, before: Values, after: Values) -> None:
        key = str(row.__tablename__), identity(row.id)
        kept = self.changes.get(key)
        if kept is None:
            self.changes[key] = Change(getattr(row, "office_id", None), before, after)
            return
        if kept.before is not None and before is not None:
            kept.before = {**before, **kept.before}
        kept.after = None if after is None else {**(kept.after or {}), **after}


def _difference(row: SQLModel) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in kept_columns(type(row)):
        history = inspect(row).attrs[name].history
        if history.has_changes():
            before[name] = json_value(history.deleted[0]) if history.deleted else None
            after[name] = json_value(getattr(row, name))
    return before, after


@asynccontextmanager
async def recording(session: AsyncSession, act: Act, name: str) -> AsyncIterator[Recording]:
    """Record, at the end, every row that the session adds, changes or removes in between.

    For what finds out by itself whether a row is new. Statements that go past the session's
    objects (UPDATE, DELETE) are not seen: record those with `record`.
    """
    await session.flush()
    kept = Recording(act, name)
    event.listen(session.sync_session, "after_flush", kept.note)
    try:
        yield kept
        await session.flush()
    finally:
        event.remove(session.sync_session, "after_flush", kept.note)
    for (table, row_id), one in sorted(kept.changes.items()):
        if one.before != one.after:
            act = replace(kept.act, office_id=one.office_id or kept.act.office_id)
            await record(
                session, act, kept.name, table, row_id, before=one.before, after=one.after
            )
