"""The items to choose from where a command names none: those that its act is possible for."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.listing import Group, Judge, Key, current_keys
from bot.domain.purposes import Purpose
from bot.domain.roles import Viewer, coordinates
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.services import extension_parts
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.lists import NO_OWN_UNIT
from bot.services.progress import NOT_HEAD
from bot.services.proof_rights import members_units
from bot.services.rules import rules_of
from storage import item_changes, part_keys, parts, reports
from storage.db import Database

PER_PAGE = 8
Units = frozenset[int] | None
_GROUPS = list(Group)


@dataclass(frozen=True, slots=True)
class Choices:
    """A page of the items to choose from, most urgent first, each by the part that is meant."""

    purpose: Purpose
    page: int
    pages: int
    found: tuple[Part, ...]
    office: bool  # for Văn phòng, who acts for every unit


@dataclass(frozen=True, slots=True)
class _Scene:
    session: AsyncSession
    viewer: Viewer
    judge: Judge

    @property
    def shown(self) -> Units:
        """The units whose items are shown here; None: all."""
        return None if self.viewer.sees_every_unit() else self.viewer.own_units()

    def among(self, units: frozenset[int]) -> frozenset[int]:
        """Return those of `units` whose items are shown here."""
        return units if self.shown is None else units & self.shown


async def choices(
    db: Database,
    actor: Actor,
    purpose: Purpose,
    page: int,
    now: dt.datetime,
    *,
    among: Sequence[int] | None = None,
) -> Choices:
    """Return a page of the items that `purpose` is possible for and that the presser may act on.

    `among` holds the only items that are meant, where a code is not enough.

    Raises:
        NotFound: a stranger, or somebody without a unit.
        NotAllowed: the act is not for this person.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        judge = Judge(today, await calendar_of(session, viewer.office_id, today))
        scene = _Scene(session, viewer, judge)
        if scene.shown is not None and not scene.shown:
            raise NotFound(NO_OWN_UNIT)
        keys = await _MAKERS[purpose](scene)
        if among is not None:
            keys = [key for key in keys if key.item_id in among]
        chosen = _one_of_each(_ordered(keys, judge), viewer.heads())
        pages = max(1, -(-len(chosen) // PER_PAGE))
        page = min(max(page, 0), pages - 1)
        ids = chosen[page * PER_PAGE : (page + 1) * PER_PAGE]
        whole = await parts.parts_with_ids(session, ids)
    return Choices(purpose, page, pages, tuple(whole[i] for i in ids), coordinates(viewer))


async def has_choice(db: Database, actor: Actor, purpose: Purpose, now: dt.datetime) -> bool:
    """Tell whether there is any item that the presser may act on so."""
    try:
        return bool((await choices(db, actor, purpose, 0, now)).found)
    except (NotFound, NotAllowed):
        return False


def _ordered(keys: Sequence[Key], judge: Judge) -> list[Key]:
    """Return keys most urgent first, as lists have them; what was past at activation is last."""
    current = current_keys(keys, judge)
    unsettled = sorted((key for key in keys if key.unsettled), key=lambda one: one.urgency)
    ranks = {key.id: _GROUPS.index(judge.group(key, dt.date.min)) for key in current}
    return [*sorted(current, key=lambda one: (ranks[one.id], one.urgency)), *unsettled]


def _one_of_each(keys: Sequence[Key], heads: frozenset[int]) -> list[int]:
    """Return one part of each item: a bare command means the earliest, the own one if any."""
    chosen: dict[int, Key] = {}
    for key in keys:
        held = chosen.setdefault(key.item_id, key)
        if key.unit_id in heads and held.unit_id not in heads:
            chosen[key.item_id] = key
    return [key.id for key in chosen.values()]


async def _open(scene: _Scene, units: Units) -> list[Key]:
    found = await part_keys.open_keys(scene.session, scene.viewer.office_id, units)
    return [key for key in found if key.duty is not Duty.COOPERATE or key.leads_open]


async def _to_report(scene: _Scene) -> list[Key]:
    viewer = scene.viewer
    if coordinates(viewer):
        return [key for key in await _open(scene, scene.shown) if key.owed]
    handed = await reports.handed_parts(scene.session, viewer.person_id)
    if not viewer.heads() and not handed:
        raise NotAllowed(NOT_HEAD)
    keys = await _open(scene, scene.among(members_units(viewer)))
    return [
        key for key in keys if key.owed and (key.unit_id in viewer.heads() or key.id in handed)
    ]


async def _to_extend(scene: _Scene) -> list[Key]:
    if not scene.viewer.heads():
        raise NotAllowed(extension_parts.NOT_HEAD)
    found = [
        key
        for key in await _open(scene, scene.among(scene.viewer.heads()))
        if key.owed
        and key.due is not None
        and key.duty is not Duty.COOPERATE
        and key.progress is not Progress.EXTENSION_PENDING
    ]
    office_id = scene.viewer.office_id
    late = {key.id for key in found if scene.judge.late(key) or key.unsettled}
    plans = {key.plan_id for key in found if key.id in late}
    rules = {plan: await rules_of(scene.session, office_id, plan) for plan in plans}
    return [k for k in found if k.id not in late or rules[k.plan_id].extend_after_due]


async def _in_trouble(scene: _Scene) -> list[Key]:
    units = scene.among(members_units(scene.viewer))
    return [key for key in await _open(scene, units) if key.owed]


async def _seen(scene: _Scene) -> list[Key]:
    return await _open(scene, scene.shown)


async def _to_change(scene: _Scene) -> list[Key]:
    if not coordinates(scene.viewer):
        raise NotAllowed(NOT_COORDINATOR)
    return await _open(scene, scene.shown)


async def _to_drop(scene: _Scene) -> list[Key]:
    keys = await _to_change(scene)
    return [key for key in keys if key.owed or key.progress is Progress.WAITING_EVENT]


async def _awaiting_event(scene: _Scene) -> list[Key]:
    keys = await _to_change(scene)
    return [key for key in keys if key.progress is Progress.WAITING_EVENT]


async def _undated(scene: _Scene) -> list[Key]:
    """Return what the plan gives no day, nor a number of days to count from an event."""
    keys = [key for key in await _to_change(scene) if key.due is None]
    relative = {key.deadline_id for key in keys if key.kind is DeadlineKind.RELATIVE}
    numberless = await item_changes.numberless(scene.session, relative)
    return [
        key
        for key in keys
        if key.kind is DeadlineKind.UNSPECIFIED or key.deadline_id in numberless
    ]


_MAKERS: dict[Purpose, Callable[[_Scene], Awaitable[list[Key]]]] = {
    Purpose.REPORT: _to_report,
    Purpose.EXTEND: _to_extend,
    Purpose.STUCK: _in_trouble,
    Purpose.VIEW: _seen,
    Purpose.PROOFS: _seen,
    Purpose.LOG: _seen,
    Purpose.EVENT: _awaiting_event,
    Purpose.DATE: _undated,
    Purpose.OWNERS: _to_change,
    Purpose.EDIT: _to_change,
    Purpose.DROP: _to_drop,
}
