"""Deciding on other dates: Văn phòng grants, rejects or proposes; the unit answers a proposal."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_moment
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.extension import Extension, check_day
from bot.domain.problem import N_
from bot.domain.roles import Viewer, may_decide
from bot.domain.states import ExtensionState
from bot.domain.work import Part
from bot.services import dialogs, extension_owing
from bot.services.access import get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.extension_changes import DAY_OVER, NO_REQUEST, OFFER_OVER, change, check_still
from bot.services.extension_words import read_day
from bot.services.extensions import (
    NOTHING_TO_SEND,
    UNREAD_DAY,
    day_problem,
)
from bot.services.messages_extensions import Extended, Offer
from bot.services.recipients import office_asks
from bot.services.secret_marks import refuse_marks
from bot.services.unsaid import kept
from storage import extensions, parts, people
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database

NOT_DECIDER = N_(
    "Only Văn phòng, and never the person who asked, can decide this. Nothing has changed."
)
NOT_UNIT = N_("Only the head of the unit that asked can answer this. Nothing has changed.")
DECIDED = {
    ExtensionState.APPROVED: N_("Another date was granted already, {when}. Nothing has changed."),
    ExtensionState.REJECTED: N_("The request was rejected already, {when}. Nothing has changed."),
    ExtensionState.WITHDRAWN: N_("The request was withdrawn, {when}. Nothing has changed."),
    ExtensionState.COUNTERED: N_(
        "Another date was proposed already, {when}; the unit has to answer. Nothing has changed."
    ),
    ExtensionState.REQUESTED: N_("The request waits for Văn phòng. Nothing has changed."),
}
ASK_REJECTION = "extension_reason"
ASK_OFFER = "extension_offer"
LONGEST_ANSWER = 1000


async def approve(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Grant the date that was asked for.

    Raises:
        NotFound, NotAllowed: no such request here, or not for this person to decide.
        UserError: it was decided before.
    """
    return await _decide(db, actor, extension_id, ExtensionState.APPROVED, now)


async def reject(
    db: Database, actor: Actor, extension_id: int, reason: str, now: dt.datetime
) -> Extended:
    """Reject a request with a reason; the date is unchanged.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
        BearsSecretMark: the reason bears a mark of secrecy.
    """
    refuse_marks(reason)
    return await _decide(
        db, actor, extension_id, ExtensionState.REJECTED, now, answer=reason[:LONGEST_ANSWER]
    )


async def check_decidable(
    db: Database, actor: Actor, extension_id: int, now: dt.datetime
) -> Offer:
    """Return a request that the presser may decide on.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await _decidable(session, viewer, extension_id)
    return Offer(extension, part, local_day(now))


async def type_offer(
    db: Database, actor: Actor, extension_id: int, text: str, now: dt.datetime
) -> Offer:
    """Take another date that Văn phòng types, and remember it until it is sent.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, today)
        extension, part = await _decidable(session, viewer, extension_id)
        day = read_day(text, today)
        bad = check_day(day, part.due or extension.from_due, today)
        wrong = day_problem(bad, day, part.due or extension.from_due, text, UNREAD_DAY)
        assert viewer.person_id is not None  # may_decide asks for it
        await people.put_dialog(
            session,
            viewer.office_id,
            viewer.person_id,
            actor.address,
            ASK_OFFER,
            extension_id,
            now=now,
            expires_at=now + dialogs.ANSWER_WITHIN,
            value={"due": day.isoformat() if day and not wrong else None},
        )
    return Offer(extension, part, today, None if wrong else day, wrong)


async def offer(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Propose the date that was typed and read back; the unit accepts or declines.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`; or nothing was read back here.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        await _decidable(session, viewer, extension_id)
        found = await people.find_dialog(session, viewer.person_id or 0, actor.address, now)
    asked = found is not None and (found.question, found.subject_id) == (ASK_OFFER, extension_id)
    due = found.value.get("due") if found and asked else None
    if due is None:
        raise UserError(NOTHING_TO_SEND)
    return await _decide(
        db,
        actor,
        extension_id,
        ExtensionState.COUNTERED,
        now,
        counter_due=dt.date.fromisoformat(str(due)),
    )


async def accept(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Accept the date that Văn phòng proposed, as a head of the unit.

    Raises:
        NotFound, NotAllowed: no such request, or not a head of its unit, or who proposed it.
        UserError: it does not wait for the unit.
    """
    return await _answer(db, actor, extension_id, ExtensionState.APPROVED, now)


async def withdraw(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Take a request back, or decline the proposed date, as a head of the unit.

    Raises:
        NotFound, NotAllowed, UserError: as `accept`.
    """
    return await _answer(db, actor, extension_id, ExtensionState.WITHDRAWN, now)


async def _found(
    session: AsyncSession, viewer: Viewer, extension_id: int
) -> tuple[Extension, Part]:
    extension = await extensions.find_extension(session, viewer.office_id, extension_id)
    if extension is None:
        raise NotFound(NO_REQUEST)
    part = await parts.find_part(session, viewer.office_id, extension.part_id)
    assert part is not None  # requests point to parts, and parts are never deleted
    if not await sees_item(session, viewer, part.item_id):
        raise NotFound(NO_REQUEST)
    await refuse_closed(session, part.plan_id)
    return extension, part


async def _decidable(
    session: AsyncSession, viewer: Viewer, extension_id: int
) -> tuple[Extension, Part]:
    extension, part = await _found(session, viewer, extension_id)
    asks = await office_asks(session, viewer.office_id, part.unit_id)
    if not may_decide(viewer, extension.requested_by, office_asks=asks):
        raise NotAllowed(NOT_DECIDER)
    _check_state(extension, ExtensionState.REQUESTED)
    return extension, part


def _check_state(extension: Extension, *wanted: ExtensionState) -> None:
    if extension.state not in wanted:
        at = office_moment(extension.decided_at or extension.requested_at)
        raise UserError(DECIDED[extension.state], when=at)


async def _decide(
    db: Database,
    actor: Actor,
    extension_id: int,
    state: ExtensionState,
    now: dt.datetime,
    **more: Any,
) -> Extended:
    """Move a request that waits for Văn phòng to `state`; the unit is told."""
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await _decidable(session, viewer, extension_id)
        if state is not ExtensionState.REJECTED:
            check_still(replace(extension, **more), part, now, DAY_OVER)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if "answer" in more:
            more["answer"] = kept(part, more["answer"])
        fresh = await change(session, act, extension, part, state, **more)
        await extension_owing.tell_unit(session, fresh.extension, fresh.part, now)
        await people.drop_dialog(session, viewer.person_id or 0, actor.address)
    return fresh


async def _answer(
    db: Database, actor: Actor, extension_id: int, state: ExtensionState, now: dt.datetime
) -> Extended:
    """Let a head of the unit answer a proposal, or take the request back; Văn phòng is told."""
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await _found(session, viewer, extension_id)
        if part.unit_id not in viewer.heads():
            raise NotAllowed(NOT_UNIT)
        withdrawing = state is ExtensionState.WITHDRAWN
        waiting = (ExtensionState.COUNTERED, *((ExtensionState.REQUESTED,) * withdrawing))
        _check_state(extension, *waiting)
        if extension.decided_by == viewer.person_id and not withdrawing:
            raise NotAllowed(NOT_UNIT)  # who proposed the date does not accept it
        if not withdrawing:
            check_still(extension, part, now, OFFER_OVER)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        fresh = await change(session, act, extension, part, state)
        await extension_owing.tell_deciders(session, viewer, fresh.extension, fresh.part, now)
    return fresh
