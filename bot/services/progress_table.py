"""The table of a plan's progress, as its viewer may see it."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.records import ClosedPlan
from bot.domain.roles import Viewer
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.lists import NO_OWN_UNIT, lines_of
from storage import offices, parts, plans, tables
from storage.db import Database
from storage.proofs import evidence_of
from storage.rows import PlanFacts

# Id, title, and since when it is closed.
PlanHere = tuple[int, str, ClosedPlan | None]
NO_PLAN = N_("There is no such plan here. Send /xuat to see those there are.")


async def plans_here(db: Database, actor: Actor, now: dt.datetime) -> list[PlanHere]:
    """Return the plans in force or closed, the present ones first.

    Raises:
        NotFound: a stranger.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = await plans.plans_in_force(session, viewer.office_id)
    return [(plan.id, plan.title, plan.closed) for plan in found]


async def progress_table(
    db: Database, actor: Actor, plan_id: int, now: dt.datetime
) -> ProgressTable:
    """Return a plan with how each item stands: whole where all units may be compared here.

    Elsewhere it holds the items of the own units, and only these units' parts.

    Raises:
        NotFound: a stranger, no such plan, or no unit of one's own.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await table_of(session, viewer, plan_id, now)


async def unit_table(
    db: Database, actor: Actor, plan_id: int, unit_id: int, now: dt.datetime
) -> tuple[ProgressTable, str]:
    """Return the part of a plan's table that is one unit's, and the unit's name.

    Raises:
        NotFound: as `progress_table` does, or the unit has nothing here that may be seen.
    """
    table = (await progress_table(db, actor, plan_id, now)).of_unit(unit_id)
    if not table.rows:
        raise NotFound(NO_PLAN)
    return table, table.rows[0].lines[0].part.unit


async def check_table(db: Database, actor: Actor, plan_id: int, now: dt.datetime) -> None:
    """Let only those pass who may have a plan's table here, before files are made of it.

    Raises:
        NotFound: as `progress_table` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        await _shown(session, viewer, plan_id)


async def _shown(
    session: AsyncSession, viewer: Viewer, plan_id: int
) -> tuple[PlanFacts, frozenset[int] | None]:
    """Return a plan and the units whose items are shown here; None: all units'."""
    plan = await plans.find_plan(session, viewer.office_id, plan_id)
    if plan is None or plan.activated_at is None:
        raise NotFound(NO_PLAN)
    units = None if viewer.sees_lateness_of_all() else viewer.own_units()
    if units is not None and not units:
        raise NotFound(NO_OWN_UNIT)
    return plan, units


async def table_of(
    session: AsyncSession, viewer: Viewer, plan_id: int, now: dt.datetime
) -> ProgressTable:
    """Return a plan's table within the caller's transaction; see `progress_table`."""
    plan, units = await _shown(session, viewer, plan_id)
    # What is left open in a closed plan stands as it did on the day it was closed.
    today = min(local_day(now), plan.closed.on) if plan.closed else local_day(now)
    calendar = await calendar_of(session, viewer.office_id, today)
    every = await parts.parts_of_plan(session, plan_id)
    found = [part for part in every if not part.taken_back]
    seen = [part for part in found if units is None or part.unit_id in units]
    proofs = await evidence_of(session, [part.id for part in seen])
    notes = await tables.standing_notes(session, plan_id)
    extensions = await tables.approved_extensions(session, plan_id)
    cells = await tables.own_cells(session, plan_id)
    by_item: dict[int, list[int]] = {}
    for place, part in enumerate(seen):
        by_item.setdefault(part.item_id, []).append(place)
    rows = []
    for item in await plans.facts_of_plan(session, plan_id):
        mine = [seen[place] for place in by_item.get(item.id, ())]
        if units is not None and not mine:
            continue
        rows.append(
            ItemProgress(
                item,
                lines_of(mine, today, calendar),
                tuple(proof for part in mine for proof in proofs.get(part.id, ())),
                tuple(dict.fromkeys(notes[part.id] for part in mine if part.id in notes)),
                sum(extensions.get(part.id, 0) for part in mine),
                *cells[item.id],
            )
        )
    names = [
        stored.unit.name
        for stored in await offices.units_of(session, viewer.office_id)
        if units is not None and stored.id in units
    ]
    return ProgressTable(
        plan.id, plan.title, plan.year, today, tuple(rows), tuple(names), plan.closed
    )
