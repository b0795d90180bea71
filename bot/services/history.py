"""What happened to an item, from the audit trail."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.days import local_day
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.cards import card_of
from bot.services.messages import Card
from storage import offices
from storage.db import Database
from storage.history import Entry as Entry  # also for who puts it into words
from storage.history import entries_of_item, names_of

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class History:
    """A page of what happened to an item, newest first; of parts, those that may be seen here.

    `names`: people may be named here, which in groups they are not. `units` and `people` are the
    names of those whom entries point to.
    """

    card: Card
    page: int
    pages: int
    entries: tuple[Entry, ...]
    names: bool
    units: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


async def history(
    db: Database, actor: Actor, item_id: int, page: int, now: dt.datetime
) -> History:
    """Return a page of an item's history; one beyond the end is the last.

    Raises:
        NotFound: a stranger, or no such item for this viewer here.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        card = await card_of(session, viewer, item_id, today)
        own = None if viewer.sees_every_unit() else viewer.own_units()
        count, found = await entries_of_item(session, item_id, page * PER_PAGE, PER_PAGE, own)
        pages = max(1, -(-count // PER_PAGE))
        if page >= pages:
            page = pages - 1
            _, found = await entries_of_item(session, item_id, page * PER_PAGE, PER_PAGE, own)
        units = await offices.unit_names(session, viewer.office_id)
        people = await names_of(session, _assignees(found)) if viewer.private else {}
    return History(
        card,
        page,
        pages,
        tuple(found),
        viewer.private,
        units,
        people,
    )


def _assignees(entries: list[Entry]) -> set[int]:
    sides = (side.get("assignee_id") for one in entries for side in (one.before, one.after))
    return {person_id for person_id in sides if isinstance(person_id, int)}
