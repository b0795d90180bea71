"""A draft with its part and whoever acts on it, and how that person sees it."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.kept_proofs import comes_late
from bot.domain.problem import N_
from bot.domain.products import split_products
from bot.domain.report_draft import Draft, DraftPurpose
from bot.domain.roles import Viewer, coordinates
from bot.domain.status import Progress
from bot.domain.work import Part, earliest_owed
from bot.services.access import get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.messages_drafts import DraftView
from bot.services.progress import handed, owed_part, seen_part
from bot.services.proof_rights import provable_part, proves_on_behalf
from bot.services.report_making import reports_on_behalf
from bot.services.rules import rules_of
from storage import parts, report_drafts
from storage.audit import Act
from storage.proofs import proofs_of

NO_DRAFT = N_(
    "This report was sent or dropped already. Open the item to see how it stands. "
    "Nothing has changed."
)
OTHERS_REPORT = N_(
    "Somebody else of the unit is putting this report together. To report yourself: "
    "/xong {code}. Nothing has changed."
)
OTHERS_PROOFS = N_(
    "Somebody else of the unit is collecting this evidence. To add some yourself: "
    "/minh_chung {code}. Nothing has changed."
)
OTHERS_ONLY = N_("Only who began this can go on with it. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Scene:
    """A draft, its part, and who acts on it."""

    viewer: Viewer
    act: Act
    draft: Draft
    part: Part


async def scene_of(session: AsyncSession, actor: Actor, draft_id: int, now: dt.datetime) -> Scene:
    """Return a draft with who acts on it: its maker, or the head whom it was handed to.

    Raises:
        NotFound: there is no such draft for this person.
        NotAllowed: somebody else of the unit makes it; or as `provable_part` says.
        UserError: as `provable_part` says, of a draft of further proofs.
    """
    viewer = await get_viewer(session, actor, local_day(now))
    draft = await report_drafts.find_draft(session, viewer.office_id, draft_id)
    if draft is None:
        raise NotFound(NO_DRAFT)
    part = await parts.find_part(session, viewer.office_id, draft.part_id)
    assert part is not None  # drafts point to parts, and parts are never deleted
    if not await sees_item(session, viewer, part.item_id):
        raise NotFound(NO_DRAFT)
    if not _may_change(draft, part, viewer):
        raise _refusal(draft, part, viewer)
    if draft.purpose is not DraftPurpose.REPORT:
        await provable_part(session, viewer, part.id)
    return Scene(
        viewer, Act(viewer.office_id, now, viewer.person_id, actor.update_id), draft, part
    )


def _may_change(draft: Draft, part: Part, viewer: Viewer) -> bool:
    if draft.person_id == viewer.person_id:
        return True
    return draft.prepared_at is not None and part.unit_id in viewer.heads()


def _refusal(draft: Draft, part: Part, viewer: Viewer) -> UserError:
    """Return what is said to who presses a button of another's draft, by what they may do."""
    if not any(grant.unit_id == part.unit_id for grant in viewer.grants):
        return NotFound(NO_DRAFT)
    words = OTHERS_ONLY
    if part.unit_id in viewer.heads() or part.assignee_id == viewer.person_id:
        words = OTHERS_REPORT if draft.purpose is DraftPurpose.REPORT else OTHERS_PROOFS
    return NotAllowed(words, code=part.code)


async def preparable_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    """Return a part that the viewer may report, or was asked to prepare.

    Raises:
        NotFound, NotAllowed, UserError: as `progress.report_done` does.
    """
    part = await seen_part(session, viewer, part_id)
    await refuse_closed(session, part.plan_id)
    if handed(part, viewer):
        return part
    return await owed_part(session, viewer, part_id)


async def view_of(
    session: AsyncSession, viewer: Viewer, draft: Draft, part: Part, now: dt.datetime
) -> DraftView:
    """Return a draft as its maker, or the head, sees it."""
    bare = await bare_view(session, draft, part, now)
    if draft.purpose is not DraftPurpose.REPORT:
        return replace(bare, on_behalf=proves_on_behalf(viewer, part), prepared_by="")
    bare = replace(bare, names=viewer.private)
    siblings = await parts.parts_of_item(session, part.item_id)
    others = earliest_owed(siblings, viewer.heads())
    return replace(
        bare,
        on_behalf=reports_on_behalf(viewer, part.unit_id),
        sends=part.unit_id in viewer.heads() or coordinates(viewer),
        others=sum(other.id != part.id for other in others),
        prepared_by="" if draft.person_id == viewer.person_id else draft.person,
    )


async def bare_view(
    session: AsyncSession, draft: Draft, part: Part, now: dt.datetime
) -> DraftView:
    """Return a prepared draft as its unit's head sees it, whoever that is."""
    plan_id, product, secret = await report_drafts.item_of_part(session, part.id)
    rules = await rules_of(session, draft.office_id, plan_id)
    key = await parts.part_key(session, part.id)
    kept = (await proofs_of(session, [part.id])).get(part.id, [])
    return DraftView(
        draft,
        part,
        local_day(now),
        split_products(product),
        rules.outside_software,
        on_behalf=False,
        sends=True,
        confirmed=key.confirmation,
        adds=draft.purpose is not DraftPurpose.REPORT
        or part.progress is Progress.AWAITING_CONFIRMATION,
        secret=secret,
        prepared_by=draft.person,
        attached=tuple(one.evidence for one in kept if one.counts),
        corrects=next((one.evidence for one in kept if one.id == draft.replaces_id), None),
        late=comes_late(await parts.standing_report(session, part.id)),
    )
