"""What an item's card shows beside its parts, read for all parts at once."""

from collections.abc import Sequence

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.records import DifficultyFacts, ExtensionFacts, Report
from bot.domain.states import FALLEN, ReportState
from bot.domain.status import Progress
from storage.models import DifficultyRow, ExtensionRow, PersonRow, ReportRow
from storage.rows import identity


async def reports_of(
    session: AsyncSession, part_ids: Sequence[int]
) -> dict[int, tuple[Report | None, Report | None]]:
    """Return, by part, the report that awaits a decision or counts, and the last one returned."""
    decider = aliased(PersonRow)
    rows = await session.exec(
        select(ReportRow, PersonRow.name, decider.name)
        .join(PersonRow, col(PersonRow.id) == col(ReportRow.person_id))
        .outerjoin(decider, col(decider.id) == col(ReportRow.decided_by))
        .where(col(ReportRow.part_id).in_(part_ids))
        .order_by(col(ReportRow.id))
    )
    found: dict[int, tuple[Report | None, Report | None]] = {}
    for row, person, decided_by in rows:
        standing, returned = found.get(row.part_id, (None, None))
        report = Report(
            identity(row.id),
            row.office_id,
            row.part_id,
            row.person_id,
            person,
            row.note,
            row.state,
            row.submitted_at,
            row.decided_at,
            decided_by,
            row.reason,
            row.self_confirmed,
            row.on_behalf,
            tuple(row.products or ()),
            row.outside_done,
        )
        if row.state is ReportState.WITHDRAWN:
            continue
        if row.state is ReportState.RETURNED:
            returned = report
        else:
            standing = report
        found[row.part_id] = (standing, returned)
    return found


async def ticks_of(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return, by part, the places of the products that its report ticks."""
    rows = await session.exec(
        select(ReportRow.part_id, ReportRow.products).where(
            col(ReportRow.part_id).in_(part_ids), col(ReportRow.state).not_in(FALLEN)
        )
    )
    return {part_id: tuple(ticked or ()) for part_id, ticked in rows}


async def extensions_of(
    session: AsyncSession, part_ids: Sequence[int]
) -> dict[int, list[ExtensionFacts]]:
    """Return the requests for another date, by part, oldest first."""
    rows = await session.exec(
        select(ExtensionRow)
        .where(col(ExtensionRow.part_id).in_(part_ids))
        .order_by(col(ExtensionRow.id))
    )
    found: dict[int, list[ExtensionFacts]] = {}
    for row in rows:
        found.setdefault(row.part_id, []).append(
            ExtensionFacts(
                identity(row.id),
                row.part_id,
                row.requested_by,
                row.requested_at,
                row.from_due,
                row.to_due,
                row.counter_due,
                row.state,
                row.reason,
                row.progress_before is Progress.RETURNED,
            )
        )
    return found


async def difficulties_of(
    session: AsyncSession, part_ids: Sequence[int]
) -> dict[int, list[DifficultyFacts]]:
    """Return the difficulties reported, by part, oldest first."""
    rows = await session.exec(
        select(DifficultyRow)
        .where(col(DifficultyRow.part_id).in_(part_ids))
        .order_by(col(DifficultyRow.id))
    )
    found: dict[int, list[DifficultyFacts]] = {}
    for row in rows:
        still_open = row.closed_at is None and row.answer is None
        found.setdefault(row.part_id, []).append(
            DifficultyFacts(row.part_id, row.text, row.raised_at, row.answer, still_open)
        )
    return found
