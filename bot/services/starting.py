"""Saying that work on a part is under way (đang thực hiện): it stays owed, and may be overdue."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, UserError
from bot.domain.problem import N_
from bot.domain.starting import works_on
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.progress import seen_part
from storage import parts
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_values import columns
from storage.db import Database

NOT_WORKING = N_(
    "Only the head of the unit that owes this part, or who prepares it, can say that it is under "
    "way. Nothing has changed."
)
NOT_NOW = N_(
    "{code} is under way, reported or closed already. Open the item to see how it stands. "
    "Nothing has changed."
)


async def start(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Part:
    """Record that work on a part is under way; return the part as it was before.

    Raises:
        NotFound: no such part here.
        NotAllowed: the presser neither heads its unit nor prepares it.
        UserError: it is under way already, or past that.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        part = await seen_part(session, viewer, part_id)
        await refuse_closed(session, part.plan_id)
        if not works_on(viewer, part):
            raise NotAllowed(NOT_WORKING)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if not await begin_work(session, act, part):
            raise UserError(NOT_NOW, code=part.code)
        return part


async def begin_work(session: AsyncSession, act: Act, part: Part) -> bool:
    """Move a part that was not started to under way, and record it; False: it was not."""
    before, after = Progress.NOT_STARTED, Progress.IN_PROGRESS
    if part.progress is not before or not await parts.change_progress(
        session, part.id, before, after, submitted_at=None
    ):
        return False
    await record(
        session,
        act,
        "part.start",
        "part",
        part.id,
        before=columns(progress=before),
        after=columns(progress=after),
    )
    return True
