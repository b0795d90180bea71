"""The evidence of an item or of one part of it, as its viewer may see it; taking one out."""

import datetime as dt
from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.kept_proofs import KeptProof, by_need
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import closed_plan
from bot.services.messages_proofs import (
    ProofFiles,
    ProofLine,
    ProofList,
    ProofView,
    ProvableParts,
)
from bot.services.progress import seen_part
from bot.services.proof_rights import (
    COUNTS_NO_MORE,
    NOT_MEMBER,
    correctable_proof,
    may_correct,
    may_prove,
    proofs_seen,
)
from storage import parts, proofs, report_drafts
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database

PER_PAGE = 8
LAST_PROOF = N_(
    "{code} was confirmed on this evidence alone. Correct it, or add other evidence first. "
    "Nothing has changed."
)


async def proofs_of_item(
    db: Database,
    actor: Actor,
    item_id: int,
    now: dt.datetime,
    page: int = 0,
    *,
    history: bool = False,
) -> ProofList:
    """Return a page of an item's proofs: those of the units whose work may be shown here.

    `history`: of those that count no more. A page beyond the end is the last.

    Raises:
        NotFound: no such item for this viewer.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        found = await parts.parts_of_item(session, item_id)
        return await _listed(
            session, viewer, found, page, history=history, secret=item.secret, part_id=0
        )


async def proofs_of_part(
    db: Database,
    actor: Actor,
    part_id: int,
    now: dt.datetime,
    page: int = 0,
    *,
    history: bool = False,
) -> ProofList:
    """Return a page of one part's proofs.

    Raises:
        NotFound: no such part for this viewer.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await seen_part(session, viewer, part_id)
        _, _, secret = await report_drafts.item_of_part(session, part_id)
        return await _listed(
            session, viewer, [part], page, history=history, secret=secret, part_id=part_id
        )


async def _listed(
    session: AsyncSession,
    viewer: Viewer,
    found: list[Part],
    page: int,
    *,
    history: bool,
    secret: bool,
    part_id: int,
) -> ProofList:
    seen = [part for part in found if viewer.sees_unit(part.unit_id)]
    if not seen:
        raise NotFound(NO_SUCH_ITEM)
    closed = await closed_plan(session, seen[0].plan_id)
    kept = await proofs.proofs_of(session, [part.id for part in seen])
    by_part = {part.id: part for part in seen}
    every = [(by_part[key], one) for key in by_part for one in kept.get(key, ())]
    counting = [pair for pair in every if pair[1].counts]
    wanted = [pair for pair in every if not pair[1].counts] if history else counting
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * PER_PAGE
    return ProofList(
        seen[0].item_id,
        part_id,
        seen[0].code,
        seen[0].plan_id,
        tuple(
            ProofLine(number, *pair)
            for number, pair in enumerate(wanted[first : first + PER_PAGE], start=first + 1)
        ),
        page,
        pages,
        len(wanted),
        len(every) - len(counting),
        history,
        tuple(p for p in seen if may_prove(viewer, p) and (p.submitted_at or not closed)),
        secret,
        closed,
    )


async def parts_to_prove(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> ProvableParts:
    """Return the parts of an item that the presser may add evidence to.

    Raises:
        NotFound: no such item for this viewer.
        NotAllowed: none of its parts is the presser's.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        found = await parts.parts_of_item(session, item_id)
        mine = [part for part in found if may_prove(viewer, part)]
    if not mine:
        raise NotAllowed(NOT_MEMBER)
    return ProvableParts(item.id, item.code, tuple(by_need(mine)))


async def proof_view(db: Database, actor: Actor, proof_id: int, now: dt.datetime) -> ProofView:
    """Return one proof with its older versions.

    Raises:
        NotFound: no such proof for this viewer.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part, proof, kept = await proofs_seen(session, viewer, proof_id)
        return await _view(session, viewer, part, proof, kept)


async def _view(
    session: AsyncSession, viewer: Viewer, part: Part, proof: KeptProof, kept: Iterable[KeptProof]
) -> ProofView:
    by_id = {one.id: one for one in kept}
    older: list[KeptProof] = []
    key = proof.replaces_id
    while key in by_id:
        older.append(by_id[key])
        key = by_id[key].replaces_id
    _, _, secret = await report_drafts.item_of_part(session, part.id)
    return ProofView(
        part,
        proof,
        tuple(older),
        may_correct(viewer, part, proof),
        sum(one.counts for one in by_id.values()) == 1 and proof.counts,
        viewer.private,
        secret,
    )


async def files_of(db: Database, actor: Actor, proof_id: int, now: dt.datetime) -> ProofFiles:
    """Return a proof with its older versions, newest first, as files.

    Raises:
        NotFound: no such proof for this viewer, or its item has secret documents.
    """
    view = await proof_view(db, actor, proof_id, now)
    if view.secret:
        raise NotFound(NO_SUCH_ITEM)
    return ProofFiles(view.part.code, (view.proof, *view.older))


async def check_take_out(db: Database, actor: Actor, proof_id: int, now: dt.datetime) -> ProofView:
    """Return a proof that the presser may take out.

    Raises:
        NotFound, NotAllowed, UserError: as `take_out` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part, proof, kept = await _removable(session, viewer, proof_id)
        return await _view(session, viewer, part, proof, kept)


async def _removable(
    session: AsyncSession, viewer: Viewer, proof_id: int
) -> tuple[Part, KeptProof, list[KeptProof]]:
    part, proof, kept = await correctable_proof(session, viewer, proof_id)
    if part.progress is Progress.DONE and sum(one.counts for one in kept) == 1:
        raise UserError(LAST_PROOF, code=part.code)
    return part, proof, kept


async def take_out(db: Database, actor: Actor, proof_id: int, now: dt.datetime) -> Part:
    """Let a proof count no more; it stays in the history.

    Raises:
        NotFound, NotAllowed: no such proof for this person.
        UserError: it counts no more already, or a confirmation rests on it alone.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        part, _, _ = await _removable(session, viewer, proof_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if not await proofs.take_out(session, act, proof_id):
            raise UserError(COUNTS_NO_MORE, code=part.code)
        return part
