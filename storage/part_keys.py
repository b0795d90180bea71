"""Parts as keys: the few columns that place them in lists, for tens of thousands at once."""

import datetime as dt
from typing import Any

from sqlalchemy import case, exists, func, literal, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.listing import Key
from bot.domain.states import OPEN_REQUESTS, PlanState
from bot.domain.status import CLOSED, OWED, Progress
from bot.domain.work import Duty
from storage.models import (
    DeadlineRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
)
from storage.proofs import evidence_counts

OPEN = (*OWED, Progress.AWAITING_CONFIRMATION, Progress.WAITING_EVENT)
Units = frozenset[int] | None

_DUE = func.coalesce(col(PartRow.extended_due), col(OccurrenceRow.due))


def _leads_open() -> Any:
    lead = aliased(PartRow)
    some_open = (
        exists()
        .where(
            col(lead.occurrence_id) == col(PartRow.occurrence_id),
            col(lead.duty) != Duty.COOPERATE,
            col(lead.progress).not_in(tuple(CLOSED)),
        )
        .correlate(PartRow)
    )
    # Only of who cooperates is it asked.
    return case((col(PartRow.duty) != Duty.COOPERATE, true()), else_=some_open)


def _statement(office_id: int, units: Units, *conditions: Any) -> Any:
    statement = (
        select(  # type: ignore[call-overload, misc]
            PartRow.id,
            OccurrenceRow.item_id,
            OccurrenceRow.deadline_id,
            ItemRow.plan_id,
            PartRow.unit_id,
            PartRow.duty,
            PartRow.progress,
            DeadlineRow.kind,
            PartRow.extended_due,
            OccurrenceRow.due,
            OccurrenceRow.before,
            OccurrenceRow.unsettled,
            _leads_open(),
            PartRow.submitted_at,
            case((_DUE.is_(None), col(ItemRow.added_at)), else_=literal(None)),
            PartRow.occurrence_id,
        )
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(DeadlineRow, col(DeadlineRow.id) == col(OccurrenceRow.deadline_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(PartRow.office_id == office_id, *conditions)
    )
    return statement if units is None else statement.where(col(PartRow.unit_id).in_(units))


async def _keys(
    session: AsyncSession,
    office_id: int,
    units: Units,
    *conditions: Any,
    states: tuple[PlanState, ...] = (PlanState.ACTIVE,),
) -> list[Key]:
    plans = {
        row.id: row
        for row in await session.exec(
            select(PlanRow).where(PlanRow.office_id == office_id, col(PlanRow.state).in_(states))
        )
    }
    active = col(ItemRow.plan_id).in_(plans)
    found: list[Key] = []
    for row in await session.exec(_statement(office_id, units, active, *conditions)):
        (part_id, item_id, deadline_id, plan_id, unit_id, duty, progress, kind) = row[:8]
        extended, due, before, unsettled, leads, submitted, added, occurrence_id = row[8:]
        plan = plans[plan_id]
        since = added or plan.activated_at if due is None else None
        found.append(
            Key(
                part_id,
                item_id,
                deadline_id,
                plan_id,
                unit_id,
                duty,
                progress,
                kind,
                extended or due,
                before and extended is None,
                plan.weekend,
                unsettled,
                bool(leads),
                submitted,
                local_day(since) if since else None,
                occurrence_id,
            )
        )
    return found


async def open_keys(session: AsyncSession, office_id: int, units: Units) -> list[Key]:
    """Return what is owed, awaits its event or a confirmation; `units` None: of all units."""
    return await _keys(session, office_id, units, col(PartRow.progress).in_(OPEN))


async def due_keys(
    session: AsyncSession, office_id: int, units: Units, first: dt.date, last: dt.date
) -> list[Key]:
    """Return what is owed and due from `first` to `last`, both inclusive."""
    return await _keys(
        session, office_id, units, col(PartRow.progress).in_(OWED), _DUE.between(first, last)
    )


async def past_keys(
    session: AsyncSession, office_id: int, units: Units, today: dt.date
) -> list[Key]:
    """Return what is owed and was due before the local day `today`."""
    return await _keys(session, office_id, units, col(PartRow.progress).in_(OWED), today > _DUE)


async def awaiting_keys(session: AsyncSession, office_id: int, units: Units) -> list[Key]:
    """Return what was reported and waits for Văn phòng, also since before its plan was closed."""
    waits = PartRow.progress == Progress.AWAITING_CONFIRMATION
    states = (PlanState.ACTIVE, PlanState.CLOSED)
    return await _keys(session, office_id, units, waits, states=states)


async def asked_keys(session: AsyncSession, office_id: int, units: Units) -> list[Key]:
    """Return the parts with a request for another date that somebody still has to decide."""
    asked = (
        exists()
        .where(
            col(ExtensionRow.part_id) == col(PartRow.id),
            col(ExtensionRow.state).in_(OPEN_REQUESTS),
        )
        .correlate(PartRow)
    )
    return await _keys(session, office_id, units, asked)


async def unproven_keys(session: AsyncSession, office_id: int, units: Units) -> list[Key]:
    """Return what was reported complete without anything that proves it."""
    reported = (Progress.AWAITING_CONFIRMATION, Progress.DONE)
    proven = (
        exists()
        .where(col(EvidenceRow.part_id) == col(PartRow.id), evidence_counts())
        .correlate(PartRow)
    )
    return await _keys(
        session,
        office_id,
        units,
        col(PartRow.progress).in_(reported),
        col(PartRow.submitted_at).is_not(None),
        ~proven,
    )


async def undated_keys(session: AsyncSession, office_id: int, units: Units) -> list[Key]:
    """Return what is owed, or awaits its event, and has no date."""
    owed = (*OWED, Progress.WAITING_EVENT)
    return await _keys(session, office_id, units, col(PartRow.progress).in_(owed), _DUE.is_(None))
