"""Offices, their units, and the days that differ from the calendar's rule."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.plan import Unit
from bot.domain.states import PlanState
from storage.db import KEPT
from storage.models import CalendarDayRow, OfficeRow, PlanRow, UnitAliasRow, UnitRow
from storage.rows import StoredUnit, identity

# The columns of a `StoredUnit`: where hundreds are read, rows cost more than values.
_UNIT = (
    col(UnitRow.id),
    col(UnitRow.name),
    col(UnitRow.short),
    col(UnitRow.group_name),
    col(UnitRow.valid_from),
    col(UnitRow.valid_to),
    col(UnitRow.merged_into),
)


async def find_office(session: AsyncSession) -> int | None:
    """Return the first office's id, None in an empty database."""
    return (await session.exec(select(OfficeRow.id).order_by("id"))).first()


async def office_ids(session: AsyncSession) -> list[int]:
    """Return the ids of all offices."""
    return [i for i in (await session.exec(select(OfficeRow.id).order_by("id"))).all() if i]


async def add_office(session: AsyncSession, name: str, locale: str) -> int:
    """Add an office and return its id."""
    row = OfficeRow(name=name, locale=locale)
    session.add(row)
    await session.flush()
    return identity(row.id)


async def _office(session: AsyncSession, office_id: int) -> OfficeRow | None:
    """Return an office, read once in a transaction that only reads."""
    row = await session.get(OfficeRow, office_id)
    if row is not None and KEPT in session.info:
        session.info[KEPT].append(row)
    return row


async def office_name(session: AsyncSession, office_id: int) -> str:
    """Return the office's name."""
    row = await _office(session, office_id)
    return row.name if row else ""


async def office_locale(session: AsyncSession, office_id: int) -> str:
    """Return the office's language."""
    row = await _office(session, office_id)
    return row.locale if row else "vi"


async def unit_names(session: AsyncSession, office_id: int) -> dict[int, str]:
    """Return what the office's units are called, in the order of their list, the ended too."""
    found = await session.exec(
        select(UnitRow.id, UnitRow.name)
        .where(UnitRow.office_id == office_id)
        .order_by(col(UnitRow.position), col(UnitRow.id))
    )
    return {identity(key): name for key, name in found}


async def units_of(
    session: AsyncSession, office_id: int, *, on: dt.date | None = None
) -> list[StoredUnit]:
    """Return the office's units in the order of their list, with their aliases.

    `on` leaves those alive on that local day: what new work may go to. Without it the ended ones
    are among them, for what they have done stays theirs.
    """
    aliases: dict[int, list[str]] = {}
    for unit_id, alias in await session.exec(
        select(UnitAliasRow.unit_id, UnitAliasRow.alias)
        .where(UnitAliasRow.office_id == office_id)
        .order_by(col(UnitAliasRow.id))
    ):
        aliases.setdefault(unit_id, []).append(alias)
    statement: Any = sa_select(*_UNIT).where(col(UnitRow.office_id) == office_id)
    rows = await session.exec(statement.order_by(col(UnitRow.position), col(UnitRow.id)))
    found = [
        StoredUnit(key, Unit(name, short, tuple(aliases.get(key, ())), group), *life)
        for key, name, short, group, *life in rows
    ]
    return found if on is None else [stored for stored in found if stored.alive(on)]


async def put_unit(session: AsyncSession, office_id: int, position: int, unit: Unit) -> int:
    """Add a unit, or bring the one of the same name up to date; return its id."""
    row = (
        await session.exec(
            select(UnitRow).where(UnitRow.office_id == office_id, UnitRow.name == unit.name)
        )
    ).first() or UnitRow(office_id=office_id, position=position, name=unit.name)
    row.position, row.short, row.group_name = position, unit.short, unit.group
    session.add(row)
    await session.flush()
    unit_id = identity(row.id)
    known = set(
        (
            await session.exec(
                select(UnitAliasRow.alias).where(UnitAliasRow.office_id == office_id)
            )
        ).all()
    )
    for alias in dict.fromkeys(unit.aliases):
        if alias not in known:
            session.add(UnitAliasRow(office_id=office_id, unit_id=unit_id, alias=alias))
    await session.flush()
    return unit_id


async def calendar_overrides(
    session: AsyncSession, office_id: int
) -> Sequence[tuple[dt.date, bool, str]]:
    """Return (day, working, notice) of the days that the office set itself."""
    rows = await session.exec(select(CalendarDayRow).where(CalendarDayRow.office_id == office_id))
    return [(row.day, row.working, row.notice) for row in rows]


async def settings_of(
    session: AsyncSession, office_id: int, plan_id: int | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the office has set, and what a plan of its has, as stored.

    A plan's own columns (confirmation, weekend, before_counts) come with the latter.
    """
    office = await _office(session, office_id)
    plan = await session.get(PlanRow, plan_id) if plan_id else None
    own: dict[str, Any] = {}
    if plan is not None and plan.office_id == office_id:
        own = {
            **(plan.settings or {}),
            "confirmation": plan.confirmation,
            "weekend": str(plan.weekend),
            "before_counts": plan.before_counts,
        }
    return dict(office.settings) if office else {}, own


async def has_active_plan(session: AsyncSession, office_id: int) -> bool:
    """Tell whether some plan of the office is active."""
    statement = select(PlanRow.id).where(
        PlanRow.office_id == office_id, PlanRow.state == PlanState.ACTIVE
    )
    return (await session.exec(statement.limit(1))).first() is not None
