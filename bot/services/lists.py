"""What people look up: items by their code, and an item's card."""

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.work import Part, by_urgency
from bot.domain.workdays import Calendar
from bot.services.access import NO_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.cards import card_of
from bot.services.messages import Card
from storage import plans
from storage.db import Database

NO_OWN_UNIT = N_("You have no unit here yet. Ask Văn phòng for a code.")


def lines_of(found: Iterable[Part], today: dt.date, calendar: Calendar) -> tuple[Line, ...]:
    """Return the parts with where they stand, most urgent first."""
    return tuple(Line(part, part.standing(today, calendar)) for part in by_urgency(found))


async def items_called(
    db: Database, actor: Actor, code: str, now: dt.datetime
) -> Sequence[tuple[int, str]]:
    """Return (item, plan title) of the items with this code that the viewer may see.

    Raises:
        NotFound: there is none.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = []
        for item_id, plan in await plans.items_with_code(session, viewer.office_id, code):
            try:
                await access_item(session, viewer, item_id)
            except NotFound:
                continue
            found.append((item_id, plan.title))
    if not found:
        raise NotFound(NO_ITEM, code=code)
    return found


async def card(db: Database, actor: Actor, item_id: int, now: dt.datetime) -> Card:
    """Return an item's card as the viewer may see it.

    Raises:
        NotFound: a stranger, or no such item for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await card_of(session, viewer, item_id, local_day(now))
