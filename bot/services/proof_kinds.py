"""Which files an office takes as evidence."""

import datetime as dt

from bot.domain.days import local_day
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.rules import rules_of
from storage.db import Database


async def kinds_taken(db: Database, actor: Actor, now: dt.datetime) -> tuple[str, ...]:
    """Return the endings of the files that the office takes as evidence.

    Raises:
        NotFound: a stranger.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return (await rules_of(session, viewer.office_id)).file_types
