"""Who may add evidence to a part, correct it, and take it out."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.kept_proofs import KeptProof
from bot.domain.problem import N_
from bot.domain.roles import UNIT_ROLES, Viewer, coordinates
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import NO_SUCH_ITEM, access_item
from bot.services.closed_plans import refuse_closed
from storage import parts, proofs

NOT_MEMBER = N_(
    "Only members of the unit that has this part, or Văn phòng for it, can add evidence. "
    "Nothing has changed."
)
NOT_CORRECTOR = N_(
    "Only the unit's head, whoever added this evidence, or Văn phòng can change it. "
    "Nothing has changed."
)
NOT_NOW = N_("Item {code} takes no evidence in this state. Nothing has changed.")
COUNTS_NO_MORE = N_(
    "This evidence was corrected or taken out already. Send /minh_chung {code} to see what "
    "stands. Nothing has changed."
)
CLOSED_TO_PROOFS = frozenset({Progress.DROPPED, Progress.WAITING_EVENT})


def members_units(viewer: Viewer) -> frozenset[int]:
    """Return the units the viewer belongs to, as head or staff."""
    return frozenset(
        grant.unit_id
        for grant in viewer.grants
        if grant.role in UNIT_ROLES and grant.unit_id is not None
    )


def may_prove(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer may add evidence to a part as it stands."""
    if part.progress in CLOSED_TO_PROOFS or viewer.person_id is None:
        return False
    return part.unit_id in members_units(viewer) or coordinates(viewer)


def proves_on_behalf(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer adds evidence for the unit: Văn phòng may, and it is marked."""
    return part.unit_id not in members_units(viewer) and coordinates(viewer)


def may_correct(viewer: Viewer, part: Part, proof: KeptProof) -> bool:
    """Tell whether the viewer may correct a proof that counts, or take it out."""
    if not proof.counts or not may_prove(viewer, part):
        return False
    own = proof.person_id == viewer.person_id
    return own or part.unit_id in viewer.heads() or coordinates(viewer)


async def provable_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    """Return a part that the viewer may add evidence to.

    Raises:
        NotFound: no such part for this viewer here.
        NotAllowed: it is none of the viewer's.
        UserError: it takes none in its state, or was not reported before its plan was closed.
    """
    part = await parts.find_part(session, viewer.office_id, part_id)
    if part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    if viewer.person_id is None or not (
        part.unit_id in members_units(viewer) or coordinates(viewer)
    ):
        raise NotAllowed(NOT_MEMBER)
    if part.progress in CLOSED_TO_PROOFS:
        raise UserError(NOT_NOW, code=part.code)
    if part.submitted_at is None:
        await refuse_closed(session, part.plan_id)
    return part


async def proofs_seen(
    session: AsyncSession, viewer: Viewer, proof_id: int
) -> tuple[Part, KeptProof, list[KeptProof]]:
    """Return a proof that the viewer may see here, its part, and all proofs of that part.

    Raises:
        NotFound: there is none.
    """
    found = await proofs.find_proof(session, viewer.office_id, proof_id)
    part = await parts.find_part(session, viewer.office_id, found[0].part_id) if found else None
    if found is None or part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    if not viewer.sees_unit(part.unit_id):
        raise NotFound(NO_SUCH_ITEM)
    return part, *found


async def correctable_proof(
    session: AsyncSession, viewer: Viewer, proof_id: int
) -> tuple[Part, KeptProof, list[KeptProof]]:
    """Return a proof that the viewer may correct or take out, its part, and all of the part's.

    Raises:
        NotFound, NotAllowed: no such proof for this viewer.
        UserError: it counts no more.
    """
    part, proof, kept = await proofs_seen(session, viewer, proof_id)
    await provable_part(session, viewer, part.id)
    if not proof.counts:
        raise UserError(COUNTS_NO_MORE, code=part.code)
    if not may_correct(viewer, part, proof):
        raise NotAllowed(NOT_CORRECTOR)
    return part, proof, kept
