"""Proofs of parts: their versions, which of them count, adding one and taking one out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.evidence import Evidence
from bot.domain.kept_proofs import Fate, KeptProof
from bot.domain.states import FALLEN, ReportState
from storage.audit import Act, record
from storage.audit_rows import insert_row
from storage.audit_values import columns
from storage.models import EvidenceRow, PersonRow, ReportRow
from storage.rows import identity


def evidence_counts() -> Any:
    """Return the condition that evidence counts: a returned report is as if not made.

    Of several versions only the newest does, and what was taken out does not.
    """
    newer = aliased(EvidenceRow)
    replaced = exists().where(col(newer.replaces_id) == col(EvidenceRow.id)).correlate(EvidenceRow)
    returned = select(col(ReportRow.id)).where(col(ReportRow.state).in_(FALLEN))
    standing = or_(
        col(EvidenceRow.report_id).is_(None), col(EvidenceRow.report_id).not_in(returned)
    )
    return and_(standing, ~replaced, col(EvidenceRow.removed_at).is_(None))


async def proofs_of(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, list[KeptProof]]:
    """Return every proof of parts, oldest first, whatever became of it, by part."""
    accepted = aliased(ReportRow)
    rows = await session.exec(
        select(EvidenceRow, PersonRow.name, ReportRow.state, accepted.decided_at)
        .join(PersonRow, col(PersonRow.id) == col(EvidenceRow.person_id))
        .outerjoin(ReportRow, col(ReportRow.id) == col(EvidenceRow.report_id))
        .outerjoin(
            accepted,
            and_(
                col(accepted.part_id) == col(EvidenceRow.part_id),
                col(accepted.state) == ReportState.ACCEPTED,
                # Where nobody has to confirm, nothing comes after the confirmation.
                or_(col(accepted.decided_by).is_not(None), col(accepted.self_confirmed)),
            ),
        )
        .where(col(EvidenceRow.part_id).in_(part_ids))
        .order_by(col(EvidenceRow.id))
    )
    found: dict[int, list[KeptProof]] = {}
    for row, person, state, decided_at in rows:
        late = decided_at is not None and row.received_at > decided_at
        found.setdefault(row.part_id, []).append(_kept(row, person, state, late=late))
    return {part_id: _versioned(kept) for part_id, kept in found.items()}


def _kept(row: EvidenceRow, person: str, state: Any, *, late: bool) -> KeptProof:
    fate = Fate.FALLEN if state in FALLEN else Fate.COUNTS
    if row.removed_at is not None:
        fate = Fate.REMOVED
    return KeptProof(
        identity(row.id),
        row.part_id,
        replace(_evidence(row), late=late),
        row.person_id,
        person,
        row.on_behalf,
        row.received_at,
        fate,
        row.report_id,
        row.replaces_id,
        row.removed_at,
    )


def _versioned(kept: Iterable[KeptProof]) -> list[KeptProof]:
    """Return proofs, oldest first, with the number of each one's version."""
    found: dict[int, KeptProof] = {}
    for proof in kept:
        older = found.get(proof.replaces_id or 0)
        if older is not None:
            version = older.evidence.version + 1
            proof = replace(proof, evidence=replace(proof.evidence, version=version))
            found[older.id] = replace(older, fate=Fate.REPLACED)
        found[proof.id] = proof
    return list(found.values())


def _evidence(row: EvidenceRow) -> Evidence:
    return Evidence(
        row.kind,
        row.url,
        row.number,
        row.dated_on,
        row.place,
        row.file_id,
        row.file_name,
        row.file_size,
        row.sha256,
        row.photo,
    )


async def evidence_of(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, list[Evidence]]:
    """Return the proofs of the parts that count, oldest first."""
    found = await proofs_of(session, part_ids)
    counting = {key: [one.evidence for one in kept if one.counts] for key, kept in found.items()}
    return {key: proofs for key, proofs in counting.items() if proofs}


async def evidence_of_report(session: AsyncSession, report_id: int) -> list[Evidence]:
    """Return the newest versions of the proofs that came with a report, also a returned one."""
    newer = aliased(EvidenceRow)
    replaced = exists().where(col(newer.replaces_id) == col(EvidenceRow.id)).correlate(EvidenceRow)
    rows = await session.exec(
        select(EvidenceRow)
        .where(
            EvidenceRow.report_id == report_id, ~replaced, col(EvidenceRow.removed_at).is_(None)
        )
        .order_by(col(EvidenceRow.id))
    )
    return [_evidence(row) for row in rows]


async def find_proof(
    session: AsyncSession, office_id: int, proof_id: int
) -> tuple[KeptProof, list[KeptProof]] | None:
    """Return a proof of the office with all of its part's, None when there is none."""
    row = (
        await session.exec(
            select(EvidenceRow.part_id).where(
                EvidenceRow.id == proof_id, EvidenceRow.office_id == office_id
            )
        )
    ).first()
    if row is None:
        return None
    kept = (await proofs_of(session, [row]))[row]
    return next(one for one in kept if one.id == proof_id), kept


async def add_proof(
    session: AsyncSession,
    act: Act,
    name: str,
    part_id: int,
    evidence: Evidence,
    *,
    report_id: int | None,
    on_behalf: bool = False,
    replaces_id: int | None = None,
) -> int:
    """Add a proof to a part and record it under `name`; return its id.

    It comes with a report, without one, or in place of an older version.
    """
    assert act.person_id is not None  # only registered people add proofs
    row = EvidenceRow(
        office_id=act.office_id,
        part_id=part_id,
        report_id=report_id,
        person_id=act.person_id,
        kind=evidence.kind,
        url=evidence.url,
        number=evidence.number,
        dated_on=evidence.dated_on,
        place=evidence.place,
        file_id=evidence.file_id,
        file_name=evidence.file_name,
        file_size=evidence.file_size,
        sha256=evidence.sha256,
        replaces_id=replaces_id,
        photo=evidence.photo,
        on_behalf=on_behalf,
        received_at=act.now,
    )
    return await insert_row(session, act, name, row)


async def take_out(session: AsyncSession, act: Act, proof_id: int) -> bool:
    """Let a proof count no more and record it; return False when it was taken out before."""
    done = await session.exec(
        update(EvidenceRow)
        .where(col(EvidenceRow.id) == proof_id, col(EvidenceRow.removed_at).is_(None))
        .values(removed_at=act.now)
    )
    if done.rowcount != 1:
        return False
    await record(
        session,
        act,
        "evidence.remove",
        "evidence",
        proof_id,
        before=columns(removed_at=None),
        after=columns(removed_at=act.now),
    )
    return True


async def last_change(session: AsyncSession, part_id: int) -> dt.datetime | None:
    """Return when a proof of a part was last added, corrected or taken out."""
    rows = await session.exec(
        select(EvidenceRow.received_at, EvidenceRow.removed_at).where(
            EvidenceRow.part_id == part_id
        )
    )
    return max((at for pair in rows for at in pair if at is not None), default=None)
