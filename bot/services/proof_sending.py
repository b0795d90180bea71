"""Adding proofs to a part and correcting one: it counts at once, and older versions are kept."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, UserError
from bot.domain.evidence import Evidence
from bot.domain.kept_proofs import comes_late
from bot.domain.problem import N_
from bot.domain.proof_correcting import same
from bot.domain.report_draft import DraftPurpose
from bot.domain.roles import Viewer
from bot.domain.work import Part
from bot.services.actor import Actor
from bot.services.draft_scene import NO_DRAFT, Scene, scene_of
from bot.services.draft_sending import SAYS_NOTHING, check_answered
from bot.services.messages_proofs import ProofsChanged
from bot.services.proof_rights import correctable_proof, proves_on_behalf
from storage import parts, proofs, report_drafts
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database

SAME_AS_BEFORE = N_(
    "This says the same as what stands. Send what is different. Nothing has changed."
)
HELD_ALREADY = N_("{code} has this evidence already. Nothing has changed.")


async def send_proofs(
    db: Database, actor: Actor, draft_id: int, now: dt.datetime
) -> ProofsChanged:
    """Let a draft of further proofs, or of a correction, count.

    Raises:
        NotFound: it was sent or dropped already.
        NotAllowed: the person may not (any more).
        UserError: it says nothing new, is still to be answered, or was corrected meanwhile.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        if scene.draft.purpose is DraftPurpose.REPORT:
            raise NotFound(NO_DRAFT)
        check_answered(scene.draft)
        if not scene.draft.proofs:
            raise UserError(SAYS_NOTHING)
        await claim_update(session, scene.act)
        await report_drafts.drop_draft(session, draft_id)
        was: Evidence | None = None
        if scene.draft.purpose is DraftPurpose.CORRECT:
            added, was = await _correct(session, scene)
        else:
            added = await attach(session, scene.act, scene.viewer, scene.part, scene.draft.proofs)
        return ProofsChanged(
            scene.part,
            added,
            was,
            proves_on_behalf(scene.viewer, scene.part),
            scene.part.owed and scene.part.unit_id in scene.viewer.heads(),
            comes_late(await parts.standing_report(session, scene.part.id)),
        )


async def _correct(session: AsyncSession, scene: Scene) -> tuple[tuple[Evidence, ...], Evidence]:
    _, old, _ = await correctable_proof(session, scene.viewer, scene.draft.replaces_id or 0)
    better = scene.draft.proofs[0]
    if same(better, old.evidence):
        raise UserError(SAME_AS_BEFORE)
    await proofs.add_proof(
        session,
        scene.act,
        "evidence.correct",
        scene.part.id,
        better,
        report_id=old.report_id,
        on_behalf=proves_on_behalf(scene.viewer, scene.part),
        replaces_id=old.id,
    )
    return (better,), old.evidence


async def attach(
    session: AsyncSession, act: Act, viewer: Viewer, part: Part, found: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """Add proofs to a part, to its report where one stands; return those it had not yet.

    Raises:
        UserError: it has all of them.
    """
    report = await parts.standing_report(session, part.id)
    held = (await proofs.evidence_of(session, [part.id])).get(part.id, [])
    new = tuple(one for one in found if not any(same(one, other) for other in held))
    if not new:
        raise UserError(HELD_ALREADY, code=part.code)
    for proof in new:
        await proofs.add_proof(
            session,
            act,
            "evidence.add",
            part.id,
            proof,
            report_id=report.id if report else None,
            on_behalf=proves_on_behalf(viewer, part),
        )
    return new
