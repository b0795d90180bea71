"""The ledger of reminders: what was said when, to which chat, and what became of it."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.records import ClosedPlan
from bot.domain.roles import Viewer
from bot.domain.told import Told
from bot.services.access import access_item, get_viewer
from bot.services.actor import Actor
from bot.services.browsing import NO_UNIT
from bot.services.closed_plans import closed_plan
from bot.services.invitations import find_unit
from bot.services.list_scene import NOT_YOURS
from bot.services.lists import NO_OWN_UNIT
from storage import offices, told
from storage.db import Database

PAGE = 8


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the ledger about an item or a unit (both None: the whole office).

    `names` says whether persons may be named here: not in groups. `subject_id` is the item's or
    the unit's id, 0 for all. `closed` is the item's plan once that is closed.
    """

    day: dt.date
    code: str | None
    unit: str | None
    subject_id: int
    page: int
    more: bool
    names: bool
    messages: tuple[Told, ...]
    closed: ClosedPlan | None = None


async def told_of_item(
    db: Database, actor: Actor, item_id: int, now: dt.datetime, page: int = 0
) -> ToldPage:
    """Return the reminders about an item, newest first; a unit sees those about itself.

    Raises:
        NotFound: a stranger, or no such item for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        units = None if viewer.sees_every_unit() else viewer.own_units()
        found = await told.told(
            session,
            viewer.office_id,
            item_id=item_id,
            unit_ids=units,
            skip=page * PAGE,
            count=PAGE + 1,
        )
        closed = await closed_plan(session, item.plan_id)
    about = _page(viewer, now, page, found, code=item.code, subject_id=item_id)
    return replace(about, closed=closed)


async def told_of_unit(db: Database, actor: Actor, unit_name: str, now: dt.datetime) -> ToldPage:
    """Return the reminders of a unit, newest first; without a name the own one's, or all.

    Raises:
        NotFound: a stranger, or an unknown unit.
        NotAllowed: another unit's, in a chat that is not for it.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        unit_id = 0
        if unit_name:
            unit = find_unit(await offices.units_of(session, viewer.office_id), unit_name)
            if unit is None and not viewer.sees_every_unit():
                raise NotAllowed(NOT_YOURS)  # as another unit's would be refused
            if unit is None:
                raise NotFound(NO_UNIT, name=unit_name)
            unit_id = unit.id
        return await _of_unit(session, viewer, unit_id, 0, now)


async def told_of_unit_page(
    db: Database, actor: Actor, unit_id: int, page: int, now: dt.datetime
) -> ToldPage:
    """Return a further page; `unit_id` 0: of the own units, or all.

    Raises:
        NotFound, NotAllowed: as `told_of_unit`.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await _of_unit(session, viewer, unit_id, page, now)


async def _of_unit(
    session: AsyncSession, viewer: Viewer, unit_id: int, page: int, now: dt.datetime
) -> ToldPage:
    own = viewer.own_units()
    known = await offices.units_of(session, viewer.office_id)
    seen = {unit.id for unit in known} if viewer.sees_every_unit() else own
    if unit_id and unit_id not in seen:
        raise NotAllowed(NOT_YOURS)
    if not unit_id and not viewer.sees_every_unit() and not own:
        raise NotFound(NO_OWN_UNIT)
    units = frozenset({unit_id}) if unit_id else None if viewer.sees_every_unit() else own
    found = await told.told(
        session, viewer.office_id, unit_ids=units, skip=page * PAGE, count=PAGE + 1
    )
    names = [u.unit.name for u in known if units is not None and u.id in units]
    return _page(viewer, now, page, found, unit=", ".join(names) or None, subject_id=unit_id)


def _page(
    viewer: Viewer,
    now: dt.datetime,
    page: int,
    found: list[Told],
    *,
    subject_id: int,
    code: str | None = None,
    unit: str | None = None,
) -> ToldPage:
    return ToldPage(
        local_day(now),
        code,
        unit,
        subject_id,
        page,
        len(found) > PAGE,
        viewer.private,
        tuple(found[:PAGE]),
    )
