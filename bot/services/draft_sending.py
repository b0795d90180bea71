"""Sending a draft: it becomes the report of its part, once."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import office_moment
from bot.domain.errors import NotFound, UserError
from bot.domain.problem import N_
from bot.domain.report_draft import Draft, DraftPurpose
from bot.domain.roles import Viewer
from bot.domain.work import Part
from bot.services.actor import Actor
from bot.services.draft_scene import NO_DRAFT, scene_of, view_of
from bot.services.messages import Reported
from bot.services.messages_drafts import DraftView
from bot.services.progress import add_proofs, owed_part, reported
from bot.services.report_making import Statement, make_report
from storage import parts, report_drafts
from storage.audit import claim_update, refuse_repeated
from storage.db import Database

SENT_BY = N_("{code} was reported already: {who}, {when}. It waits for Văn phòng.")
ASK_OUTSIDE = N_("First say whether it was also pressed in the province's software.")
ASK_SECRET = N_("First say whether this is a document under state secrecy.")
ASK_DAY = N_("First type the date of {number} again, or say that it goes without.")
SAYS_NOTHING = N_("There is no evidence to add yet. Send a link, a number, a file or a photo.")


async def send(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> Reported:
    """Send a draft as the report of its part; where one waits already, add its proofs to it.

    Raises:
        NotFound: it was sent or dropped already.
        NotAllowed: the person may not report this part (any more).
        UserError: something is still to be answered, or somebody else has reported meanwhile.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        viewer, draft = scene.viewer, scene.draft
        if draft.purpose is not DraftPurpose.REPORT:
            raise NotFound(NO_DRAFT)
        part = await owed_part(session, viewer, draft.part_id)
        view = await view_of(session, viewer, draft, part, now)
        _check_whole(view)
        await claim_update(session, scene.act)
        said = Statement(
            draft.proofs,
            draft.note,
            tuple(place for place in draft.products if place < len(view.products)),
            draft.outside_done if view.asks_outside else None,
        )
        if view.adds:
            await _check_own_report(session, viewer, part)
            await report_drafts.drop_draft(session, draft.id)
            return await add_proofs(session, scene.act, viewer, part, said)
        await report_drafts.drop_draft(session, draft.id)
        made = await make_report(session, scene.act, viewer, part, said)
        return await reported(session, viewer, part, said, made, now)


def check_answered(draft: Draft) -> None:
    """Let a draft count unless something in it was asked about and is not answered yet.

    Raises:
        UserError: it may bear a mark of secrecy, or a document's date could not be read.
    """
    if draft.doubtful:
        raise UserError(ASK_SECRET)
    unread = next((proof for proof in draft.proofs if proof.unread_day), None)
    if unread is not None:
        raise UserError(ASK_DAY, number=unread.number)


def _check_whole(view: DraftView) -> None:
    check_answered(view.draft)
    if view.asks_outside and view.draft.outside_done is None and not view.adds:
        raise UserError(ASK_OUTSIDE)
    if view.adds and not view.draft.proofs:
        raise UserError(SAYS_NOTHING)


async def _check_own_report(session: AsyncSession, viewer: Viewer, part: Part) -> None:
    """Let proofs be added to one's own report only: another's was not known when this began."""
    report = await parts.standing_report(session, part.id)
    if report is not None and report.person_id != viewer.person_id and part.has_evidence:
        when = office_moment(report.submitted_at)
        raise UserError(SENT_BY, code=part.code, who=report.person, when=when)
