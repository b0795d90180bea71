"""A unit has seen what it was sent ("đã nhận"); that says nothing about what is done."""

import datetime as dt

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.problem import N_
from bot.services.access import get_viewer
from bot.services.actor import Actor
from storage import chats, notices, outbox
from storage.audit import Act, claim_update, record
from storage.db import Database

NOT_REGISTERED = N_("Only registered people can confirm that this was received.")
NOT_HERE = N_("This message is not for you here (any more). Nothing has changed.")


async def acknowledge(db: Database, actor: Actor, outbox_id: int, now: dt.datetime) -> bool:
    """Record that a message was received by its chat; return False when it had been before.

    Raises:
        NotAllowed: the presser is not registered.
        NotFound: the message went to another chat, or is about units that are the presser's or
            the chat's no more.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if viewer.person_id is None:
            raise NotAllowed(NOT_REGISTERED)
        chat = await outbox.chat_of(session, outbox_id)
        here = await chats.chats_at(session, *actor.address)
        if chat is None or chat not in [known.id for known in here]:
            raise NotFound(NOT_HERE)
        told = await notices.units_told(session, outbox_id)
        if told and not any(viewer.sees_unit(unit_id) for unit_id in told):
            raise NotFound(NOT_HERE)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        first = await outbox.acknowledge(session, outbox_id, viewer.person_id, now)
        if first:
            await record(
                session,
                act,
                "message.acknowledge",
                "outbox",
                outbox_id,
                before={"acknowledged_at": None, "acknowledged_by": None},
                after={"acknowledged_at": now.isoformat(), "acknowledged_by": viewer.person_id},
            )
    return first
