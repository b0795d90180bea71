"""Reports and proofs that are being put together; one per part, person and purpose."""

import datetime as dt
from typing import Any

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.report_draft import (
    Draft,
    DraftPurpose,
    Panel,
    evidence_from_json,
    evidence_to_json,
)
from storage.models import (
    EvidenceRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PersonRow,
    ReportDraftRow,
)
from storage.rows import identity
from storage.upsert import insert_into


def _draft(row: ReportDraftRow, person: str) -> Draft:
    panel = row.panel
    return Draft(
        identity(row.id),
        row.office_id,
        row.part_id,
        row.person_id,
        person,
        row.note,
        tuple(row.products),
        tuple(map(evidence_from_json, row.proofs)),
        row.outside_done,
        row.doubtful,
        row.prepared_at,
        Panel(panel["chat"], panel["message"], panel.get("album")) if panel else None,
        row.purpose,
        row.replaces_id,
    )


async def _one(session: AsyncSession, *conditions: Any) -> Draft | None:
    row = (
        await session.exec(
            select(ReportDraftRow, PersonRow.name)
            .join(PersonRow, col(PersonRow.id) == col(ReportDraftRow.person_id))
            .where(*conditions)
        )
    ).first()
    return None if row is None else _draft(*row)


async def find_draft(session: AsyncSession, office_id: int, draft_id: int) -> Draft | None:
    """Return a draft of the office."""
    return await _one(
        session, ReportDraftRow.id == draft_id, ReportDraftRow.office_id == office_id
    )


async def draft_of(
    session: AsyncSession,
    part_id: int,
    person_id: int,
    purpose: DraftPurpose = DraftPurpose.REPORT,
) -> Draft | None:
    """Return somebody's draft about a part."""
    return await _one(
        session,
        ReportDraftRow.part_id == part_id,
        ReportDraftRow.person_id == person_id,
        ReportDraftRow.purpose == purpose,
    )


async def put_draft(
    session: AsyncSession,
    office_id: int,
    part_id: int,
    person_id: int,
    now: dt.datetime,
    purpose: DraftPurpose = DraftPurpose.REPORT,
) -> bool:
    """Begin a draft; return False when the person has one about this part, for this purpose."""
    done = await session.exec(
        insert_into(session, ReportDraftRow)
        .values(
            office_id=office_id,
            part_id=part_id,
            person_id=person_id,
            note="",
            products=[],
            proofs=[],
            doubtful=False,
            updated_at=now,
            purpose=purpose,
        )
        .on_conflict_do_nothing(index_elements=["part_id", "person_id", "purpose"])
    )
    return bool(done.rowcount == 1)


async def change_draft(session: AsyncSession, draft: Draft, now: dt.datetime) -> bool:
    """Keep what a draft says now; return False when it is gone."""
    done = await session.exec(
        update(ReportDraftRow)
        .where(col(ReportDraftRow.id) == draft.id)
        .values(
            person_id=draft.person_id,
            note=draft.note,
            products=list(draft.products),
            proofs=[evidence_to_json(proof) for proof in draft.proofs],
            outside_done=draft.outside_done,
            doubtful=draft.doubtful,
            prepared_at=draft.prepared_at,
            replaces_id=draft.replaces_id,
            updated_at=now,
        )
    )
    return bool(done.rowcount == 1)


async def place_panel(session: AsyncSession, draft_id: int, panel: Panel) -> None:
    """Remember which message shows a draft."""
    value = {"chat": panel.chat_id, "message": panel.message_id, "album": panel.album}
    await session.exec(
        update(ReportDraftRow).where(col(ReportDraftRow.id) == draft_id).values(panel=value)
    )


async def mark_prepared(
    session: AsyncSession, draft_id: int, prepared_at: dt.datetime | None
) -> None:
    """Record that staff handed a draft to the head, or (None) that it was given back."""
    await session.exec(
        update(ReportDraftRow)
        .where(col(ReportDraftRow.id) == draft_id)
        .values(prepared_at=prepared_at)
    )


async def drop_draft(session: AsyncSession, draft_id: int) -> bool:
    """Forget a draft; return False when it was gone."""
    done = await session.exec(delete(ReportDraftRow).where(col(ReportDraftRow.id) == draft_id))
    return bool(done.rowcount == 1)


async def drop_draft_of(session: AsyncSession, part_id: int, person_id: int) -> None:
    """Forget somebody's draft of a report about a part that this person reported."""
    await session.exec(
        delete(ReportDraftRow).where(
            col(ReportDraftRow.part_id) == part_id,
            col(ReportDraftRow.person_id) == person_id,
            col(ReportDraftRow.purpose) == DraftPurpose.REPORT,
        )
    )


async def item_of_part(session: AsyncSession, part_id: int) -> tuple[int, str, bool]:
    """Return (plan, product text, whether it has secret documents) of a part's item."""
    plan_id, product, secret = (
        await session.exec(
            select(ItemRow.plan_id, ItemRow.product, ItemRow.secret)
            .join(OccurrenceRow, col(OccurrenceRow.item_id) == col(ItemRow.id))
            .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
            .where(PartRow.id == part_id)
        )
    ).one()
    return plan_id, product, secret


async def is_used(session: AsyncSession, sha256: str) -> bool:
    """Tell whether some proof rests on a file's content."""
    kept = await session.exec(select(EvidenceRow.id).where(EvidenceRow.sha256 == sha256).limit(1))
    if kept.first() is not None:
        return True
    drafts = await session.exec(select(ReportDraftRow.proofs))
    return any(proof.get("sha256") == sha256 for proofs in drafts for proof in proofs)
