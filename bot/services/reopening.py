"""Reopening what was confirmed by mistake: Văn phòng, with a reason; the unit is told."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.records import Report
from bot.domain.roles import Viewer, coordinates
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import NOT_COORDINATOR, get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.audience import audience_of
from bot.services.closed_plans import refuse_closed
from bot.services.deciding import NO_REPORT
from bot.services.merged_parts import pass_on
from bot.services.secret_marks import refuse_marks
from bot.services.unsaid import kept
from storage import outbox, parts, reports
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database

ASK_REOPEN = "reopen"
NOT_DONE = N_("{code} is not confirmed as done (any more). Nothing has changed.")
LONGEST_REASON = 2000


async def check_reopenable(db: Database, actor: Actor, report_id: int, now: dt.datetime) -> Part:
    """Return the part of a report that the presser may reopen.

    Raises:
        NotFound, NotAllowed, UserError: as `reopen` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        _, part = await _reopenable(session, viewer, report_id)
        return part


async def reopen(
    db: Database, actor: Actor, report_id: int, reason: str, now: dt.datetime
) -> Part:
    """Take a confirmation back: the report counts as returned, the part is owed again.

    Raises:
        NotFound: no such report here.
        NotAllowed: the presser does not do Văn phòng's work.
        UserError: the report does not count (any more), or the reason bears a mark of secrecy.
    """
    refuse_marks(reason)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        _, part = await _reopenable(session, viewer, report_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        assert viewer.person_id is not None  # a coordinator is registered
        words = kept(part, reason[:LONGEST_REASON])
        if not await reports.reopen_report(session, act, report_id, words):
            raise UserError(NOT_DONE, code=part.code)
        await pass_on(session, act, part)
        audience = await audience_of(session, act.office_id, local_day(now))
        for chat in await audience.unit_and_assignee(part):
            key = f"reopened:{report_id}"
            await outbox.owe(session, chat, OutboxKind.REOPENED, key, now, subject_id=report_id)
        return part


async def _reopenable(
    session: AsyncSession, viewer: Viewer, report_id: int
) -> tuple[Report, Part]:
    report = await parts.find_report(session, viewer.office_id, report_id)
    if report is None:
        raise NotFound(NO_REPORT)
    part = await parts.find_part(session, viewer.office_id, report.part_id)
    if part is None or not await sees_item(session, viewer, part.item_id):
        raise NotFound(NO_REPORT)
    if not coordinates(viewer) or viewer.person_id is None:
        raise NotAllowed(NOT_COORDINATOR)
    await refuse_closed(session, part.plan_id)
    if report.state is not ReportState.ACCEPTED or part.progress is not Progress.DONE:
        raise UserError(NOT_DONE, code=part.code)
    return report, part
