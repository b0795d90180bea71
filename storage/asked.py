"""Messages that ask for a decision, to be edited when what they ask about changes."""

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.states import ExtensionState, ReportState
from storage.audit import newest_entry
from storage.models import AuditRow, EvidenceRow, OutboxRow, ReportRow
from storage.outbox_claims import owed_value
from storage.rows import Owed

SUBJECTS = ("evidence", "report", "part", "extension", "difficulty")
# With these comes the question itself.
NEW = ("part.report", "extension.request", "difficulty.raise")
# A word about a request asks something only while the request is in this state.
ASKS = {
    OutboxKind.EXTENSION: ExtensionState.REQUESTED,
    OutboxKind.EXTENSION_ANSWER: ExtensionState.COUNTERED,
}


async def asked_of_changed(
    session: AsyncSession, audit_id: int, most: int
) -> tuple[int, list[Owed]]:
    """Return (newest entry looked at, questions sent about what has changed since).

    Questions about a report that was decided or taken back, or of which the evidence or the part
    changed while it awaits a decision; about requests for another date; and about difficulties. At
    most `most` entries are looked at.
    """
    newest = await newest_entry(session)
    entries = (
        await session.exec(
            select(AuditRow.id, AuditRow.subject, AuditRow.subject_id)
            .where(
                col(AuditRow.id) > audit_id,
                col(AuditRow.subject).in_(SUBJECTS),
                col(AuditRow.act).not_in(NEW),
            )
            .order_by(col(AuditRow.id))
            .limit(most)
        )
    ).all()
    if not entries:
        return newest, []
    if len(entries) == most:
        newest = entries[-1][0] or audit_id
    ids: dict[str, set[int]] = {subject: set() for subject in SUBJECTS}
    for _, subject, subject_id in entries:
        ids[subject].add(subject_id)
    return newest, await _questions(session, ids)


async def _questions(session: AsyncSession, ids: dict[str, set[int]]) -> list[Owed]:
    """Return the questions sent about rows, by the names of their tables."""
    proven = select(col(EvidenceRow.part_id)).where(col(EvidenceRow.id).in_(ids["evidence"]))
    of_part = or_(col(ReportRow.part_id).in_(ids["part"]), col(ReportRow.part_id).in_(proven))
    reports = select(col(ReportRow.id)).where(
        or_(
            col(ReportRow.id).in_(ids["report"]),
            and_(of_part, col(ReportRow.state) == ReportState.AWAITING),
        )
    )
    rows = await session.exec(
        select(OutboxRow)
        .where(
            OutboxRow.state == OutboxState.SENT,
            or_(
                and_(
                    col(OutboxRow.kind) == OutboxKind.CONFIRM,
                    col(OutboxRow.subject_id).in_(reports),
                ),
                and_(
                    col(OutboxRow.kind).in_(ASKS),
                    col(OutboxRow.subject_id).in_(ids["extension"]),
                ),
                and_(
                    col(OutboxRow.kind) == OutboxKind.DIFFICULTY,
                    col(OutboxRow.subject_id).in_(ids["difficulty"]),
                ),
            ),
        )
        .order_by(col(OutboxRow.id))
    )
    return [await owed_value(session, row) for row in rows.all() if _asks(row)]


def _asks(row: OutboxRow) -> bool:
    state = ASKS.get(row.kind)
    return state is None or (row.payload or {}).get("state") == state
