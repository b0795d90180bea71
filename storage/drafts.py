"""Drafts: plans that were read and stored, with what a person still has to decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import Period
from bot.domain.deadline_json import deadline_from_json
from bot.domain.draft import Draft, DraftDeadline, DraftItem, DraftUnit
from bot.domain.problem import Problem
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind
from storage import plans
from storage.models import (
    AuditRow,
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    PersonRow,
    PlanRow,
)
from storage.rows import identity


def _problems(stored: Sequence[Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(msgid, tuple((name, str(value)) for name, value in params.items()))
        for msgid, params in stored
    )


async def find_draft(session: AsyncSession, office_id: int, plan_id: int) -> Draft | None:
    """Return a plan of the office with its items, whatever its state."""
    row = await session.get(PlanRow, plan_id)
    if row is None or row.office_id != office_id:
        return None
    named = await plans.item_units(session, plan_id)
    deadlines = await plans.deadlines_of_plan(session, plan_id)
    items = [
        _item(item, named.get(identity(item.id), []), deadlines.get(identity(item.id), []))
        for item in await plans.items_of_plan(session, plan_id)
    ]
    return Draft(
        plan_id,
        row.title,
        Period(row.starts_on, row.ends_on),
        row.state,
        row.loaded_at,
        row.before_counts,
        tuple(items),
        _problems(row.problems),
    )


def _item(row: ItemRow, named: list[ItemUnitRow], deadlines: list[DeadlineRow]) -> DraftItem:
    return DraftItem(
        identity(row.id),
        row.code,
        row.section,
        row.title,
        row.product,
        row.deadline_text,
        row.assignment_text,
        tuple(
            DraftUnit(unit.duty, unit.written, unit.collective, unit.unit_id is not None)
            for unit in named
        ),
        tuple(_deadline(deadline) for deadline in deadlines),
        _problems(row.problems),
    )


def _deadline(row: DeadlineRow) -> DraftDeadline:
    value = deadline_from_json(row.value)
    unread = row.kind is DeadlineKind.UNSPECIFIED and not row.value.get("settled")
    return DraftDeadline(
        row.internal,
        row.kind,
        value,
        tuple((name, bool(collective)) for name, collective in row.written_units),
        unread and not (row.value.get("ref") or row.value.get("text")),
    )


async def drafts_in(session: AsyncSession, office_id: int) -> list[tuple[int, dt.datetime, str]]:
    """Return (plan, loaded at, title) of the office's drafts, the newest first."""
    rows = await session.exec(
        select(PlanRow)
        .where(PlanRow.office_id == office_id, PlanRow.state == PlanState.DRAFT)
        .order_by(col(PlanRow.loaded_at).desc(), col(PlanRow.id).desc())
    )
    return [(identity(row.id), row.loaded_at, row.title) for row in rows]


async def discarded(
    session: AsyncSession, office_id: int, plan_id: int, stamp: int
) -> tuple[dt.datetime, str] | None:
    """Return when and by whom the draft loaded at `stamp` (epoch milliseconds) was discarded."""
    rows = await session.exec(
        select(AuditRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(AuditRow.person_id), isouter=True)
        .where(
            AuditRow.office_id == office_id,
            AuditRow.act == "plan.discard",
            AuditRow.subject_id == plan_id,
        )
    )
    for row, name in rows.all():
        if (row.before or {}).get("stamp") == stamp:
            return row.at, name or ""
    return None


async def plan_of_item(session: AsyncSession, office_id: int, item_id: int) -> int | None:
    """Return the plan of an item of the office."""
    statement = select(ItemRow.plan_id).where(
        ItemRow.id == item_id, ItemRow.office_id == office_id
    )
    return (await session.exec(statement)).first()
