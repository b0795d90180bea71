"""What people look up: items by their code, and an item's card."""

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.domain.days import local_day
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.work import Part, by_urgency
from bot.domain.workdays import Calendar
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.cards import card_of
from bot.services.closed_plans import items_in_use, items_to_read
from bot.services.messages import Card
from storage.db import Database
from storage.rows import PlanFacts

NO_OWN_UNIT = N_("You have no unit here yet. Ask Văn phòng for a code.")


def lines_of(found: Iterable[Part], today: dt.date, calendar: Calendar) -> tuple[Line, ...]:
    """Return the parts with where they stand, most urgent first."""
    return tuple(Line(part, part.standing(today, calendar)) for part in by_urgency(found))


async def items_called(
    db: Database, actor: Actor, code: str, now: dt.datetime
) -> Sequence[tuple[int, str]]:
    """Return (item, plan title) of the items with this code that can be acted on here.

    Raises:
        NotFound: there is none.
        UserError: only closed plans have one.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = await items_in_use(session, viewer, code)
    return [(item_id, plan.title) for item_id, plan in found]


async def items_kept(
    db: Database, actor: Actor, code: str, now: dt.datetime
) -> Sequence[tuple[int, PlanFacts]]:
    """Return (item, plan) of the items with this code to look at, in closed plans last.

    Raises:
        NotFound: there is none.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await items_to_read(session, viewer, code)


async def card(db: Database, actor: Actor, item_id: int, now: dt.datetime) -> Card:
    """Return an item's card as the viewer may see it.

    Raises:
        NotFound: a stranger, or no such item for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await card_of(session, viewer, item_id, local_day(now))
