"""Reporting completion: one transaction per act, an audit entry for each."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.account import read_account
from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.products import split_products
from bot.domain.roles import Viewer, coordinates
from bot.domain.status import Progress
from bot.domain.work import Part, earliest_owed
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.closed_plans import refuse_closed
from bot.services.lists import lines_of
from bot.services.messages import Reported
from bot.services.removed_items import refuse_removed
from bot.services.report_making import (
    NOTHING_OWED,
    Made,
    Statement,
    make_report,
    reports_on_behalf,
)
from bot.services.secret_marks import check_words, numbers_only
from storage import parts, report_drafts
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database
from storage.proofs import add_proof, evidence_of

NOT_HEAD = N_(
    "Only the head of a unit that owes a part of this item can report it done. "
    "Nothing has changed."
)
NOBODY_OWES = N_("Nobody owes a report of item {code} any more. Nothing has changed.")
WAITS = N_("Item {code} waits for the event it counts from ({phrase}). Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a head says about a completed part: free text with links, and files."""

    text: str = ""
    files: tuple[Evidence, ...] = ()


async def part_to_report(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> tuple[Part, tuple[Part, ...]]:
    """Return the presser's earliest open part of an item, and the other open ones.

    A member of staff has those that were handed over to prepare. Văn phòng means the part of
    whichever unit owes first, unless an own unit owes one.

    Raises:
        NotFound: no such item here.
        NotAllowed: the presser heads no unit with a part in it.
        UserError: nothing is owed any more, or the plan was closed.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        return await _part_to_report(session, viewer, item_id)


async def _part_to_report(
    session: AsyncSession, viewer: Viewer, item_id: int
) -> tuple[Part, tuple[Part, ...]]:
    item = await access_item(session, viewer, item_id)
    await refuse_closed(session, item.plan_id)
    refuse_removed(item)
    found = await parts.parts_of_item(session, item_id)
    mine = [part for part in found if part.unit_id in viewer.heads() or handed(part, viewer)]
    if coordinates(viewer) and not any(map(_to_report, mine)):
        mine = found  # on behalf of whichever unit owes first
    if not mine:
        raise NotAllowed(NOT_HEAD)
    units = {part.unit_id for part in mine if part.unit_id is not None}
    owed = earliest_owed(mine, units)
    if owed:
        return owed[0], tuple(owed[1:])
    unproven = [part for part in mine if _lacks_proof(part)]
    if unproven:
        return unproven[0], ()
    waiting = [part for part in mine if part.progress is Progress.WAITING_EVENT]
    if waiting:
        raise UserError(WAITS, code=item.code, phrase=waiting[0].phrase)
    raise UserError(NOBODY_OWES if coordinates(viewer) else NOTHING_OWED, code=item.code)


def handed(part: Part, viewer: Viewer) -> bool:
    """Tell whether the viewer was asked to prepare the report of a part."""
    return part.owed and part.assignee_id is not None and part.assignee_id == viewer.person_id


def _to_report(part: Part) -> bool:
    return part.owed or _lacks_proof(part)


def _lacks_proof(part: Part) -> bool:
    return part.progress is Progress.AWAITING_CONFIRMATION and not part.has_evidence


async def part_of(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Part:
    """Return a part of an item that the viewer may see here.

    Raises:
        NotFound: there is none.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await seen_part(session, viewer, part_id)


async def report_done(
    db: Database, actor: Actor, part_id: int, claim: Claim, now: dt.datetime
) -> Reported:
    """Report a part complete, with what proves it.

    It goes to Văn phòng for confirmation where the plan asks for that and somebody else can
    decide; otherwise it is done at once.

    Raises:
        NotFound, NotAllowed: no such part for this head.
        UserError: it is closed or reported already, or the text bears a mark of secrecy.
    """
    today = local_day(now)
    check_words(claim.text)
    for proof in claim.files:
        check_words("", proof.file_name or "")
    account = read_account(claim.text, today)
    account = replace(account, proofs=(*account.proofs, *claim.files))
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        part = await owed_part(session, viewer, part_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        _, product, secret = await report_drafts.item_of_part(session, part_id)
        if secret and (account.proofs or account.note):
            account = replace(account, proofs=numbers_only(account.proofs, part.code), note="")
        only = (0,) if len(split_products(product)) == 1 else ()
        said = Statement(account.proofs, account.note, only)
        if part.progress is Progress.AWAITING_CONFIRMATION:
            return await add_proofs(session, act, viewer, part, said)
        made = await make_report(session, act, viewer, part, said)
        return await reported(session, viewer, part, said, made, now)


async def reported(
    session: AsyncSession,
    viewer: Viewer,
    part: Part,
    said: Statement,
    made: Made,
    now: dt.datetime,
) -> Reported:
    """Return what a report led to, with what else of the item the presser still owes."""
    today = local_day(now)
    fresh = await parts.find_part(session, viewer.office_id, part.id)
    assert fresh is not None  # it was just changed
    calendar = await calendar_of(session, viewer.office_id, today)
    others = earliest_owed(await parts.parts_of_item(session, part.item_id), viewer.heads())
    held = (await evidence_of(session, [part.id])).get(part.id, [])
    return Reported(
        fresh,
        lines_of([fresh], today, calendar)[0],
        tuple(held),
        said.note,
        made.awaiting,
        made.self_confirmed,
        tuple(others),
        on_behalf=reports_on_behalf(viewer, part.unit_id),
    )


async def add_proofs(
    session: AsyncSession, act: Act, viewer: Viewer, part: Part, said: Statement
) -> Reported:
    """Add proofs to a report that waits for Văn phòng; it stays submitted when it was.

    Raises:
        UserError: there is no such report, or nothing to add.
    """
    report = await parts.standing_report(session, part.id)
    if report is None or not said.proofs:
        raise UserError(NOTHING_OWED, code=part.code)
    behalf = reports_on_behalf(viewer, part.unit_id)
    for proof in said.proofs:
        await add_proof(
            session,
            act,
            "evidence.add",
            part.id,
            proof,
            report_id=report.id,
            on_behalf=behalf,
        )
    calendar = await calendar_of(session, act.office_id, local_day(act.now))
    line = lines_of([part], local_day(act.now), calendar)[0]
    return Reported(
        replace(part, has_evidence=True), line, said.proofs, said.note, True, False, ()
    )


async def seen_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    """Return a part of an item that the viewer may see here.

    Raises:
        NotFound: there is none.
    """
    part = await parts.find_part(session, viewer.office_id, part_id)
    if part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    return part


async def owed_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    """Return a part that the viewer may report: as its head, or for the unit as Văn phòng.

    Raises:
        NotFound, NotAllowed, UserError: as `report_done` does.
    """
    part = await seen_part(session, viewer, part_id)
    if part.unit_id not in viewer.heads() and not coordinates(viewer):
        raise NotAllowed(NOT_HEAD)
    await refuse_closed(session, part.plan_id)
    if part.progress is Progress.WAITING_EVENT:
        raise UserError(WAITS, code=part.code, phrase=part.phrase)
    if part.closed:
        raise UserError(NOTHING_OWED, code=part.code)
    return part
