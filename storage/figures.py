"""The facts behind a period's figures, as they stood at an instant.

A fixed number of queries over columns, never rows as objects: a year of an office has tens of
thousands of parts.
"""

import datetime as dt
from collections import Counter
from typing import Any

from sqlalchemy import exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.states import FALLEN, ExtensionState, PlanState, ReportState
from bot.domain.status import Progress
from bot.domain.tally import PartFact
from storage.extensions import granted_day
from storage.models import (
    AuditRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    ReportRow,
    UnitRow,
)

# What a unit says of its own part; evidence and difficulties are counted by their rows.
UNITS_ACTS = ("part.report", "part.hand", "extension.request", "extension.withdraw")


async def part_facts(
    session: AsyncSession,
    office_id: int,
    begun: dt.datetime,
    last: dt.date,
    as_of: dt.datetime,
    known: dt.datetime,
) -> list[PartFact]:
    """Return the parts that figures up to the local day `last` may count, as they stood `as_of`.

    `begun` is the instant from which extensions, returns and acts are of the period. Reports and
    evidence count from before `as_of`, what Văn phòng decided about them from before `known`. Left
    out are drafts, what is no longer carried out, and what was past at activation and set aside.
    """
    reported = await _reports(session, office_id, as_of, known)
    moved = await _extensions(session, office_id)
    returns = await _per_part(
        session,
        ReportRow.part_id,
        ReportRow.office_id == office_id,
        ReportRow.state == ReportState.RETURNED,
        col(ReportRow.decided_at) >= begun,
        col(ReportRow.decided_at) < as_of,
    )
    acted = await _updated(session, office_id, begun, as_of)
    proven = await _proven(session, office_id, as_of)
    facts = []
    for row in await session.exec(_parts(office_id, begun, last, as_of)):
        part_id, occurrence_id, unit_id, unit, duty, due, original, before, rule, closed, plan = (
            row
        )
        submitted, accepted, returned = reported.get(part_id, NO_REPORT)
        closed = closed if closed and closed < as_of else None
        approved, count = _moved(moved.get(part_id, ()), begun, as_of, known)
        facts.append(
            PartFact(
                part_id,
                occurrence_id,
                unit_id,
                unit or "",
                duty,
                approved or due,
                original or due,
                before,
                rule,
                local_day(submitted) if submitted else None,
                accepted is not None,
                submitted is not None and part_id not in proven,
                count,
                returns[part_id],
                acted[part_id] > 0,
                approved is not None,
                local_day(accepted) if accepted else None,
                local_day(closed) if closed else None,
                plan,
                bool(closed and returned and returned >= closed),
            )
        )
    return facts


def _parts(office_id: int, begun: dt.datetime, last: dt.date, as_of: dt.datetime) -> Any:
    returned = select(ReportRow.part_id).where(
        ReportRow.office_id == office_id,
        ReportRow.state == ReportState.RETURNED,
        col(ReportRow.decided_at) >= begun,
        col(ReportRow.decided_at) < as_of,
    )
    return (
        select(  # type: ignore[call-overload, misc]
            PartRow.id,
            PartRow.occurrence_id,
            PartRow.unit_id,
            UnitRow.name,
            PartRow.duty,
            OccurrenceRow.due,
            OccurrenceRow.original_due,
            OccurrenceRow.before,
            PlanRow.weekend,
            PlanRow.closed_at,
            PlanRow.id,
        )
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PartRow.unit_id))
        .where(
            PartRow.office_id == office_id,
            PlanRow.state != PlanState.DRAFT,
            col(PlanRow.activated_at) < as_of,
            # A due day that moved may lie on either side of the last day: its first date, the
            # plan's and the one that was granted each bring it in.
            or_(
                col(OccurrenceRow.due).is_(None),
                col(OccurrenceRow.original_due) <= last,
                col(OccurrenceRow.due) <= last,
                # Also what was put off or returned in the period, wherever its day lies.
                col(PartRow.extended_due).is_not(None),
                col(PartRow.id).in_(returned),
            ),
            PartRow.progress != Progress.DROPPED,
            # Done before the plan was followed here: nobody reported it.
            or_(col(PartRow.progress) != Progress.DONE, col(PartRow.submitted_at).is_not(None)),
            col(OccurrenceRow.unsettled).is_(False),
        )
        .order_by(col(UnitRow.position), col(PartRow.id))
    )


Reported = tuple[dt.datetime | None, dt.datetime | None, dt.datetime | None]
NO_REPORT: Reported = (None, None, None)


async def _reports(
    session: AsyncSession, office_id: int, as_of: dt.datetime, known: dt.datetime
) -> dict[int, Reported]:
    """Return (submitted, accepted, returned) of each part's last report of before `as_of`.

    The first two are None where it was returned: none stands then. One that was returned after
    `known` stood then; one accepted after it awaited its decision.
    """
    rows = await session.exec(
        select(ReportRow.part_id, ReportRow.submitted_at, ReportRow.state, ReportRow.decided_at)
        .where(
            ReportRow.office_id == office_id,
            ReportRow.state != ReportState.WITHDRAWN,
            col(ReportRow.submitted_at) < as_of,
        )
        .order_by(col(ReportRow.id))
    )
    found: dict[int, Reported] = {}
    for part_id, submitted, state, decided in rows:
        decided_then = decided is not None and decided < known
        if state is ReportState.RETURNED and decided_then:
            found[part_id] = (None, None, decided)
        else:
            accepted = state is ReportState.ACCEPTED and decided_then
            found[part_id] = (submitted, decided if accepted else None, None)
    return found


Move = tuple[dt.datetime, dt.datetime, dt.date]


async def _extensions(session: AsyncSession, office_id: int) -> dict[int, list[Move]]:
    """Return (asked, approved, to which day) of the extensions of each part, the oldest first."""
    rows = await session.exec(
        select(
            col(ExtensionRow.part_id),
            col(ExtensionRow.requested_at),
            col(ExtensionRow.decided_at),
            granted_day(),
        )
        .where(ExtensionRow.office_id == office_id, ExtensionRow.state == ExtensionState.APPROVED)
        .order_by(col(ExtensionRow.id))
    )
    found: dict[int, list[Move]] = {}
    for part_id, asked, decided, granted in rows:
        if decided is not None:
            found.setdefault(part_id, []).append((asked, decided, granted))
    return found


def _moved(
    moves: list[Move] | tuple[()], begun: dt.datetime, as_of: dt.datetime, known: dt.datetime
) -> tuple[dt.date | None, int]:
    """Return the day approved by `known` of what was asked for before `as_of`, and the count.

    Only approvals of the period are counted: one of later is a later period's, even where a
    correction knows of it.
    """
    then = [move for move in moves if move[0] < as_of and move[1] < known]
    count = sum(begun <= decided < as_of for _, decided, _ in then)
    return (then[-1][2] if then else None), count


async def _updated(
    session: AsyncSession, office_id: int, begun: dt.datetime, as_of: dt.datetime
) -> Counter[int]:
    """Return how often a unit said something of each part: reported, asked, proved, was stuck."""
    found = await _per_part(
        session,
        AuditRow.subject_id,
        AuditRow.office_id == office_id,
        AuditRow.subject == "part",
        col(AuditRow.act).in_(UNITS_ACTS),
        col(AuditRow.at) >= begun,
        col(AuditRow.at) < as_of,
    )
    for table, at in (
        (EvidenceRow, EvidenceRow.received_at),
        (DifficultyRow, DifficultyRow.raised_at),
    ):
        found += await _per_part(
            session,
            table.part_id,
            table.office_id == office_id,
            col(at) >= begun,
            col(at) < as_of,
        )
    return found


async def _per_part(session: AsyncSession, key: Any, *conditions: Any) -> Counter[int]:
    rows = await session.exec(select(key, func.count()).where(*conditions).group_by(key))
    return Counter(dict(rows.all()))


async def _proven(session: AsyncSession, office_id: int, as_of: dt.datetime) -> set[int]:
    """Return the parts with evidence that counted at `as_of`, as far as their reports stand."""
    newer = aliased(EvidenceRow)
    replaced = exists().where(
        col(newer.replaces_id) == col(EvidenceRow.id), col(newer.received_at) < as_of
    )
    fallen = select(col(ReportRow.id)).where(col(ReportRow.state).in_(FALLEN))
    removed = col(EvidenceRow.removed_at)
    rows = await session.exec(
        select(EvidenceRow.part_id)
        .where(
            EvidenceRow.office_id == office_id,
            col(EvidenceRow.received_at) < as_of,
            or_(removed.is_(None), removed >= as_of),
            or_(col(EvidenceRow.report_id).is_(None), col(EvidenceRow.report_id).not_in(fallen)),
            ~replaced.correlate(EvidenceRow),
        )
        .distinct()
    )
    return set(rows.all())


async def first_activation(session: AsyncSession, office_id: int) -> dt.datetime | None:
    """Return when the office's first plan was activated."""
    statement = select(func.min(PlanRow.activated_at)).where(PlanRow.office_id == office_id)
    return (await session.exec(statement)).one()
