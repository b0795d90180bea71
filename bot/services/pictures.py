"""What the charts show, as their viewer may see it."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.pictures import MonthCount, Shown, count_by_month, count_by_unit
from bot.domain.progress_table import ProgressTable
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.progress_table import table_of
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Pictures:
    """A plan counted by unit and state, and by unit and month; beside it the table it is from."""

    table: ProgressTable
    by_unit: list[tuple[str, dict[Shown, int]]]
    by_month: list[tuple[str, tuple[MonthCount, ...]]]


async def pictures(db: Database, actor: Actor, plan_id: int, now: dt.datetime) -> Pictures:
    """Return what the charts of a plan show here.

    Raises:
        NotFound: a stranger, no such plan, or no unit of one's own.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        table = await table_of(session, viewer, plan_id, now)
        calendar = await calendar_of(session, viewer.office_id, today)
    seen = [line.part for row in table.rows for line in row.lines]
    return Pictures(
        table,
        count_by_unit(seen, today, calendar),
        count_by_month(seen, table.year, today, calendar),
    )
