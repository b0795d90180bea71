"""Deciding on other dates: Văn phòng grants or rejects; `extension_offers` has its proposals."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_date, office_moment
from bot.domain.errors import MovedOn, NotAllowed, NotFound
from bot.domain.extension import Extension
from bot.domain.problem import N_
from bot.domain.roles import Viewer, may_decide
from bot.domain.states import ExtensionState
from bot.domain.work import Part
from bot.services import extension_owing
from bot.services.access import get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.extension_changes import DAY_OVER, NO_REQUEST, change, check_still
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
OFFERED_ANEW = N_(
    "Another day is proposed by now: {day}. Send /gia_han with the item's code to see it. "
    "Nothing has changed."
)
DECIDED = {
    ExtensionState.APPROVED: N_("Another date was granted already, {when}. Nothing has changed."),
    ExtensionState.REJECTED: N_("The request was rejected already, {when}. Nothing has changed."),
    ExtensionState.WITHDRAWN: N_("The request was withdrawn, {when}. Nothing has changed."),
    ExtensionState.COUNTERED: N_(
        "Another date was proposed already, {when}; the unit has to answer. The item's card has "
        "the buttons to change that. Nothing has changed."
    ),
    ExtensionState.LAPSED: N_(
        "There is nothing to decide any more since {when}: the unit does not owe this. "
        "Nothing has changed."
    ),
    ExtensionState.REQUESTED: N_(
        "Văn phòng took back the day that it had proposed; the request waits for Văn phòng. "
        "Nothing has changed."
    ),
}
WAITS_FOR_YOU = N_(
    "The proposal of that day was taken back; the request waits for your decision. "
    "Nothing has changed."
)
ASK_REJECTION = "extension_reason"
LONGEST_ANSWER = 1000


async def approve(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Grant the date that was asked for.

    Raises:
        NotFound, NotAllowed: no such request here, or not for this person to decide.
        UserError: it was decided before.
    """
    return await decide(db, actor, extension_id, ExtensionState.APPROVED, now)


async def reject(
    db: Database, actor: Actor, extension_id: int, reason: str, now: dt.datetime
) -> Extended:
    """Reject a request with a reason; the date is unchanged.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
        BearsSecretMark: the reason bears a mark of secrecy.
    """
    refuse_marks(reason)
    return await decide(
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
        extension, part = await decidable(session, viewer, extension_id)
    return Offer(extension, part, local_day(now))


async def seen_request(
    session: AsyncSession, viewer: Viewer, extension_id: int
) -> tuple[Extension, Part]:
    """Return a request with its part, if the viewer may see the item here.

    Raises:
        NotFound: there is none, or not for this viewer here.
    """
    extension = await extensions.find_extension(session, viewer.office_id, extension_id)
    if extension is None:
        raise NotFound(NO_REQUEST)
    part = await parts.find_part(session, viewer.office_id, extension.part_id)
    assert part is not None  # requests point to parts, and parts are never deleted
    if not await sees_item(session, viewer, part.item_id):
        raise NotFound(NO_REQUEST)
    await refuse_closed(session, part.plan_id)
    return extension, part


async def decidable(
    session: AsyncSession, viewer: Viewer, extension_id: int, *, instead: dt.date | None = None
) -> tuple[Extension, Part]:
    """Return a request that waits for Văn phòng and its part, if the viewer may decide on it.

    `instead` is the proposed day that Văn phòng wants to change, as long as it stands.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
    """
    extension, part = await seen_request(session, viewer, extension_id)
    asks = await office_asks(session, viewer.office_id, part.unit_id)
    if not may_decide(viewer, extension.requested_by, office_asks=asks):
        raise NotAllowed(NOT_DECIDER)
    if instead and extension.state is ExtensionState.REQUESTED:
        raise MovedOn(WAITS_FOR_YOU)
    check_state(extension, ExtensionState.COUNTERED if instead else ExtensionState.REQUESTED)
    if instead:
        check_offered(extension, instead)
    return extension, part


def check_state(extension: Extension, *wanted: ExtensionState) -> None:
    """Let only a request pass that is in one of the states `wanted`.

    Raises:
        MovedOn: it is not; what became of it, and when.
    """
    if extension.state not in wanted:
        at = office_moment(extension.decided_at or extension.requested_at)
        raise MovedOn(DECIDED[extension.state], when=at)


def check_offered(extension: Extension, day: dt.date) -> None:
    """Let only a request pass for which `day` is the one that Văn phòng proposes.

    Raises:
        MovedOn: another day is proposed by now.
    """
    if extension.counter_due != day:
        proposed = extension.counter_due or extension.to_due
        raise MovedOn(OFFERED_ANEW, day=office_date(proposed))


async def decide(
    db: Database,
    actor: Actor,
    extension_id: int,
    state: ExtensionState,
    now: dt.datetime,
    *,
    instead: dt.date | None = None,
    name: str = "",
    **more: Any,
) -> Extended:
    """Move a request that waits for Văn phòng to `state`; the unit is told.

    With `instead`, one that waits for the unit's word on that day. `name` and `more` are as
    `extension_changes.change` takes them.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await decidable(session, viewer, extension_id, instead=instead)
        more = {"decided_by": viewer.person_id, **more}
        if state in (ExtensionState.APPROVED, ExtensionState.COUNTERED):
            check_still(replace(extension, **more), part, now, DAY_OVER)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if "answer" in more:
            more["answer"] = kept(part, more["answer"])
        fresh = await change(session, act, extension, part, state, name, **more)
        await extension_owing.tell_unit(session, fresh.extension, fresh.part, now)
        await people.drop_dialog(session, viewer.person_id or 0, actor.address)
    return replace(fresh, decides=True)
