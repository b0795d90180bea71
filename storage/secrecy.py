"""Striking out the words of an item that has documents under state secrecy.

What was written is not recorded either: it may be secret (Luật 117/2025/QH15). So the record of
changes holds what each row became, and its older entries lose the words they quoted.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Act, record
from storage.audit_values import columns
from storage.models import (
    AuditRow,
    DeadlineRow,
    DialogRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    ItemSearchRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    PlanVersionRow,
    ReportDraftRow,
    ReportRow,
)
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
# Keys of a deadline's value that quote the plan.
QUOTED = ("text", "event", "ref", "label")


async def strike_out(
    session: AsyncSession, act: Act, name: str, item: ItemRow, title: str, unsaid: str
) -> list[str]:
    """Leave of an item its code, `title`, days, units and states; return the files forgotten.

    `unsaid` stands where people wrote something. The files are named by their SHA-256.
    """
    found = await _rows_of(session, identity(item.id))
    await _quoted_away(session, [item, *found])
    await _versions_quoted_away(session, item, found, title)
    forgotten = [row.sha256 for row in found if isinstance(row, EvidenceRow) and row.sha256]
    await _become(session, act, name, item, {**ITEM, "title": title, "secret": True})
    for row in found:
        if isinstance(row, MilestoneRow):
            row_id = identity(row.id)
            await session.delete(row)
            await record(session, act, name, "milestone", row_id, before={})
        else:
            await _become(session, act, name, row, _neutral(row, unsaid))
    await session.exec(delete(ItemSearchRow).where(col(ItemSearchRow.item_id) == item.id))
    await _begun_forgotten(session, item)
    return forgotten


async def _begun_forgotten(session: AsyncSession, item: ItemRow) -> None:
    """Forget what people have begun to write about the item: reports, requests, changes."""
    parts = set(await session.exec(_parts_of(identity(item.id))))
    await session.exec(delete(ReportDraftRow).where(col(ReportDraftRow.part_id).in_(parts)))
    for row in await session.exec(select(DialogRow).where(DialogRow.office_id == item.office_id)):
        args = row.value.get("args", {})
        about = args.get("item") == item.id or args.get("code") == item.code
        if row.value and (row.subject_id in parts or about):
            await session.delete(row)
    await session.flush()


def _neutral(row: Any, unsaid: str) -> dict[str, Any]:
    if isinstance(row, DeadlineRow):
        return {"value": neutral_value(row.value)}
    if isinstance(row, EvidenceRow):
        return PROOF
    names = ("note", "reason", "text", "answer")
    said = [name for name in names if getattr(row, name, None)]
    return dict.fromkeys(said, unsaid)


def neutral_value(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored deadline without the plan's words: its kind and its days."""
    return {**value, **{key: "" for key in QUOTED if key in value}}


def _parts_of(item_id: int) -> Any:
    return (
        select(col(PartRow.id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .where(OccurrenceRow.item_id == item_id)
    )


async def _rows_of(session: AsyncSession, item_id: int) -> list[Any]:
    """Return the rows besides the item's own that may quote something of it."""
    found: list[Any] = []
    for model in (DeadlineRow, MilestoneRow):
        found += await session.exec(select(model).where(model.item_id == item_id))
    for of_part in (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow):
        wanted = select(of_part).where(col(of_part.part_id).in_(_parts_of(item_id)))
        found += await session.exec(wanted.execution_options(populate_existing=True))
    return found


async def _become(
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


async def _quoted_away(session: AsyncSession, rows: list[SQLModel]) -> None:
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


async def _versions_quoted_away(
    session: AsyncSession, item: ItemRow, rows: list[Any], title: str
) -> None:
    """Take the words out of what versions of the plan changed: going back brings none of them."""
    deadlines = {str(row.id) for row in rows if isinstance(row, DeadlineRow)}
    own = select(PlanVersionRow).where(PlanVersionRow.plan_id == item.plan_id)
    for version in await session.exec(own):
        for name in ("before", "after"):
            kept: dict[str, dict[str, Any]] = getattr(version, name) or {}
            item_words = {**ITEM, "title": title, "secret": True}
            clean = {
                **kept,
                "item": {
                    key: {**row, **item_words} if key == str(item.id) else row
                    for key, row in kept.get("item", {}).items()
                },
                "deadline": {
                    key: {**row, "value": neutral_value(row["value"])} if key in deadlines else row
                    for key, row in kept.get("deadline", {}).items()
                },
                "milestone": {
                    key: row
                    for key, row in kept.get("milestone", {}).items()
                    if row["item_id"] != item.id
                },
            }
            if kept:
                setattr(version, name, clean)
        session.add(version)
    await session.flush()


WORDS = frozenset({*ITEM, *PROOF, "title", "note", "reason", "text", "answer", "value", "event"})


def _without_words(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: value for key, value in values.items() if not value or key not in WORDS}
