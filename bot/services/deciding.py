"""Deciding on reports of completion: who asks never decides; the unit is told."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_moment
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.records import ClosedPlan, Report
from bot.domain.roles import Viewer, may_decide
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.closed_plans import closed_plan
from bot.services.lost_chats import owe_decision
from bot.services.merged_parts import pass_on
from bot.services.recipients import office_asks
from bot.services.secret_marks import refuse_marks
from bot.services.unsaid import kept
from storage import parts
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_values import columns
from storage.db import Database
from storage.proofs import evidence_of

NOT_DECIDER = N_(
    "Only Văn phòng, and never the person who reported, can decide this. Nothing has changed."
)
DECIDED = N_("This was decided already: {who}, {when}.")
NO_REPORT = N_(
    "This report no longer exists. Send /xem with the item's code to see how it stands."
)
TAKEN_BACK = N_("This report was taken back by who made it. Nothing has changed.")
NO_PROOF = N_("There is no evidence yet, so this cannot be confirmed. Return it, or ask for some.")


async def decide(
    db: Database,
    actor: Actor,
    report_id: int,
    now: dt.datetime,
    *,
    reason: str | None = None,
) -> Report:
    """Confirm a report, or return it with a reason; the unit is told.

    What waited when its plan was closed is decided, too: returned, it counts as not done and is
    not reported again in that plan.

    Raises:
        NotFound: no such report here.
        NotAllowed: the presser may not decide, or has reported it.
        UserError: it was decided before, has no evidence, or the reason bears a mark of secrecy.
    """
    today = local_day(now)
    refuse_marks(reason or "")
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        report = await _decidable(session, viewer, report_id, accepting=reason is None)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        state = ReportState.ACCEPTED if reason is None else ReportState.RETURNED
        assert viewer.person_id is not None  # may_decide asks for it
        part = await parts.find_part(session, viewer.office_id, report.part_id)
        assert part is not None  # reports point to parts, and parts are never deleted
        reason = kept(part, reason) if reason else reason
        await parts.decide_report(session, report_id, state, viewer.person_id, now, reason=reason)
        key = await parts.part_key(session, report.part_id)
        after = Progress.DONE if reason is None else Progress.RETURNED
        await parts.change_progress(
            session,
            key.id,
            key.progress,
            after,
            submitted_at=report.submitted_at if reason is None else None,
        )
        name = "report.confirm" if reason is None else "report.return"
        decision = {"state": state, "decided_by": viewer.person_id, "decided_at": now}
        await record(
            session,
            act,
            name,
            "report",
            report_id,
            before=columns(state=report.state, decided_by=None, decided_at=None, reason=None),
            after=columns(**decision, reason=reason),
        )
        submitted = report.submitted_at if reason is None else None
        await record(
            session,
            act,
            name,
            "part",
            key.id,
            before=columns(progress=key.progress, submitted_at=report.submitted_at),
            after=columns(progress=after, submitted_at=submitted),
        )
        if reason is not None and await closed_plan(session, part.plan_id) is None:
            await pass_on(session, act, part)
        await owe_decision(session, act.office_id, report.id, now)
        decided = await parts.find_report(session, viewer.office_id, report_id)
    assert decided is not None  # it was just changed
    return decided


async def check_returnable(
    db: Database, actor: Actor, report_id: int, now: dt.datetime
) -> tuple[Part, ClosedPlan | None]:
    """Return the part of a report that the presser may return, and its plan if that is closed.

    Raises:
        NotFound, NotAllowed, UserError: as `decide` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        report = await _decidable(session, viewer, report_id, accepting=False)
        part = await parts.find_part(session, viewer.office_id, report.part_id)
        assert part is not None  # reports point to parts, and parts are never deleted
        return part, await closed_plan(session, part.plan_id)


async def _decidable(
    session: AsyncSession, viewer: Viewer, report_id: int, *, accepting: bool
) -> Report:
    report = await parts.find_report(session, viewer.office_id, report_id)
    if report is None:
        raise NotFound(NO_REPORT)
    part = await parts.part_key(session, report.part_id)
    if not await sees_item(session, viewer, part.item_id):
        raise NotFound(NO_REPORT)
    asks = report.on_behalf or await office_asks(session, viewer.office_id, part.unit_id)
    if not may_decide(viewer, report.person_id, office_asks=asks):
        raise NotAllowed(NOT_DECIDER)
    if report.state is ReportState.WITHDRAWN:
        raise UserError(TAKEN_BACK)
    if report.state is not ReportState.AWAITING:
        assert report.decided_at is not None  # set with the decision
        raise UserError(
            DECIDED,
            who=report.decided_by or "",
            when=office_moment(report.decided_at),
        )
    proofs = await evidence_of(session, [report.part_id])
    if accepting and not proofs.get(report.part_id):
        raise UserError(NO_PROOF)
    return report
