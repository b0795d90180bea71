"""Making a report of completion: who decides on it, what is kept, who is asked."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import UserError
from bot.domain.evidence import Evidence
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.states import ExtensionState, ReportState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.deciders import deciders_chats, someone_decides
from bot.services.lost_chats import owe_decision
from storage import extensions, outbox, parts, report_drafts
from storage.audit import Act, record
from storage.audit_rows import insert_row
from storage.audit_values import columns
from storage.models import ReportRow
from storage.proofs import add_proof
from storage.rows import PartKey

NOTHING_OWED = N_("Your unit owes nothing more for item {code}. Nothing has changed.")
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said with a report: proofs, a note of what was done, the places of products made.

    `outside_done` answers whether it was pressed in the province's software (None: not asked).
    """

    proofs: tuple[Evidence, ...] = ()
    note: str = ""
    products: tuple[int, ...] = ()
    outside_done: bool | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a report: it waits for somebody, or was confirmed by the asking side."""

    report_id: int
    awaiting: bool
    self_confirmed: bool


def reports_on_behalf(viewer: Viewer, unit_id: int | None) -> bool:
    """Tell whether the viewer reports the unit's part for it: Văn phòng may, and it is marked."""
    return unit_id not in viewer.heads() and coordinates(viewer)


async def make_report(
    session: AsyncSession, act: Act, viewer: Viewer, part: Part, said: Statement
) -> Made:
    """Report a part that is owed; it waits for Văn phòng where the plan asks for that."""
    key = await parts.part_key(session, part.id)
    behalf = reports_on_behalf(viewer, part.unit_id)
    awaiting = key.confirmation and await someone_decides(
        session, viewer, part.unit_id, local_day(act.now), behalf=behalf
    )
    report_id = await _add_report(session, act, key, said, behalf=behalf, awaiting=awaiting)
    assert act.person_id is not None  # only registered people act
    for proof in said.proofs:
        await add_proof(
            session,
            act,
            "part.report",
            part.id,
            proof,
            report_id=report_id,
            on_behalf=behalf,
        )
    await report_drafts.drop_draft_of(session, part.id, act.person_id)
    if awaiting:
        await _ask_deciders(session, act, viewer, part, report_id, behalf=behalf)
    elif behalf:
        # Nobody is asked, so nobody would tell the unit that its part is done.
        await owe_decision(session, act.office_id, report_id, act.now)
    return Made(report_id, awaiting, key.confirmation and not awaiting)


async def _add_report(
    session: AsyncSession,
    act: Act,
    key: PartKey,
    said: Statement,
    *,
    behalf: bool,
    awaiting: bool,
) -> int:
    after = Progress.AWAITING_CONFIRMATION if awaiting else Progress.DONE
    assert act.person_id is not None  # only registered people act
    if not await parts.change_progress(session, key.id, key.progress, after, submitted_at=act.now):
        raise UserError(NOTHING_OWED, code="")
    row = ReportRow(
        office_id=act.office_id,
        part_id=key.id,
        person_id=act.person_id,
        on_behalf=behalf,
        note=said.note[:LONGEST_NOTE],
        state=ReportState.AWAITING if awaiting else ReportState.ACCEPTED,
        submitted_at=act.now,
        self_confirmed=key.confirmation and not awaiting,
        decided_at=None if awaiting else act.now,
        products=list(said.products),
        outside_done=said.outside_done,
    )
    report_id = await insert_row(session, act, "part.report", row)
    await extensions.close_open(
        session, act, "extension.withdraw", key.id, ExtensionState.WITHDRAWN
    )
    settled = await parts.settle(session, key.occurrence_id)
    await _record(session, act, key, after, settled=settled)
    return report_id


async def _record(
    session: AsyncSession, act: Act, key: PartKey, after: Progress, *, settled: bool
) -> None:
    if settled:
        await record(
            session,
            act,
            "part.report",
            "occurrence",
            key.occurrence_id,
            before={"unsettled": True},
            after={"unsettled": False},
        )
    await record(
        session,
        act,
        "part.report",
        "part",
        key.id,
        before=columns(progress=key.progress, submitted_at=None),
        after=columns(progress=after, submitted_at=act.now),
    )


async def _ask_deciders(
    session: AsyncSession, act: Act, viewer: Viewer, part: Part, report_id: int, *, behalf: bool
) -> None:
    today = local_day(act.now)
    for chat in await deciders_chats(session, viewer, part.unit_id, today, behalf=behalf):
        await outbox.owe(
            session,
            chat,
            OutboxKind.CONFIRM,
            f"confirm:{report_id}",
            act.now,
            subject_id=report_id,
        )
