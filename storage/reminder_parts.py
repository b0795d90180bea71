"""The parts that a day's reminders can be about: never all of them, each asked by an index."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxState
from bot.domain.roles import UNIT_ROLES
from bot.domain.rules import Rules, rules_from_json
from bot.domain.states import PlanState, ReportState
from bot.domain.status import OWED, Progress
from bot.domain.work import DeadlineKind, Part
from storage import offices, people
from storage.models import (
    DeadlineRow,
    ItemRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    PersonRow,
    PlanRow,
    ReminderRow,
    ReportRow,
)
from storage.parts import parts_where
from storage.rows import identity

BATCH = 400


def _due() -> Any:
    return func.coalesce(col(PartRow.extended_due), col(OccurrenceRow.due))


def _active(office_id: int, *progress: Progress) -> tuple[Any, ...]:
    return (
        PartRow.office_id == office_id,
        col(PartRow.progress).in_(progress),
        PlanRow.state == PlanState.ACTIVE,
    )


async def due_until(session: AsyncSession, office_id: int, last: dt.date) -> list[Part]:
    """Return the parts still owed whose due day is `last` or before."""
    return await parts_where(session, *_active(office_id, *OWED), _due() <= last)


async def due_between(
    session: AsyncSession, office_id: int, first: dt.date, last: dt.date
) -> list[Part]:
    """Return the parts still owed whose due day is one of `first` to `last`."""
    return await parts_where(session, *_active(office_id, *OWED), _due().between(first, last))


async def long_terms(session: AsyncSession, office_id: int, year: int) -> list[Part]:
    """Return the parts still owed whose term holds the whole of a year."""
    return await parts_where(
        session,
        *_active(office_id, *OWED),
        col(OccurrenceRow.start) <= dt.date(year, 1, 1),
        _due() >= dt.date(year, 12, 31),
    )


@dataclass(frozen=True, slots=True)
class Undated:
    """A part without a due day, and whose it is."""

    id: int
    unit_id: int | None
    assignee_id: int | None


async def undated(session: AsyncSession, office_id: int, kind: DeadlineKind) -> list[Undated]:
    """Return the undated parts of a kind that are open, or wait for their event."""
    open_ones = (
        (Progress.WAITING_EVENT,)
        if kind is DeadlineKind.RELATIVE
        else (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.RETURNED)
    )
    rows = await session.exec(
        select(PartRow.id, PartRow.unit_id, PartRow.assignee_id)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(DeadlineRow, col(DeadlineRow.id) == col(OccurrenceRow.deadline_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
        .where(*_active(office_id, *open_ones), DeadlineRow.kind == kind, _due().is_(None))
        .order_by(col(PartRow.id))
    )
    return [Undated(identity(part_id), *whose) for part_id, *whose in rows]


async def asked_about(
    session: AsyncSession, office_id: int, day: dt.date, step: str
) -> list[Part]:
    """Return the open parts that some chat was asked about at `step` for `day`."""
    asked = (
        exists()
        .where(
            col(ReminderRow.part_id) == col(PartRow.id),
            col(ReminderRow.due) == day,
            col(ReminderRow.step) == step,
            col(ReminderRow.outbox_id) == col(OutboxRow.id),
            col(OutboxRow.state) == OutboxState.SENT,
        )
        .correlate(PartRow)
    )
    return await parts_where(session, *_active(office_id, *OWED), _due().is_(None), asked)


async def with_ids(session: AsyncSession, office_id: int, ids: Collection[int]) -> list[Part]:
    """Return parts of active plans by their ids, whatever their state."""
    found: list[Part] = []
    ordered = sorted(set(ids))
    for at in range(0, len(ordered), BATCH):
        found += await parts_where(
            session,
            PartRow.office_id == office_id,
            PlanRow.state == PlanState.ACTIVE,
            col(PartRow.id).in_(ordered[at : at + BATCH]),
        )
    return found


async def of_units(
    session: AsyncSession, office_id: int, units: Collection[int | None]
) -> list[Part]:
    """Return the parts that units (None: nobody) still owe."""
    named = [unit for unit in units if unit is not None]
    wanted = [col(PartRow.unit_id).in_(named)] if named else []
    if None in units:
        wanted.append(col(PartRow.unit_id).is_(None))
    if not wanted:
        return []
    return await parts_where(session, *_active(office_id, *OWED), or_(*wanted))


async def concerning(
    session: AsyncSession,
    office_id: int,
    units: Collection[int | None],
    person_id: int | None,
    today: dt.date,
) -> list[Part]:
    """Return the parts that units still owe, and those that a person prepares for the own unit."""
    found = await of_units(session, office_id, units)
    if person_id is None:
        return found
    own = {
        grant.unit_id
        for grant in await people.grants_of(session, person_id, today)
        if grant.role in UNIT_ROLES
    }
    handed = await parts_where(
        session,
        *_active(office_id, *OWED),
        col(PartRow.assignee_id) == person_id,
        col(PartRow.unit_id).in_(own),
    )
    held = {part.id for part in found}
    return [*found, *(part for part in handed if part.id not in held)]


async def all_rules(
    session: AsyncSession, office_id: int
) -> tuple[Rules, dict[int, Rules], dict[int, Rules]]:
    """Return the rules in force: the office's, those of active plans, and those of items.

    Plans and items are named by their ids; an item that has nothing of its own is left out.
    """
    office, _ = await offices.settings_of(session, office_id)
    own: dict[int, Any] = {}
    rows = await session.exec(
        select(PlanRow.id).where(PlanRow.office_id == office_id, PlanRow.state == PlanState.ACTIVE)
    )
    for plan_id in rows.all():
        if plan_id is not None:
            own[plan_id] = (await offices.settings_of(session, office_id, plan_id))[1]
    items = await session.exec(
        select(ItemRow.id, ItemRow.plan_id, ItemRow.settings).where(
            ItemRow.office_id == office_id,
            col(ItemRow.plan_id).in_(own),
            col(ItemRow.settings).is_not(None),
        )
    )
    return (
        rules_from_json(office),
        {plan_id: rules_from_json(office, layer) for plan_id, layer in own.items()},
        {
            item_id: rules_from_json(office, own[plan_id], settings)
            for item_id, plan_id, settings in items
            if item_id is not None and settings
        },
    )


async def returned_since(
    session: AsyncSession, office_id: int, since: dt.datetime
) -> frozenset[int]:
    """Return the parts of which a report was returned, or reopened, at an instant or later."""
    rows = await session.exec(
        select(ReportRow.part_id).where(
            ReportRow.office_id == office_id,
            ReportRow.state == ReportState.RETURNED,
            col(ReportRow.decided_at) >= since,
        )
    )
    return frozenset(rows)


async def snoozed(session: AsyncSession, office_id: int, now: dt.datetime) -> frozenset[int]:
    """Return the people who asked to be reminded again later."""
    rows = await session.exec(
        select(PersonRow.id).where(
            PersonRow.office_id == office_id, col(PersonRow.snoozed_until) > now
        )
    )
    return frozenset(person_id for person_id in rows if person_id is not None)
