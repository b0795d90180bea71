"""A personal snooze: for one person's own chat, and only of what others are told as well."""

import datetime as dt

from bot.domain.days import instant, local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.problem import N_
from bot.services.access import NO_SUCH_ITEM, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.rules import rules_of
from storage import chats, outbox, people
from storage.audit import Act, claim_update, record
from storage.audit_values import columns
from storage.db import Database

LATER = 2  # working days
IN_PRIVATE = N_("Only in a private chat, for yourself. Nothing has changed.")


async def snooze(db: Database, actor: Actor, outbox_id: int, now: dt.datetime) -> dt.datetime:
    """Leave a person's own chat in peace for two working days; return until when.

    What is late is told to others all the same, and to this person where they stand above it.

    Raises:
        NotFound: a stranger, or the message went to another chat.
        NotAllowed: in a group.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, today)
        if not actor.private or viewer.person_id is None:
            raise NotAllowed(IN_PRIVATE)
        here = await chats.chats_at(session, *actor.address)
        if await outbox.chat_of(session, outbox_id) not in [chat.id for chat in here]:
            raise NotFound(NO_SUCH_ITEM)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        calendar = await calendar_of(session, viewer.office_id, today)
        rules = await rules_of(session, viewer.office_id)
        until = instant(calendar.plus_working_days(today, LATER), rules.morning_at)
        before = await people.snooze(session, viewer.person_id, until)
        await record(
            session,
            act,
            "person.snooze",
            "person",
            viewer.person_id,
            before=columns(snoozed_until=before),
            after=columns(snoozed_until=until),
        )
    return until
