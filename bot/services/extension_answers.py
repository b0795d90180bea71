"""What a unit says to a proposed day, and taking its request back."""

import datetime as dt
from dataclasses import replace

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed
from bot.domain.problem import N_
from bot.domain.states import OPEN_REQUESTS, ExtensionState
from bot.services import extension_owing
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.extension_changes import OFFER_OVER, change, check_still
from bot.services.extension_decisions import check_offered, check_state, seen_request
from bot.services.messages_extensions import Extended
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database

NOT_UNIT = N_("Only the head of the unit that asked can answer this. Nothing has changed.")


async def accept(
    db: Database, actor: Actor, extension_id: int, day: dt.date, now: dt.datetime
) -> Extended:
    """Accept `day`, which Văn phòng proposed, as a head of the unit.

    Raises:
        NotFound, NotAllowed: no such request, or not a head of its unit, or who proposed it.
        UserError: it does not wait for the unit, or another day is proposed by now.
    """
    return await _answer(db, actor, extension_id, ExtensionState.APPROVED, now, day)


async def decline(
    db: Database, actor: Actor, extension_id: int, day: dt.date, now: dt.datetime
) -> Extended:
    """Decline `day`, which Văn phòng proposed, as a head of the unit; the present date stands.

    Raises:
        NotFound, NotAllowed, UserError: as `accept`.
    """
    return await _answer(db, actor, extension_id, ExtensionState.WITHDRAWN, now, day)


async def withdraw(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Take a request back, as a head of the unit, whatever was proposed.

    Raises:
        NotFound, NotAllowed, UserError: as `accept`.
    """
    return await _answer(db, actor, extension_id, ExtensionState.WITHDRAWN, now)


async def _answer(
    db: Database,
    actor: Actor,
    extension_id: int,
    state: ExtensionState,
    now: dt.datetime,
    offered: dt.date | None = None,
) -> Extended:
    """Let a head of the unit answer the proposal of `offered`, or take the request back.

    Văn phòng is told.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await seen_request(session, viewer, extension_id)
        if part.unit_id not in viewer.heads():
            raise NotAllowed(NOT_UNIT)
        if offered is None:
            check_state(extension, *OPEN_REQUESTS)
        else:
            check_state(extension, ExtensionState.COUNTERED)
            check_offered(extension, offered)
        if state is ExtensionState.APPROVED:
            if extension.decided_by == viewer.person_id:
                raise NotAllowed(NOT_UNIT)  # who proposed the date does not accept it
            check_still(extension, part, now, OFFER_OVER)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        fresh = await change(session, act, extension, part, state)
        await extension_owing.tell_deciders(session, viewer, fresh.extension, fresh.part, now)
    return replace(fresh, answers=True)
