"""Further proofs of a part, and corrections of one: begun, then collected as a report's are."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.report_draft import Draft, DraftPurpose
from bot.domain.roles import Viewer
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.draft_scene import view_of
from bot.services.messages_drafts import DraftView
from bot.services.proof_rights import correctable_proof, provable_part
from storage import report_drafts
from storage.db import Database


async def begin_adding(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> DraftView:
    """Begin to add proofs to a part, whether or not it was reported, or go on with it.

    Raises:
        NotFound, NotAllowed, UserError: as `provable_part` does.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await provable_part(session, viewer, part_id)
        draft = await _draft(session, viewer, part_id, DraftPurpose.ADD, now)
        return await view_of(session, viewer, draft, part, now)


async def begin_correcting(
    db: Database, actor: Actor, proof_id: int, now: dt.datetime
) -> DraftView:
    """Begin to correct a proof; a correction of another one that was begun is forgotten.

    Raises:
        NotFound, NotAllowed, UserError: as `correctable_proof` does.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part, proof, _ = await correctable_proof(session, viewer, proof_id)
        begun = await _draft(session, viewer, part.id, DraftPurpose.CORRECT, now)
        if begun.replaces_id == proof_id:
            return await view_of(session, viewer, begun, part, now)
        await report_drafts.drop_draft(session, begun.id)
        fresh = await _draft(session, viewer, part.id, DraftPurpose.CORRECT, now)
        draft = Draft(
            fresh.id,
            fresh.office_id,
            part.id,
            fresh.person_id,
            proofs=(proof.evidence,),
            purpose=DraftPurpose.CORRECT,
            replaces_id=proof_id,
        )
        await report_drafts.change_draft(session, draft, now)
        return await view_of(session, viewer, draft, part, now)


async def _draft(
    session: AsyncSession, viewer: Viewer, part_id: int, purpose: DraftPurpose, now: dt.datetime
) -> Draft:
    assert viewer.person_id is not None  # who may prove is registered
    await report_drafts.put_draft(
        session, viewer.office_id, part_id, viewer.person_id, now, purpose
    )
    draft = await report_drafts.draft_of(session, part_id, viewer.person_id, purpose)
    assert draft is not None  # it was just put there
    return draft
