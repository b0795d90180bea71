"""Putting a report of completion together, step by step; it survives a restart.

Every change is one transaction; nothing counts until the draft is sent.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.account import read_account, unread_day
from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.products import split_products
from bot.domain.proof_correcting import corrected, with_day
from bot.domain.report_draft import (
    Draft,
    DraftPurpose,
    Panel,
    toggled,
    with_proofs,
)
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.draft_doubts import doubt_of, doubted
from bot.services.draft_scene import preparable_part, scene_of, view_of
from bot.services.messages_drafts import DraftView
from bot.services.report_making import LONGEST_NOTE, NOTHING_OWED
from bot.services.secret_marks import numbers_only
from bot.services.starting import begin_work
from storage import parts, report_drafts
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database
from storage.proofs import evidence_of_report

NOTHING_FOUND = N_(
    "I found no link, document's number, file or photo in this. Send one, for example "
    "123/BC-STP ngày 23/4/2024, trang 3. Nothing has changed."
)
NOTHING_CORRECTED = N_(
    "I found nothing here that corrects it. Send the new file or link; or the number, the date, "
    "the page, for example 123/BC-STP ngày 23/4/2024, trang 3. Nothing has changed."
)

DAY_UNREAD = N_(
    "I cannot read the day “{day}”: there is none like it. Type it as 29/2/2024. "
    "Nothing has changed."
)

Change = Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to the question what proves it: a text or caption, and files that are kept."""

    text: str = ""
    files: tuple[Evidence, ...] = ()


async def open_draft(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> DraftView:
    """Begin a report of a part, or go on with the one the person began.

    What was returned is taken over, so that nobody has to type it twice; one product is ticked.
    Where staff begins what it was asked to prepare, work on the part is under way; a head who
    opens a draft reports what is done.

    Raises:
        NotFound, NotAllowed, UserError: as `progress.report_done` does.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await preparable_part(session, viewer, part_id)
        assert viewer.person_id is not None  # who may report is registered
        new = await report_drafts.put_draft(
            session, viewer.office_id, part_id, viewer.person_id, now
        )
        draft = await report_drafts.draft_of(session, part_id, viewer.person_id)
        assert draft is not None  # it was just put there
        if new:
            draft = await _begun(session, draft, part)
            await report_drafts.change_draft(session, draft, now)
            if part.assignee_id == viewer.person_id:
                act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
                await begin_work(session, act, part)
        return await view_of(session, viewer, draft, part, now)


async def _begun(session: AsyncSession, draft: Draft, part: Part) -> Draft:
    _, product, secret = await report_drafts.item_of_part(session, part.id)
    returned = await parts.last_return(session, part.id)
    if part.progress is Progress.RETURNED and returned is not None and not secret:
        proofs = await evidence_of_report(session, returned.id)
        return replace(draft, note=returned.note, products=returned.products, proofs=tuple(proofs))
    return replace(draft, products=(0,)) if len(split_products(product)) == 1 else draft


async def show_draft(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> DraftView:
    """Return a draft of the person's.

    Raises:
        NotFound: there is none any more.
    """
    async with db.read() as session:
        scene = await scene_of(session, actor, draft_id, now)
        return await view_of(session, scene.viewer, scene.draft, scene.part, now)


async def add(
    db: Database, actor: Actor, draft_id: int, said: Said, now: dt.datetime
) -> DraftView:
    """Add what a message says to a draft: links, a document, files, and what was done.

    Raises:
        NotFound: there is no such draft.
        BearsSecretMark: the text bears a mark of state secrecy; nothing of it is kept.
        UserError: the item keeps a document's number only.
    """
    doubt = doubt_of(said.text, said.files)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        if scene.part.closed and scene.draft.purpose is DraftPurpose.REPORT:
            raise NotFound(NOTHING_OWED, code=scene.part.code)
        if scene.draft.purpose is DraftPurpose.REPORT:
            await refuse_closed(session, scene.part.plan_id)
        _, _, secret = await report_drafts.item_of_part(session, scene.part.id)
        take = {DraftPurpose.REPORT: _reported, DraftPurpose.ADD: _added}
        change = take.get(scene.draft.purpose, _corrected)
        draft = change(scene.draft, said, local_day(now))
        if secret:
            found = (*read_account(said.text, local_day(now)).proofs, *said.files)
            numbers_only(found, scene.part.code)
            numbers = numbers_only(draft.proofs, scene.part.code)
            draft = replace(draft, proofs=numbers, note="")
        await claim_update(session, scene.act)
        draft = doubted(scene.draft, draft, doubt)
        await report_drafts.change_draft(session, draft, now)
        return await view_of(session, scene.viewer, draft, scene.part, now)


def _reported(held: Draft, said: Said, today: dt.date) -> Draft:
    if (proofs := with_day(held.proofs, said.text, today)) and not said.files:
        return replace(held, proofs=proofs)
    account = read_account(said.text, today)
    note = "\n".join(filter(None, (held.note, account.note)))[:LONGEST_NOTE]
    proofs = with_proofs(held.proofs, (*account.proofs, *said.files))
    return replace(held, proofs=proofs, note=note)


def _added(held: Draft, said: Said, today: dt.date) -> Draft:
    if (proofs := with_day(held.proofs, said.text, today)) and not said.files:
        return replace(held, proofs=proofs)
    found = (*read_account(said.text, today).proofs, *said.files)
    if not found:
        raise UserError(NOTHING_FOUND)
    return replace(held, proofs=with_proofs(held.proofs, found))


def _corrected(held: Draft, said: Said, today: dt.date) -> Draft:
    day = unread_day(said.text, today)
    if day is not None:
        raise UserError(DAY_UNREAD, day=day)
    better = corrected(held.proofs[0], said.text, said.files, today) if held.proofs else None
    if better is None:
        raise UserError(NOTHING_CORRECTED)
    return replace(held, proofs=(better,))


async def tick(
    db: Database, actor: Actor, draft_id: int, place: int, now: dt.datetime
) -> DraftView:
    """Tick a product as made, or take the tick away."""
    return await _change(
        db, actor, draft_id, now, lambda d: replace(d, products=toggled(d.products, place))
    )


async def drop_proof(
    db: Database, actor: Actor, draft_id: int, place: int, now: dt.datetime
) -> DraftView:
    """Leave a proof out again, by its place; one that is out already stays out."""
    return await _change(
        db,
        actor,
        draft_id,
        now,
        lambda d: replace(d, proofs=(*d.proofs[:place], *d.proofs[place + 1 :])),
    )


async def drop_note(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> DraftView:
    """Leave out what was said of the work."""
    return await _change(db, actor, draft_id, now, lambda d: replace(d, note=""))


async def leave_day_out(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> DraftView:
    """Say that a document goes without its date, which could not be read."""
    return await _change(
        db,
        actor,
        draft_id,
        now,
        lambda d: replace(d, proofs=tuple(replace(p, unread_day=None) for p in d.proofs)),
    )


async def answer_outside(
    db: Database, actor: Actor, draft_id: int, done: bool, now: dt.datetime
) -> DraftView:
    """Say whether it was pressed in the province's software too."""
    return await _change(db, actor, draft_id, now, lambda d: replace(d, outside_done=done))


async def cancel(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> Draft:
    """Forget a draft and return what it said.

    Raises:
        NotFound: there is none any more.
    """
    async with db.begin() as session:
        scene = await scene_of(session, actor, draft_id, now)
        await report_drafts.drop_draft(session, draft_id)
        return scene.draft


async def place_panel(db: Database, draft_id: int, panel: Panel) -> None:
    """Remember which message shows a draft."""
    async with db.begin() as session:
        await report_drafts.place_panel(session, draft_id, panel)


async def _change(
    db: Database, actor: Actor, draft_id: int, now: dt.datetime, change: Change
) -> DraftView:
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        await claim_update(session, scene.act)
        draft = change(scene.draft)
        await report_drafts.change_draft(session, draft, now)
        return await view_of(session, scene.viewer, draft, scene.part, now)
