"""Messages that ask for a confirmation, so that they can be edited when the evidence changes."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.states import ReportState
from storage.audit import newest_entry
from storage.models import AuditRow, EvidenceRow, OutboxRow, ReportRow
from storage.outbox_claims import owed_value
from storage.rows import Owed

# A report's own proofs come with the question itself.
CHANGES = ("evidence.add", "evidence.correct", "evidence.remove", "undo")


async def asked_of_changed(
    session: AsyncSession, audit_id: int, most: int
) -> tuple[int, list[Owed]]:
    """Return (newest entry looked at, questions sent about reports whose evidence changed since).

    Only of reports that still await a decision. At most `most` entries are looked at.
    """
    newest = await newest_entry(session)
    entries = (
        await session.exec(
            select(AuditRow.id, AuditRow.subject_id)
            .where(
                col(AuditRow.id) > audit_id,
                AuditRow.subject == "evidence",
                col(AuditRow.act).in_(CHANGES),
            )
            .order_by(col(AuditRow.id))
            .limit(most)
        )
    ).all()
    if not entries:
        return newest, []
    if len(entries) == most:
        newest = entries[-1][0] or audit_id
    part_ids = select(col(EvidenceRow.part_id)).where(
        col(EvidenceRow.id).in_({subject_id for _, subject_id in entries})
    )
    rows = await session.exec(
        select(OutboxRow)
        .join(ReportRow, col(ReportRow.id) == col(OutboxRow.subject_id))
        .where(
            OutboxRow.kind == OutboxKind.CONFIRM,
            OutboxRow.state == OutboxState.SENT,
            ReportRow.state == ReportState.AWAITING,
            col(ReportRow.part_id).in_(part_ids),
        )
        .order_by(col(OutboxRow.id))
    )
    return newest, [await owed_value(session, row) for row in rows.all()]
