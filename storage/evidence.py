"""Evidence as the folder of a plan's proofs lists it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import EvidenceRow, ItemRow, OccurrenceRow, PartRow, UnitRow
from storage.proofs import evidence_counts


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof with the item and the unit it is of; `sha256` where its content is kept."""

    id: int
    code: str
    section: str
    title: str
    product: str
    unit_id: int | None
    unit: str
    number: str | None
    dated_on: dt.date | None
    place: str | None
    url: str | None
    file_id: str | None
    file_name: str | None
    file_size: int | None
    sha256: str | None
    received_at: dt.datetime


async def proofs_of_plan(session: AsyncSession, plan_id: int) -> list[Proof]:
    """Return the proofs of a plan that count, in the order of its items."""
    rows = await session.exec(
        select(  # type: ignore[call-overload, misc]
            EvidenceRow.id,
            ItemRow.code,
            ItemRow.section,
            ItemRow.title,
            ItemRow.product,
            PartRow.unit_id,
            UnitRow.name,
            EvidenceRow.number,
            EvidenceRow.dated_on,
            EvidenceRow.place,
            EvidenceRow.url,
            EvidenceRow.file_id,
            EvidenceRow.file_name,
            EvidenceRow.file_size,
            EvidenceRow.sha256,
            EvidenceRow.received_at,
        )
        .join(PartRow, col(PartRow.id) == col(EvidenceRow.part_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PartRow.unit_id))
        .where(
            ItemRow.plan_id == plan_id,
            evidence_counts(),
        )
        .order_by(col(ItemRow.position), col(EvidenceRow.id))
    )
    return [_proof(list(row)) for row in rows]


def _proof(values: list[Any]) -> Proof:
    values[6] = values[6] or ""  # nobody is assigned
    return Proof(*values)


async def set_content(session: AsyncSession, proof_id: int, sha256: str) -> None:
    """Note the SHA-256 of a file that had none yet: its content does not change by that."""
    await session.exec(
        update(EvidenceRow)
        .where(col(EvidenceRow.id) == proof_id, col(EvidenceRow.sha256).is_(None))
        .values(sha256=sha256)
    )
