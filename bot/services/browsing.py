"""The lists: what a viewer may see of them here, a page at a time."""

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.listing import REQUESTS, Entry, ListKind, ListRef, page_of
from bot.domain.problem import N_
from bot.domain.records import ClosedPlan, ExtensionFacts
from bot.domain.reminder import Line
from bot.domain.work import Part, speaker
from bot.services.access import get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.invitations import find_unit
from bot.services.list_makers import MAKERS
from bot.services.list_scene import NOT_YOURS, Scene, scene_of, sees_all_in
from bot.services.messages_lists import Listing, Shown
from bot.services.searching import renew_words
from storage import cards, offices, parts
from storage.db import Database

DEFAULT_DAYS, MOST_DAYS = 14, 366
NO_UNIT = N_("There is no unit “{name}” here.")


async def browse(
    db: Database, actor: Actor, ref: ListRef, now: dt.datetime, *, whole: bool = False
) -> Listing:
    """Return a page of a list, or (for a file) all of it.

    Raises:
        NotFound: a stranger, somebody without a unit, or an unknown unit.
        NotAllowed: another unit's rows, in a chat that is not for them.
    """
    if ref.kind is ListKind.SEARCH:
        await _renew_words(db, actor, now)
    async with db.read() as session:
        scene = await scene_of(session, actor, ref, now)
        found = await MAKERS[ref.kind](scene)
        page, pages, shown = page_of(found.entries, ref.page)
        if whole:
            page, pages, shown = 0, 1, found.entries
        lines = await _lines(scene, shown, found.closed)
    return Listing(
        ref.turned(page),
        now,
        scene.today,
        pages,
        found.total,
        tuple(lines),
        found.heads,
        unit=None if scene.several else next((scene.names[u] for u in scene.units or ()), None),
        bands=found.bands,
        awaiting=found.awaiting,
        unsettled=found.unsettled,
        undated_months=scene.rules.undated_months,
        choices=found.choices,
        compares=scene.viewer.sees_lateness_of_all(),
        closed=found.closed,
    )


async def _renew_words(db: Database, actor: Actor, now: dt.datetime) -> None:
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
    await renew_words(db, viewer.office_id)


async def unit_called(
    db: Database, actor: Actor, kind: ListKind, name: str, now: dt.datetime
) -> str:
    """Return a unit's id as a list's argument: of its name, short name or alias.

    Raises:
        NotFound: a stranger, or an unknown unit.
        NotAllowed: an unknown unit, for who sees own rows only: as another's would be refused.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        unit = find_unit(await offices.units_of(session, viewer.office_id), name)
    if unit is None and not sees_all_in(viewer, kind):
        raise NotAllowed(NOT_YOURS)
    if unit is None:
        raise NotFound(NO_UNIT, name=name)
    return str(unit.id)


async def _lines(
    scene: Scene, shown: Sequence[Entry], closed: Mapping[str, ClosedPlan]
) -> list[Shown]:
    ids = [part_id for entry in shown for part_id in entry.parts]
    whole = await parts.parts_with_ids(scene.session, ids)
    searched = [entry.item_id for entry in shown if not entry.parts]
    of_items = await parts.parts_of_items(scene.session, searched)
    asked = await _requests(scene, [e.parts[0] for e in shown if e.head == REQUESTS and e.parts])
    found = []
    for entry in shown:
        plan = closed.get(entry.head) if not entry.parts else None
        # What was left open in a closed plan stands as it did on the day it was closed.
        day = min(scene.today, plan.on) if plan else scene.today
        told = [whole[part_id] for part_id in entry.parts] or [
            _speaker(scene, of_items[entry.item_id], day)
        ]
        lines = tuple(Line(part, part.standing(day, scene.calendar)) for part in told)
        days = (scene.today - entry.since).days if entry.since else 0
        request = asked.get(entry.parts[0]) if entry.parts else None
        if request is not None:
            days = (scene.today - local_day(request.requested_at)).days
        opens = await _opens(scene, told[0])
        found.append(Shown(entry.head, lines, days, request, opens))
    return found


async def _requests(scene: Scene, part_ids: Sequence[int]) -> dict[int, ExtensionFacts]:
    """Return the open requests for another date, by part."""
    found = await cards.extensions_of(scene.session, part_ids) if part_ids else {}
    return {part_id: one for part_id, every in found.items() for one in every if one.open}


async def _opens(scene: Scene, part: Part) -> bool:
    """Tell whether the item of a part that is listed may be opened here."""
    if scene.viewer.sees_unit(part.unit_id):
        return True
    return await sees_item(scene.session, scene.viewer, part.item_id)


def _speaker(scene: Scene, found: Sequence[Part], day: dt.date) -> Part:
    """Return the part that says how an item stands, of those that may be seen here."""
    seen = [part for part in found if scene.units is None or part.unit_id in scene.units]
    return speaker(seen or found, day, scene.calendar)
