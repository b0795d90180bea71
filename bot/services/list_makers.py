"""What each list holds, in order, and what is counted beside it."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from bot.domain.listing import (
    REQUESTS,
    Entry,
    Group,
    Key,
    ListKind,
    bands,
    counts,
    current_keys,
    entries,
)
from bot.domain.records import ClosedPlan
from bot.domain.roles import OFFICE_WIDE
from bot.domain.work import Duty
from bot.services.list_scene import Scene
from bot.services.searching import search
from storage import part_keys
from storage.plans import closed_plans

# What stands under this head needs none: the list has one only.
NO_HEAD = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything of a list, in order, with what is counted beside it."""

    entries: Sequence[Entry]
    heads: dict[str, int]
    total: int
    bands: tuple[tuple[int, int | None, int], ...] = ()
    awaiting: int = 0
    unsettled: int = 0
    choices: tuple[tuple[int, str, int], ...] = ()
    closed: Mapping[str, ClosedPlan] = field(default_factory=dict)


async def _work(scene: Scene) -> Found:
    judge = scene.judge()
    keys = current_keys(
        await part_keys.open_keys(scene.session, scene.office_id, scene.units), judge
    )
    long_before = _long_before(scene)
    grouped = [(judge.group(key, long_before), key) for key in keys]
    return _grouped(grouped, merged=scene.several)


async def _undated(scene: Scene) -> Found:
    judge, long_before = scene.judge(), _long_before(scene)
    keys = await part_keys.undated_keys(scene.session, scene.office_id, scene.units)
    grouped = [
        (judge.group(key, long_before), key)
        for key in sorted(keys, key=lambda one: (one.since or scene.today, one.urgency))
        if key.duty is not Duty.COOPERATE or key.leads_open
    ]
    return _grouped(grouped, merged=scene.several)


def _grouped(found: Sequence[tuple[Group, Key]], *, merged: bool) -> Found:
    by_group: dict[Group, list[Key]] = {group: [] for group in Group}
    for group, key in found:
        by_group[group].append(key)
    ordered = [key for keys in by_group.values() for key in keys]
    heads = [group for group, keys in by_group.items() for _ in keys]
    sizes: dict[str, int] = {group: len(keys) for group, keys in by_group.items() if keys}
    return Found(entries(ordered, heads, merged=merged), sizes, len(ordered))


def _long_before(scene: Scene) -> dt.date:
    return scene.today - relativedelta(months=scene.rules.undated_months)


async def _soon(scene: Scene) -> Found:
    asked = scene.ref.argument
    days = int(asked[:3]) if asked.isdecimal() else 0
    last = scene.today + dt.timedelta(days=days)
    keys = await part_keys.due_keys(scene.session, scene.office_id, scene.units, scene.today, last)
    wanted = sorted(
        (k for k in keys if not k.unsettled and (k.duty is not Duty.COOPERATE or k.leads_open)),
        key=lambda one: one.urgency,
    )
    heads = [key.due.isoformat() if key.due else NO_HEAD for key in wanted]
    return Found(entries(wanted, heads, merged=scene.several), counts(heads), len(wanted))


async def _overdue(scene: Scene) -> Found:
    judge = scene.judge()
    past = await part_keys.past_keys(scene.session, scene.office_id, scene.units, scene.today)
    late = sorted((key for key in past if judge.late(key)), key=lambda one: one.urgency)
    by_unit = counts(_unit_name(scene, key) for key in late)
    # The unit that owes most comes first, and in it what is latest.
    late.sort(key=lambda one: (-by_unit[_unit_name(scene, one)], _unit_name(scene, one)))
    heads = [_unit_name(scene, key) for key in late]
    waiting = await part_keys.awaiting_keys(scene.session, scene.office_id, scene.units)
    ids = {scene.names.get(key.unit_id or 0, ""): key.unit_id for key in late}
    return Found(
        entries(late, heads, merged=False),
        counts(heads),
        len(late),
        bands=tuple(
            bands((judge.standing(key).days_late for key in late), scene.rules.overdue_bands)
        ),
        awaiting=len(waiting),
        unsettled=sum(key.unsettled and key.duty is not Duty.COOPERATE for key in past)
        if scene.viewer.has(*OFFICE_WIDE)
        else 0,
        choices=tuple(
            (unit_id, name, by_unit[name]) for name, unit_id in ids.items() if unit_id is not None
        ),
    )


def _unit_name(scene: Scene, key: Key) -> str:
    return scene.names.get(key.unit_id or 0, "")


async def _awaiting(scene: Scene) -> Found:
    """Return the reports that wait, and apart from them the requests for another date."""
    keys = await part_keys.awaiting_keys(scene.session, scene.office_id, scene.units)
    reports = _oldest_first(keys)
    asked = await part_keys.asked_keys(scene.session, scene.office_id, scene.units)
    asked.sort(key=lambda one: one.urgency)
    heads = [REQUESTS] * len(asked)
    return Found(
        [*reports.entries, *entries(asked, heads, merged=False)],
        {REQUESTS: len(asked)} if asked else {},
        len(keys) + len(asked),
    )


async def _unproven(scene: Scene) -> Found:
    keys = await part_keys.unproven_keys(scene.session, scene.office_id, scene.units)
    return _oldest_first(keys)


def _oldest_first(keys: Sequence[Key]) -> Found:
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    ordered = sorted(keys, key=lambda one: (one.submitted_at or far, one.id))
    heads = [NO_HEAD] * len(ordered)
    return Found(entries(ordered, heads, merged=False), {}, len(ordered))


async def _search(scene: Scene) -> Found:
    hits = await search(scene)
    closed = await closed_plans(scene.session, scene.office_id)
    heads = {plan_id: str(plan_id) for plan_id in closed}
    found = [Entry(heads.get(hit.closed or 0, NO_HEAD), hit.item_id) for hit in hits]
    names = {heads[plan_id]: plan for plan_id, plan in closed.items()}
    return Found(found, {}, len(hits), closed=names)


MAKERS: dict[ListKind, Callable[[Scene], Awaitable[Found]]] = {
    ListKind.WORK: _work,
    ListKind.SOON: _soon,
    ListKind.OVERDUE: _overdue,
    ListKind.AWAITING: _awaiting,
    ListKind.UNPROVEN: _unproven,
    ListKind.UNDATED: _undated,
    ListKind.SEARCH: _search,
}
