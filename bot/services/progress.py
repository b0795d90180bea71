"""Reporting completion: one transaction per act, an audit entry for each."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.evidence import (
    Account,
    Evidence,
    bears_secret_mark,
    name_bears_secret_mark,
    read_account,
)
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Role, Viewer, coordinates
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.domain.work import Part, earliest_owed
from bot.services import extension_decisions
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.lists import lines_of
from bot.services.messages import Reported
from bot.services.recipients import leaders_chats, office_asks, office_chats
from storage import outbox, parts, people
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.db import Database
from storage.models import ReportRow
from storage.rows import PartKey

NOT_HEAD = N_(
    "Only the head of a unit that owes a part of this item can report it done. "
    "Nothing has changed."
)
NOTHING_OWED = N_("Your unit owes nothing more for item {code}. Nothing has changed.")
WAITS = N_("Item {code} waits for the event it counts from ({phrase}). Nothing has changed.")
IS_SECRET = N_(
    "This bears a mark of state secrecy, so it was not kept. Report without it: only the "
    "document's number, never its content."
)
LONGEST_NOTE = 2000
COORDINATING = (Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a head says about a completed part: free text with links, and files."""

    text: str = ""
    files: tuple[Evidence, ...] = ()


async def part_to_report(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> tuple[Part, tuple[Part, ...]]:
    """Return the presser's earliest open part of an item, and the other open ones.

    Raises:
        NotFound: no such item here.
        NotAllowed: the presser heads no unit with a part in it.
        UserError: nothing is owed any more.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        return await _part_to_report(session, viewer, item_id)


async def _part_to_report(
    session: AsyncSession, viewer: Viewer, item_id: int
) -> tuple[Part, tuple[Part, ...]]:
    item = await access_item(session, viewer, item_id)
    found = await parts.parts_of_item(session, item_id)
    mine = [part for part in found if part.unit_id in viewer.heads()]
    if not mine:
        raise NotAllowed(NOT_HEAD)
    owed = earliest_owed(mine, viewer.heads())
    if owed:
        return owed[0], tuple(owed[1:])
    unproven = [
        part
        for part in mine
        if part.progress is Progress.AWAITING_CONFIRMATION and not part.has_evidence
    ]
    if unproven:
        return unproven[0], ()
    waiting = [part for part in mine if part.progress is Progress.WAITING_EVENT]
    if waiting:
        raise UserError(WAITS, code=item.code, phrase=waiting[0].phrase)
    raise UserError(NOTHING_OWED, code=item.code)


async def reportable(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Part:
    """Return a part that the presser may report.

    Raises:
        NotFound, NotAllowed, UserError: as `report_done` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await _owed_part(session, viewer, part_id)


async def part_of(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Part:
    """Return a part of an item that the viewer may see here.

    Raises:
        NotFound: there is none.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await _seen_part(session, viewer, part_id)


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
    names = [proof.file_name or "" for proof in claim.files]
    if bears_secret_mark(claim.text) or any(map(name_bears_secret_mark, names)):
        raise BearsSecretMark(IS_SECRET)
    account = read_account(claim.text, today)
    account = replace(account, proofs=(*account.proofs, *claim.files))
    proofs = account.proofs
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        part = await _owed_part(session, viewer, part_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if part.progress is Progress.AWAITING_CONFIRMATION:
            return await _add_proofs(session, act, part, account)
        key = await parts.part_key(session, part_id)
        decider = key.confirmation and await _someone_decides(session, viewer, part, today)
        report_id = await _add_report(session, act, key, account.note, awaiting=decider)
        assert viewer.person_id is not None  # a head is registered
        for proof in proofs:
            await parts.add_evidence(
                session, viewer.office_id, part_id, report_id, viewer.person_id, proof, now
            )
        if decider:
            await _ask_deciders(session, act, viewer, part, report_id)
        fresh = await parts.find_part(session, viewer.office_id, part_id)
        assert fresh is not None  # it was just changed
        calendar = await calendar_of(session, viewer.office_id, today)
        others = earliest_owed(await parts.parts_of_item(session, part.item_id), viewer.heads())
    return Reported(
        fresh,
        lines_of([fresh], today, calendar)[0],
        proofs,
        account.note,
        decider,
        key.confirmation and not decider,
        tuple(others),
    )


async def _add_proofs(session: AsyncSession, act: Act, part: Part, account: Account) -> Reported:
    """Add proofs to a report that waits for Văn phòng; it stays submitted when it was."""
    report = await parts.standing_report(session, part.id)
    if report is None or not account.proofs or act.person_id is None:
        raise UserError(NOTHING_OWED, code=part.code)
    for proof in account.proofs:
        await parts.add_evidence(
            session, act.office_id, part.id, report.id, act.person_id, proof, act.now
        )
    await record(
        session,
        act,
        "evidence.add",
        "part",
        part.id,
        after={"report": report.id, "count": len(account.proofs)},
    )
    calendar = await calendar_of(session, act.office_id, local_day(act.now))
    line = lines_of([part], local_day(act.now), calendar)[0]
    return Reported(
        replace(part, has_evidence=True), line, account.proofs, account.note, True, False, ()
    )


async def _seen_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    part = await parts.find_part(session, viewer.office_id, part_id)
    if part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    return part


async def _owed_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    part = await _seen_part(session, viewer, part_id)
    if part.unit_id not in viewer.heads():
        raise NotAllowed(NOT_HEAD)
    if part.progress is Progress.WAITING_EVENT:
        raise UserError(WAITS, code=part.code, phrase=part.phrase)
    if part.closed:
        raise UserError(NOTHING_OWED, code=part.code)
    return part


async def _someone_decides(
    session: AsyncSession, viewer: Viewer, part: Part, today: dt.date
) -> bool:
    """Tell whether the report waits for somebody: who asks never decides.

    Where Văn phòng itself asks and there is neither another coordinator nor a leader, nobody can
    decide. Another unit's report waits for Văn phòng even while nobody is registered there.
    """
    asks = await office_asks(session, viewer.office_id, part.unit_id)
    if not asks and not coordinates(viewer):
        return True
    roles = (*COORDINATING, *((Role.LEADER,) if asks else ()))
    return await _others_hold(session, viewer, roles, today)


async def _others_hold(
    session: AsyncSession, viewer: Viewer, roles: tuple[Role, ...], today: dt.date
) -> bool:
    holders = await people.holders(session, viewer.office_id, roles, today)
    return any(person.id != viewer.person_id for person in holders)


async def _add_report(
    session: AsyncSession, act: Act, key: PartKey, note: str, *, awaiting: bool
) -> int:
    after = Progress.AWAITING_CONFIRMATION if awaiting else Progress.DONE
    assert act.person_id is not None  # only registered people act
    if not await parts.change_progress(session, key.id, key.progress, after, submitted_at=act.now):
        raise UserError(NOTHING_OWED, code="")
    report_id = await parts.add_report(
        session,
        ReportRow(
            office_id=act.office_id,
            part_id=key.id,
            person_id=act.person_id,
            note=note[:LONGEST_NOTE],
            state=ReportState.AWAITING if awaiting else ReportState.ACCEPTED,
            submitted_at=act.now,
            self_confirmed=key.confirmation and not awaiting,
            decided_at=None if awaiting else act.now,
        ),
    )
    await extension_decisions.withdraw_open(session, act, key.id)
    await parts.settle(session, key.occurrence_id)
    await record(
        session,
        act,
        "part.report",
        "part",
        key.id,
        before={"progress": key.progress},
        after={"progress": after, "report": report_id},
    )
    return report_id


async def _ask_deciders(
    session: AsyncSession, act: Act, viewer: Viewer, part: Part, report_id: int
) -> None:
    """Owe Văn phòng the question; where Văn phòng asks and only leaders can decide, them too."""
    today = local_day(act.now)
    to = await office_chats(session, act.office_id, today)
    asks = await office_asks(session, act.office_id, part.unit_id)
    if asks and not await _others_hold(session, viewer, COORDINATING, today):
        to += await leaders_chats(session, act.office_id, today)
    for chat in {chat.id: chat for chat in to}.values():
        await outbox.owe(
            session,
            chat,
            OutboxKind.CONFIRM,
            f"confirm:{report_id}",
            act.now,
            subject_id=report_id,
        )
