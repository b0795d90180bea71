"""Parts, the reports about them and their evidence."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import case, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.records import Report
from bot.domain.states import FALLEN, PlanState, ReportState
from bot.domain.status import CLOSED, OWED, Progress
from bot.domain.work import Duty, Part
from storage.models import (
    DeadlineRow,
    EvidenceRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PersonRow,
    PlanRow,
    ReportRow,
    UnitRow,
)
from storage.proofs import evidence_counts
from storage.rows import PartKey, identity

# How many values one statement may name.
MOST_IDS = 5000


@cache
def _select_parts() -> Any:
    has_evidence = (
        exists()
        .where(col(EvidenceRow.part_id) == col(PartRow.id), evidence_counts())
        .correlate(PartRow)
        .label("has_evidence")
    )
    lead = aliased(PartRow)
    leads_open = (
        exists()
        .where(
            col(lead.occurrence_id) == col(PartRow.occurrence_id),
            col(lead.duty) != Duty.COOPERATE,
            col(lead.progress).not_in(tuple(CLOSED)),
        )
        .correlate(PartRow)
        .label("leads_open")
    )
    return (
        select(  # type: ignore[call-overload]
            PartRow,
            OccurrenceRow,
            ItemRow.id,
            ItemRow.code,
            # Of what is secret only its code is shown anywhere.
            case((col(ItemRow.secret), ""), else_=col(ItemRow.title)),
            ItemRow.secret,
            DeadlineRow.kind,
            DeadlineRow.value,
            PlanRow.id,
            PlanRow.weekend,
            PlanRow.activated_at,
            UnitRow.name,
            has_evidence,
            leads_open,
        )
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(DeadlineRow, col(DeadlineRow.id) == col(OccurrenceRow.deadline_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PartRow.unit_id))
    )


def _part(row: Any) -> Part:
    part, occurrence, item_id, code, title, secret, kind, value, *rest = row
    plan_id, weekend, activated, unit, has, leads = rest
    return Part(
        id=identity(part.id),
        occurrence_id=identity(occurrence.id),
        item_id=item_id,
        plan_id=plan_id,
        code=code,
        title=title,
        unit_id=part.unit_id,
        unit=unit or "",
        duty=part.duty,
        progress=part.progress,
        kind=kind,
        phrase=str(value.get("text", "")),
        due=part.extended_due or occurrence.due,
        start=occurrence.start,
        original_due=occurrence.original_due,
        # Another date that was granted is not "trước" a day any more.
        before=occurrence.before and part.extended_due is None,
        weekend=weekend,
        label=str(value.get("label", "")),
        submitted_at=part.submitted_at,
        unsettled=occurrence.unsettled,
        activated_on=local_day(activated) if activated else None,
        has_evidence=bool(has),
        assignee_id=part.assignee_id,
        decision=part.decision or "",
        leads_open=bool(leads),
        event_on=occurrence.event_on,
        event=occurrence.event or "",
        secret=secret,
    )


async def open_parts(
    session: AsyncSession, office_id: int, *, unit_ids: frozenset[int] | None = None
) -> list[Part]:
    """Return the parts of active plans that are owed, await an event or a confirmation.

    `unit_ids` None: of all units, and what nobody is assigned to.
    """
    wanted = [*OWED, Progress.AWAITING_CONFIRMATION, Progress.WAITING_EVENT]
    statement = _select_parts().where(
        PartRow.office_id == office_id,
        col(PartRow.progress).in_(wanted),
        PlanRow.state == PlanState.ACTIVE,
    )
    if unit_ids is not None:
        statement = statement.where(col(PartRow.unit_id).in_(unit_ids))
    return [_part(row) for row in await session.exec(statement)]


async def parts_where(session: AsyncSession, *conditions: Any) -> list[Part]:
    """Return the parts that meet conditions on the joined tables, by their ids."""
    statement = _select_parts().where(*conditions).order_by(col(PartRow.id))
    return [_part(row) for row in await session.exec(statement)]


async def parts_of_item(session: AsyncSession, item_id: int) -> list[Part]:
    """Return all parts of an item, whatever their state."""
    statement = _select_parts().where(ItemRow.id == item_id).order_by(col(PartRow.id))
    return [_part(row) for row in await session.exec(statement)]


async def parts_of_plan(session: AsyncSession, plan_id: int) -> list[Part]:
    """Return all parts of a plan's items, whatever their state."""
    statement = _select_parts().where(
        ItemRow.plan_id == plan_id, col(ItemRow.removed_at).is_(None)
    )
    return [_part(row) for row in await session.exec(statement.order_by(col(PartRow.id)))]


async def parts_with_ids(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, Part]:
    """Return parts by their ids."""
    found: dict[int, Part] = {}
    for start in range(0, len(part_ids), MOST_IDS):
        some = part_ids[start : start + MOST_IDS]
        for row in await session.exec(_select_parts().where(col(PartRow.id).in_(some))):
            part = _part(row)
            found[part.id] = part
    return found


async def parts_of_items(session: AsyncSession, item_ids: Sequence[int]) -> dict[int, list[Part]]:
    """Return all parts of items, whatever their state, by item."""
    found: dict[int, list[Part]] = {}
    for start in range(0, len(item_ids), MOST_IDS):
        some = item_ids[start : start + MOST_IDS]
        statement = _select_parts().where(col(ItemRow.id).in_(some)).order_by(col(PartRow.id))
        for row in await session.exec(statement):
            part = _part(row)
            found.setdefault(part.item_id, []).append(part)
    return found


async def find_part(session: AsyncSession, office_id: int, part_id: int) -> Part | None:
    """Return a part of the office."""
    statement = _select_parts().where(PartRow.id == part_id, PartRow.office_id == office_id)
    row = (await session.exec(statement)).first()
    return None if row is None else _part(row)


async def part_key(session: AsyncSession, part_id: int) -> PartKey:
    """Return what must be known of a part to change it."""
    part, occurrence, item, plan = (
        await session.exec(
            select(PartRow, OccurrenceRow, ItemRow, PlanRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
            .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
            .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
            .where(PartRow.id == part_id)
        )
    ).one()
    return PartKey(
        identity(part.id),
        part.office_id,
        identity(item.id),
        identity(occurrence.id),
        identity(plan.id),
        part.unit_id,
        part.progress,
        plan.confirmation,
    )


async def change_progress(
    session: AsyncSession,
    part_id: int,
    before: Progress,
    after: Progress,
    *,
    submitted_at: dt.datetime | None,
) -> bool:
    """Move a part from `before` to `after`; return False when it was not in `before`."""
    done = await session.exec(
        update(PartRow)
        .where(col(PartRow.id) == part_id, col(PartRow.progress) == before)
        .values(progress=after, submitted_at=submitted_at)
    )
    return bool(done.rowcount == 1)


async def note_decision(session: AsyncSession, part_id: int, decision: str) -> None:
    """Record the decision that a part's closing rests on."""
    await session.exec(update(PartRow).where(col(PartRow.id) == part_id).values(decision=decision))


async def settle(session: AsyncSession, occurrence_id: int) -> bool:
    """Settle an occurrence that was past at activation; return False when it was settled."""
    done = await session.exec(
        update(OccurrenceRow)
        .where(col(OccurrenceRow.id) == occurrence_id, col(OccurrenceRow.unsettled).is_(True))
        .values(unsettled=False)
    )
    return bool(done.rowcount == 1)


async def find_report(session: AsyncSession, office_id: int, report_id: int) -> Report | None:
    """Return a report of the office."""
    return await _report(session, ReportRow.id == report_id, ReportRow.office_id == office_id)


async def standing_report(session: AsyncSession, part_id: int) -> Report | None:
    """Return the report of a part that awaits a decision or was accepted."""
    return await _report(
        session, ReportRow.part_id == part_id, col(ReportRow.state).not_in(FALLEN)
    )


async def last_return(session: AsyncSession, part_id: int) -> Report | None:
    """Return the latest report of a part that was returned."""
    return await _report(
        session, ReportRow.part_id == part_id, ReportRow.state == ReportState.RETURNED
    )


async def _report(session: AsyncSession, *conditions: Any) -> Report | None:
    row = (
        await session.exec(
            select(ReportRow, PersonRow.name)
            .join(PersonRow, col(PersonRow.id) == col(ReportRow.person_id))
            .where(*conditions)
            .order_by(col(ReportRow.id).desc())
        )
    ).first()
    if row is None:
        return None
    report, person = row
    decider = None
    if report.decided_by is not None:
        decider = (
            await session.exec(select(PersonRow.name).where(PersonRow.id == report.decided_by))
        ).one()
    return Report(
        identity(report.id),
        report.office_id,
        report.part_id,
        report.person_id,
        person,
        report.note,
        report.state,
        report.submitted_at,
        report.decided_at,
        decider,
        report.reason,
        report.self_confirmed,
        report.on_behalf,
        tuple(report.products or ()),
        report.outside_done,
        report.decided_by,
    )


async def decide_report(
    session: AsyncSession,
    report_id: int,
    state: ReportState,
    decided_by: int,
    now: dt.datetime,
    *,
    reason: str | None = None,
) -> bool:
    """Accept or return a report that awaits it; return False when it was decided before."""
    done = await session.exec(
        update(ReportRow)
        .where(col(ReportRow.id) == report_id, col(ReportRow.state) == ReportState.AWAITING)
        .values(state=state, decided_by=decided_by, decided_at=now, reason=reason)
    )
    return bool(done.rowcount == 1)
