"""Striking out the words of an item that has documents under state secrecy.

What was written is not recorded either: it may be secret (Luật 117/2025/QH15). So the record of
changes holds what each row became, and its older entries lose the words they quoted.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.change_phrases import TAKEN_BACK
from storage.audit import Act, record
from storage.models import (
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
from storage.secrecy_briefings import strike_from_briefings
from storage.striking import ITEM, PROOF, become, quoted_away

# Keys of a deadline's value that quote the plan.
QUOTED = ("text", "event", "ref", "label")


async def strike_out(
    session: AsyncSession, act: Act, name: str, item: ItemRow, title: str, unsaid: str
) -> list[str]:
    """Leave of an item its code, `title`, days, units and states; return the files forgotten.

    `unsaid` stands where people wrote something. The files are named by their SHA-256.
    """
    found = await _rows_of(session, identity(item.id))
    await quoted_away(session, [item, *found])
    await _versions_quoted_away(session, item, found, title)
    forgotten = [row.sha256 for row in found if isinstance(row, EvidenceRow) and row.sha256]
    await become(session, act, name, item, {**ITEM, "title": title, "secret": True})
    for row in found:
        if isinstance(row, MilestoneRow):
            row_id = identity(row.id)
            await session.delete(row)
            await record(session, act, name, "milestone", row_id, before={})
        else:
            await become(session, act, name, row, _neutral(row, unsaid))
    await strike_from_briefings(session, act, name, item, unsaid)
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
    if isinstance(row, OccurrenceRow):
        return {"event": None}
    names = ("note", "reason", "text", "answer", "decision")
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
    for model in (DeadlineRow, MilestoneRow, OccurrenceRow):
        found += await session.exec(select(model).where(model.item_id == item_id))
    decided = select(PartRow).where(col(PartRow.id).in_(_parts_of(item_id)))
    found += await session.exec(decided.where(col(PartRow.decision) != TAKEN_BACK))
    for of_part in (ReportRow, EvidenceRow, ExtensionRow, DifficultyRow):
        wanted = select(of_part).where(col(of_part.part_id).in_(_parts_of(item_id)))
        found += await session.exec(wanted.execution_options(populate_existing=True))
    return found


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
