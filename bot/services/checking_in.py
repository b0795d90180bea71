"""One-tap answers to the quarter's question about ongoing duties.

That a duty goes on as it should says that it is being carried out: where nothing was said of it
before, its progress becomes "đang thực hiện" with that answer. That it is stuck says no such thing
and leaves the progress as it is, as does whatever was reported before.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import reminder_asking as asking
from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.states import Answer
from bot.domain.work import Part
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.starting import begin_work
from storage import chats, check_ins, ledger, reminder_parts
from storage.audit import Act, claim_update
from storage.audit_rows import recording
from storage.db import Database
from storage.ledger import LedgerLine

NO_QUESTION = N_("This question no longer stands. Nothing has changed.")
NOT_YOURS = N_("Only the unit itself, or Văn phòng, can answer this. Nothing has changed.")
CLOSED = N_("This item is closed already. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What was answered, for which items, and how many of the message are still open.

    `line_ids` are the ledger's lines that asked.
    """

    answer: Answer
    codes: tuple[str, ...]
    left: int
    line_ids: tuple[int, ...]


async def answer_one(
    db: Database, actor: Actor, line_id: int, given: Answer, now: dt.datetime
) -> CheckedIn:
    """Keep the answer about one item; a second press changes it.

    Raises:
        NotFound: a stranger, or no such question in this chat.
        NotAllowed: the presser does not belong to the unit.
        UserError: the item is closed.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        line = await ledger.find_line(session, viewer.office_id, line_id)
        return await _answer(session, viewer, actor, line, given, now, alone=True)


async def answer_all(db: Database, actor: Actor, outbox_id: int, now: dt.datetime) -> CheckedIn:
    """Say of every item of a message that has no answer yet that it goes on as it should.

    Raises:
        NotFound: a stranger, or no such question in this chat.
        NotAllowed: the presser does not belong to a unit of it.
        UserError: nothing is left to answer.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        lines = await ledger.lines_of(session, outbox_id)
        first = next((line for line in lines if line.step == asking.CHECK_IN), None)
        return await _answer(session, viewer, actor, first, Answer.GOING, now, alone=False)


async def _answer(
    session: AsyncSession,
    viewer: Viewer,
    actor: Actor,
    line: LedgerLine | None,
    given: Answer,
    now: dt.datetime,
    *,
    alone: bool,
) -> CheckedIn:
    here = {chat.id for chat in await chats.chats_at(session, *actor.address)}
    if line is None or line.step != asking.CHECK_IN or line.chat_id not in here:
        raise NotFound(NO_QUESTION)
    lines = [line] if alone else await ledger.asked_with(session, line)
    asked = await _asked(session, viewer, lines)
    wanted = [part for part in asked if _may_answer(viewer, part)]
    if not wanted:
        raise NotAllowed(NOT_YOURS)
    answers = await check_ins.answers_of(session, viewer.office_id, line.due)
    still_open = [part for part in wanted if part.owed and (alone or part.id not in answers)]
    if not still_open:
        raise UserError(CLOSED if alone else NO_QUESTION)
    for plan_id in {part.plan_id for part in still_open}:
        await refuse_closed(session, plan_id)
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    await claim_update(session, act)
    for part in still_open:
        await _keep(session, act, part, line.due, given)
    every = await _asked(session, viewer, await ledger.asked_with(session, line))
    done = await check_ins.answers_of(session, viewer.office_id, line.due)
    left = sum(part.owed and part.id not in done for part in every)
    answered = {part.id for part in still_open}
    return CheckedIn(
        given,
        tuple(dict.fromkeys(part.code for part in still_open)),
        left,
        tuple(one.id for one in lines if one.part_id in answered),
    )


async def _asked(
    session: AsyncSession, viewer: Viewer, lines: Sequence[LedgerLine]
) -> Sequence[Part]:
    ids = [line.part_id for line in lines]
    return await reminder_parts.with_ids(session, viewer.office_id, ids)


def _may_answer(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer belongs to the unit, or does Văn phòng's work."""
    if viewer.person_id is None:
        return False
    own = {grant.unit_id for grant in viewer.grants if grant.unit_id is not None}
    return coordinates(viewer) or part.unit_id in own


async def _keep(
    session: AsyncSession, act: Act, part: Part, quarter: dt.date, given: Answer
) -> None:
    assert act.person_id is not None  # who may answer is registered
    async with recording(session, act, "check_in.answer"):
        await check_ins.answer(
            session, act.office_id, part.id, quarter, given, act.person_id, act.now
        )
    if given is Answer.GOING:
        await begin_work(session, act, part)
