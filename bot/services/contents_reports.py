"""What is told about reports reopened, handed over and prepared, as things stand then."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.reminder import Line
from bot.domain.roles import UNIT_ROLES
from bot.domain.states import ReportState
from bot.services import contents_people
from bot.services.calendars import calendar_of
from bot.services.closed_plans import closed_plan
from bot.services.draft_scene import bare_view
from bot.services.messages import Gone
from bot.services.messages_people import RoleMessage, StandInMessage
from bot.services.messages_reports import (
    AssignedMessage,
    PreparedMessage,
    ReopenedMessage,
    Word,
)
from storage import parts, people, report_drafts, reports
from storage.rows import Owed


async def _line(session: AsyncSession, owed: Owed, part_id: int, now: dt.datetime) -> Line | None:
    """Return a part that can still be worked on, None once its plan is closed."""
    part = await parts.find_part(session, owed.office_id, part_id)
    if part is None or await closed_plan(session, part.plan_id):
        return None
    today = local_day(now)
    return Line(part, part.standing(today, await calendar_of(session, owed.office_id, today)))


async def reopened(session: AsyncSession, owed: Owed, now: dt.datetime) -> ReopenedMessage | Gone:
    """Tell the unit that a confirmation was taken back."""
    report = await parts.find_report(session, owed.office_id, owed.subject_id or 0)
    if report is None or report.state is not ReportState.RETURNED:
        return Gone("it is not open again")
    line = await _line(session, owed, report.part_id, now)
    if line is None or not line.part.owed:
        return Gone("it was reported again")
    return ReopenedMessage(owed.id, report, line, local_day(now))


async def assigned(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> AssignedMessage | StandInMessage | RoleMessage | Gone:
    """Tell a member of staff what was handed over, given back or taken away."""
    if "role" in owed.payload:
        return await contents_people.role_told(session, owed, now)
    if "first" in owed.payload:
        return await contents_people.lent(session, owed, now)
    line = await _line(session, owed, owed.subject_id or 0, now)
    if line is None or not line.part.owed:
        return Gone("nothing is owed any more")
    payload, part = owed.payload, line.part
    # Messages owed before there were words for it say whether it came back.
    word = Word(payload.get("word", Word.BACK if payload.get("back") else Word.GIVEN))
    if word is Word.LEFT:
        return await _left(session, owed, line, now)
    if (part.assignee_id == payload.get("to")) is (word is Word.TAKEN):
        return Gone("somebody else prepares it")
    held = await people.grants_of(session, payload.get("to") or 0, local_day(now))
    if not any(one.role in UNIT_ROLES and one.unit_id == part.unit_id for one in held):
        return Gone("of the unit no more")
    return AssignedMessage(
        owed.id,
        line,
        await reports.person_name(session, payload.get("by")),
        word,
        local_day(now),
    )


async def _left(
    session: AsyncSession, owed: Owed, line: Line, now: dt.datetime
) -> AssignedMessage | Gone:
    """Tell the unit's heads that nobody prepares a part any more; in a group nobody is named."""
    if line.part.assignee_id is not None:
        return Gone("somebody prepares it again")
    who = ""
    if owed.chat.person_id is not None:
        who = await reports.person_name(session, owed.payload.get("by"))
    return AssignedMessage(owed.id, line, who, Word.LEFT, local_day(now))


async def prepared(session: AsyncSession, owed: Owed, now: dt.datetime) -> PreparedMessage | Gone:
    """Read back to the head what staff prepared."""
    draft = await report_drafts.find_draft(session, owed.office_id, owed.subject_id or 0)
    if draft is None or draft.prepared_at is None:
        return Gone("it was sent, dropped or given back")
    part = await parts.find_part(session, owed.office_id, draft.part_id)
    if part is None or part.closed or await closed_plan(session, part.plan_id):
        return Gone("nothing is owed any more")
    view = await bare_view(session, draft, part, now)
    return PreparedMessage(owed.id, replace(view, names=owed.chat.person_id is not None))
