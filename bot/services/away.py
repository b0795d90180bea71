"""The bot was away, or its line was: Văn phòng hears from when to when."""

import datetime as dt

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind
from bot.services.recipients import office_chats
from bot.services.rules import rules_of
from storage import offices, outbox
from storage.db import Database

# By then what was missed has been caught up with, and can be counted.
CATCH_UP = dt.timedelta(minutes=1)


async def owe_away(db: Database, since: dt.datetime, until: dt.datetime) -> int:
    """Owe each Văn phòng a word about an absence that was long for it; return how many chats."""
    count = 0
    async with db.begin() as session:
        for office_id in await offices.office_ids(session):
            rules = await rules_of(session, office_id)
            if until - since <= dt.timedelta(minutes=rules.away_minutes):
                continue
            for chat in await office_chats(session, office_id, local_day(until)):
                await outbox.owe(
                    session,
                    chat,
                    OutboxKind.AWAY,
                    f"away:{until.isoformat()}",
                    until,
                    payload={"from": since.isoformat(), "to": until.isoformat()},
                    not_before=until + CATCH_UP,
                )
                count += 1
    return count
