"""Taking words out of rows and out of what the record of changes quotes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Act, record
from storage.audit_values import columns
from storage.models import AuditRow
from storage.rows import identity

# What has no place beside a neutral code. Of a proof the document's number and day stay.
ITEM: dict[str, Any] = {
    "product": "",
    "section": "",
    "deadline_text": "",
    "assignment_text": "",
    "note": "",
    "problems": [],
    "source_document": None,
    "external_code": None,
}
PROOF = dict.fromkeys(("url", "place", "file_id", "file_name", "file_size", "sha256"))
WORDS = frozenset(
    {
        *ITEM, *PROOF, "title", "note", "reason", "text", "answer", "value", "event", "decision",
        "content", "added",
    }
)  # fmt: skip


async def become(
    session: AsyncSession, act: Act, name: str, row: Any, values: Mapping[str, Any]
) -> None:
    """Set columns of a row; the record says what they are now, not what they were."""
    changed = {key: value for key, value in values.items() if getattr(row, key) != value}
    if not changed:
        return
    for column, value in changed.items():
        setattr(row, column, value)
    session.add(row)
    await session.flush()
    table, row_id = str(row.__tablename__), identity(row.id)
    await record(session, act, name, table, row_id, before={}, after=columns(**changed))


async def quoted_away(session: AsyncSession, rows: Sequence[SQLModel]) -> None:
    """Take the words out of older entries; what became of the rows can still be followed."""
    by_table: dict[str, list[int]] = {}
    for row in rows:
        by_table.setdefault(str(row.__tablename__), []).append(row.id)  # type: ignore[attr-defined]
    for table, ids in by_table.items():
        entries = select(AuditRow).where(
            AuditRow.subject == table, col(AuditRow.subject_id).in_(ids)
        )
        for entry in await session.exec(entries):
            entry.before, entry.after = _without_words(entry.before), _without_words(entry.after)
            session.add(entry)
    await session.flush()


def _without_words(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: value for key, value in values.items() if not value or key not in WORDS}
