"""Plans, their items and deadlines as loaded."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.indicator import find_indicator
from bot.domain.records import ClosedPlan, ItemFacts
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import Duty
from storage.models import (
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    PlanVersionRow,
)
from storage.offices import unit_names
from storage.rows import PlanFacts, identity


def _plan(row: PlanRow) -> PlanFacts:
    return PlanFacts(
        identity(row.id),
        row.office_id,
        row.title,
        row.year,
        row.state,
        row.source_name,
        row.confirmation,
        row.weekend,
        row.before_counts,
        row.activated_at,
        row.ends_on,
        row.closed_at,
    )


async def get_plan(session: AsyncSession, plan_id: int) -> PlanFacts:
    """Return a plan by its id."""
    return _plan((await session.exec(select(PlanRow).where(PlanRow.id == plan_id))).one())


async def find_plan(session: AsyncSession, office_id: int, plan_id: int) -> PlanFacts | None:
    """Return a plan of the office."""
    row = await session.get(PlanRow, plan_id)
    return None if row is None or row.office_id != office_id else _plan(row)


async def plans_in_force(session: AsyncSession, office_id: int) -> list[PlanFacts]:
    """Return the plans that are active, then those that were closed, the newest year first."""
    rows = await session.exec(
        select(PlanRow)
        .where(PlanRow.office_id == office_id, PlanRow.state != PlanState.DRAFT)
        .order_by(col(PlanRow.state), col(PlanRow.year).desc(), col(PlanRow.id))
    )
    return [_plan(row) for row in rows]


async def closed_plans(session: AsyncSession, office_id: int) -> dict[int, ClosedPlan]:
    """Return the office's plans that were closed, by their ids."""
    rows = await session.exec(
        select(PlanRow).where(PlanRow.office_id == office_id, PlanRow.state == PlanState.CLOSED)
    )
    found = [_plan(row) for row in rows]
    return {plan.id: plan.closed for plan in found if plan.closed is not None}


async def find_plan_of_file(
    session: AsyncSession, office_id: int, sha256: str
) -> PlanFacts | None:
    """Return the plan that was loaded from a file with this SHA-256."""
    row = (
        await session.exec(
            select(PlanRow).where(PlanRow.office_id == office_id, PlanRow.source_sha256 == sha256)
        )
    ).first()
    return None if row is None else _plan(row)


async def activate(session: AsyncSession, plan_id: int, now: dt.datetime) -> bool:
    """Turn a draft into the active plan; return False when it was not a draft."""
    done = await session.exec(
        update(PlanRow)
        .where(col(PlanRow.id) == plan_id, col(PlanRow.state) == PlanState.DRAFT)
        .values(state=PlanState.ACTIVE, activated_at=now)
    )
    return bool(done.rowcount == 1)


async def add_item(session: AsyncSession, row: ItemRow) -> int:
    """Add an item and return its id."""
    session.add(row)
    await session.flush()
    return identity(row.id)


async def add_deadline(session: AsyncSession, row: DeadlineRow) -> int:
    """Add a deadline of an item and return its id."""
    session.add(row)
    await session.flush()
    return identity(row.id)


async def add_part(
    session: AsyncSession,
    office_id: int,
    occurrence_id: int,
    unit_id: int | None,
    duty: Duty,
    progress: Progress,
) -> None:
    """Add a unit's share of an occurrence."""
    session.add(
        PartRow(
            office_id=office_id,
            occurrence_id=occurrence_id,
            unit_id=unit_id,
            duty=duty,
            progress=progress,
        )
    )


async def items_of_plan(session: AsyncSession, plan_id: int) -> list[ItemRow]:
    """Return the rows of a plan's items, in order, without those no longer carried out."""
    rows = await session.exec(
        select(ItemRow)
        .where(ItemRow.plan_id == plan_id, col(ItemRow.removed_at).is_(None))
        .order_by(col(ItemRow.position))
    )
    return list(rows)


async def item_units(session: AsyncSession, plan_id: int) -> dict[int, list[ItemUnitRow]]:
    """Return the units that the items of a plan name, by item."""
    rows = await session.exec(
        select(ItemUnitRow)
        .join(ItemRow, col(ItemRow.id) == col(ItemUnitRow.item_id))
        .where(ItemRow.plan_id == plan_id)
        .order_by(col(ItemUnitRow.position), col(ItemUnitRow.id))
    )
    found: dict[int, list[ItemUnitRow]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


async def deadlines_of_plan(session: AsyncSession, plan_id: int) -> dict[int, list[DeadlineRow]]:
    """Return the deadlines of a plan, by item, without those a newer version removed."""
    rows = await session.exec(
        select(DeadlineRow)
        .join(ItemRow, col(ItemRow.id) == col(DeadlineRow.item_id))
        .where(ItemRow.plan_id == plan_id, col(DeadlineRow.removed_at).is_(None))
        .order_by(col(DeadlineRow.position), col(DeadlineRow.id))
    )
    found: dict[int, list[DeadlineRow]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


async def items_with_code(
    session: AsyncSession, office_id: int, code: str, state: PlanState
) -> Sequence[tuple[int, PlanFacts]]:
    """Return (item, plan) of every plan in `state` that has an item with this code.

    Plans in use in the order they were loaded, closed ones the newest first.
    """
    order = (col(PlanRow.closed_at).desc(), col(PlanRow.id).desc())
    rows = await session.exec(
        select(ItemRow.id, PlanRow)
        .join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id))
        .where(
            # By the plan: its items are found by their code, an office's are many.
            PlanRow.office_id == office_id,
            ItemRow.code == code,
            PlanRow.state == state,
        )
        .order_by(*order if state is PlanState.CLOSED else (col(PlanRow.id),))
    )
    return [(identity(item_id), _plan(plan)) for item_id, plan in rows]


async def find_item(session: AsyncSession, office_id: int, item_id: int) -> ItemFacts | None:
    """Return an item of the office."""
    row = (
        await session.exec(
            select(ItemRow).where(ItemRow.id == item_id, ItemRow.office_id == office_id)
        )
    ).first()
    if row is None:
        return None
    units = await session.exec(
        select(ItemUnitRow)
        .where(ItemUnitRow.item_id == item_id)
        .order_by(col(ItemUnitRow.position), col(ItemUnitRow.id))
    )
    return _facts(row, list(units), await unit_names(session, office_id))


async def facts_of_plan(session: AsyncSession, plan_id: int) -> list[ItemFacts]:
    """Return the items of a plan in order, without those no longer carried out."""
    units = await item_units(session, plan_id)
    rows = await items_of_plan(session, plan_id)
    names = await unit_names(session, rows[0].office_id) if rows else {}
    return [_facts(row, units.get(identity(row.id), []), names) for row in rows]


def _facts(row: ItemRow, units: list[ItemUnitRow], names: dict[int, str]) -> ItemFacts:
    """Return an item; its units are called as they are now, not as the plan wrote them."""

    def called(duty: Duty) -> tuple[str, ...]:
        found = (names.get(one.unit_id or 0, one.written) for one in units if one.duty is duty)
        return tuple(dict.fromkeys(found))

    leads = called(Duty.LEAD)
    return ItemFacts(
        identity(row.id),
        row.office_id,
        row.plan_id,
        row.code,
        "" if row.secret else row.section,
        "" if row.secret else row.title,
        "" if row.secret else row.product,
        "" if row.secret else row.deadline_text,
        leads,
        # A unit that took another one over may have been named for both duties.
        tuple(name for name in called(Duty.COOPERATE) if name not in leads),
        "" if row.secret else _indicator(row.title, row.product),
        row.secret,
        "" if row.secret else row.source_document or "",
        "" if row.secret else row.external_code or "",
        row.removed_at,
    )


def _indicator(*texts: str) -> str:
    found = (find_indicator(text) for text in texts)
    return next((one.text for one in found if one is not None), "")


async def occurrences_of_plan(
    session: AsyncSession, plan_id: int
) -> dict[int, list[OccurrenceRow]]:
    """Return the due occurrences of a plan, by deadline; changing a row changes the table."""
    rows = await session.exec(
        select(OccurrenceRow)
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(ItemRow.plan_id == plan_id)
        .order_by(col(OccurrenceRow.number))
    )
    found: dict[int, list[OccurrenceRow]] = {}
    for row in rows:
        found.setdefault(row.deadline_id, []).append(row)
    return found


async def remove_draft(session: AsyncSession, plan_id: int) -> None:
    """Remove a plan that was never activated: nothing rests on it."""
    items = select(ItemRow.id).where(ItemRow.plan_id == plan_id)
    for table in (OccurrenceRow, DeadlineRow, ItemUnitRow, MilestoneRow):
        await session.exec(delete(table).where(col(table.item_id).in_(items)))
    for owned in (ItemRow, PlanVersionRow):
        await session.exec(delete(owned).where(col(owned.plan_id) == plan_id))
    await session.exec(delete(PlanVersionRow).where(col(PlanVersionRow.draft_id) == plan_id))
    await session.exec(delete(PlanRow).where(col(PlanRow.id) == plan_id))


async def plans_to_settle(session: AsyncSession, office_id: int) -> list[int]:
    """Return the active plans with occurrences that were past at activation, not looked at."""
    rows = await session.exec(
        select(col(PlanRow.id))
        .join(ItemRow, col(ItemRow.plan_id) == col(PlanRow.id))
        .join(OccurrenceRow, col(OccurrenceRow.item_id) == col(ItemRow.id))
        .where(
            PlanRow.office_id == office_id,
            PlanRow.state == PlanState.ACTIVE,
            col(OccurrenceRow.unsettled).is_(True),
        )
        .distinct()
    )
    return [identity(plan_id) for plan_id in rows]
