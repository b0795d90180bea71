"""What becomes of occurrences that were past when their plan was activated."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.problem import N_
from bot.domain.roles import coordinates
from bot.domain.status import Progress
from bot.domain.work import CallToDecide, Duty, Part
from bot.services.access import NO_SUCH_ITEM, NOT_COORDINATOR, get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.extension_lapsing import lapse
from storage import parts
from storage.audit import Act, claim_update, record
from storage.audit_values import columns
from storage.db import Database

NOTHING_WAITS = N_("Nothing waits for this here any more. Nothing has changed.")


async def settle_past(
    db: Database,
    actor: Actor,
    part_ids: tuple[int, ...],
    call: CallToDecide,
    now: dt.datetime,
) -> int:
    """Say what becomes of parts that were past when their plan was activated; return how many.

    Raises:
        NotAllowed: the presser is not of Văn phòng.
        NotFound: one of them is not there, or not to be shown in this chat.
    """
    changed = 0
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        for part_id in part_ids:
            part = await parts.find_part(session, viewer.office_id, part_id)
            if part is None or not await sees_item(session, viewer, part.item_id):
                raise NotFound(NO_SUCH_ITEM)
            await refuse_closed(session, part.plan_id)
            if not part.unsettled or not part.owed:
                continue
            await _settle_one(session, act, part, call)
            changed += 1
    return changed


async def settle_past_of_plan(
    db: Database, actor: Actor, plan_id: int, call: CallToDecide, now: dt.datetime
) -> int:
    """Settle everything of a plan that was past at its activation; return how many parts.

    Raises:
        NotAllowed: the presser is not of Văn phòng.
        NotFound: nothing of such a plan waits, or not all units may be shown in this chat.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        everything = viewer.sees_every_unit()
        found = await parts.open_parts(session, viewer.office_id) if everything else []
    ids = tuple(
        part.id
        for part in found
        if part.unsettled and part.plan_id == plan_id and part.duty is not Duty.COOPERATE
    )
    if not ids:
        raise NotFound(NOTHING_WAITS)
    return await settle_past(db, actor, ids, call, now)


async def _settle_one(session: AsyncSession, act: Act, part: Part, call: CallToDecide) -> None:
    after = {
        CallToDecide.DONE: Progress.DONE,
        CallToDecide.NOT_REQUIRED: Progress.DROPPED,
        CallToDecide.OVERDUE: part.progress,
    }[call]
    before, now = columns(progress=part.progress), columns(progress=after)
    if after is not part.progress:
        # Done before the plan was followed here: nobody knows the day, so none is claimed.
        await parts.change_progress(session, part.id, part.progress, after, submitted_at=None)
        decision = f"past at activation: {call}"
        await parts.note_decision(session, part.id, decision)
        await lapse(session, act, "part.settle", part.id)
        before, now = {**before, "decision": None}, {**now, "decision": decision}
    siblings = await parts.parts_of_item(session, part.item_id)
    others = (p for p in siblings if p.occurrence_id == part.occurrence_id and p.id != part.id)
    if call is CallToDecide.OVERDUE or not any(
        other.owed and other.duty is not Duty.COOPERATE for other in others
    ):
        await parts.settle(session, part.occurrence_id)
        await record(
            session,
            act,
            "part.settle",
            "occurrence",
            part.occurrence_id,
            before={"unsettled": True},
            after={"unsettled": False},
        )
    await record(
        session,
        act,
        "part.settle",
        "part",
        part.id,
        before=before,
        after={**now, "call": call},
    )
