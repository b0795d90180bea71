"""More proofs for a report that was made: the other files of an album, and what comes later."""

import datetime as dt

from bot.domain.days import local_day
from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.evidence import bears_secret_mark, name_bears_secret_mark, read_account
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.progress import IS_SECRET, NOT_HEAD, Claim
from bot.services.report_making import NOTHING_OWED
from bot.services.rules import rules_of
from storage import parts
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.db import Database

REPORTED = (Progress.AWAITING_CONFIRMATION, Progress.DONE)


def check_no_secret(text: str, file_name: str) -> None:
    """Refuse what bears a mark of state secrecy before anything of it is fetched or kept.

    Raises:
        BearsSecretMark: the text or the file's name is marked.
    """
    if bears_secret_mark(text) or name_bears_secret_mark(file_name):
        raise BearsSecretMark(IS_SECRET)


async def check_may_add(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> None:
    """Check that `add_proofs` would take a proof.

    Raises:
        NotFound, NotAllowed, UserError: as `add_proofs` says.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await parts.find_part(session, viewer.office_id, part_id)
        if part is None:
            raise NotFound(NO_SUCH_ITEM)
        await access_item(session, viewer, part.item_id)
        if part.unit_id not in viewer.heads():
            raise NotAllowed(NOT_HEAD)
        if part.progress not in REPORTED:
            raise UserError(NOTHING_OWED, code=part.code)


async def add_proofs(
    db: Database, actor: Actor, part_id: int, claim: Claim, now: dt.datetime
) -> Part:
    """Add proofs to the standing report of a part, whether or not it is confirmed.

    Raises:
        NotFound, NotAllowed: no such part for this head.
        UserError: no report stands, or a mark of secrecy is borne.
    """
    for proof in claim.files:
        check_no_secret(claim.text, proof.file_name or "")
    today = local_day(now)
    proofs = (*read_account(claim.text, today).proofs, *claim.files)
    await check_may_add(db, actor, part_id, now)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        part = await parts.find_part(session, viewer.office_id, part_id)
        report = await parts.standing_report(session, part_id)
        if part is None or report is None or viewer.person_id is None:
            raise NotFound(NO_SUCH_ITEM)
        if part.unit_id not in viewer.heads():
            raise NotAllowed(NOT_HEAD)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        for proof in proofs:
            await parts.add_evidence(
                session, act.office_id, part_id, report.id, viewer.person_id, proof, now
            )
        after: dict[str, object] = {"report": report.id, "count": len(proofs)}
        await record(session, act, "evidence.add", "part", part_id, after=after)
    return part


async def kinds_taken(db: Database, actor: Actor, now: dt.datetime) -> tuple[str, ...]:
    """Return the endings of the files that the office takes as evidence.

    Raises:
        NotFound: a stranger.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return (await rules_of(session, viewer.office_id)).file_types
