"""What a message owed says, from the state of things at the moment it is sent."""

import datetime as dt
from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.outbox import SCHEDULED, OutboxKind
from bot.domain.products import split_products
from bot.domain.reminder import Line
from bot.domain.roles import Role
from bot.domain.states import ReportState
from bot.domain.work import Duty, by_urgency
from bot.services import (
    calendar_contents,
    contents_briefing,
    contents_changes,
    contents_process,
    contents_reports,
    contents_summary,
    difficulty_owing,
    extension_owing,
    reminder_contents,
    undo_about,
)
from bot.services.calendars import calendar_of
from bot.services.closed_plans import closed_plan
from bot.services.lost_chats import REFUSED
from bot.services.messages import (
    ChatLostMessage,
    ConfirmMessage,
    Content,
    DecisionMessage,
    Gone,
    PastMessage,
)
from bot.services.messages_process import RefusedMessage
from storage import chats, notices, offices, outbox, parts, people, plans, report_drafts
from storage.proofs import evidence_of, last_change
from storage.rows import Owed


async def content_of(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    """Return what a claimed message says now."""
    if not owed.chat.active:
        return Gone(outbox.INACTIVE)
    return await _MAKERS[owed.kind](session, owed, now)


async def _line(session: AsyncSession, office_id: int, part_id: int, now: dt.datetime) -> Line:
    part = await parts.find_part(session, office_id, part_id)
    assert part is not None  # reports point to parts, and parts are never deleted
    today = local_day(now)
    return Line(part, part.standing(today, await calendar_of(session, office_id, today)))


async def question_now(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    """Return what a question that was sent says now, also once it is decided."""
    if owed.kind is OutboxKind.CONFIRM:
        return await _confirmation(session, owed, now)
    if owed.kind is OutboxKind.DIFFICULTY:
        return await difficulty_owing.as_it_stands(session, owed, now)
    return await extension_owing.as_it_stands(session, owed, now)


async def _confirm(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    found = await _confirmation(session, owed, now)
    if isinstance(found, Gone) or found.report.state is ReportState.AWAITING:
        return found
    return Gone("decided already")


async def _confirmation(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> ConfirmMessage | Gone:
    report = await parts.find_report(session, owed.office_id, owed.subject_id or 0)
    if report is None:
        return Gone("no such report")
    proofs = await evidence_of(session, [report.part_id])
    line = await _line(session, owed.office_id, report.part_id, now)
    _, product, _ = await report_drafts.item_of_part(session, report.part_id)
    held = tuple(proofs.get(report.part_id, ()))
    changed = await last_change(session, report.part_id)
    since = changed if changed and changed > report.submitted_at else None
    names = owed.chat.person_id is not None
    by = await _role_of(session, report.decider_id, local_day(report.decided_at or now))
    return ConfirmMessage(report, line, held, split_products(product), since, names, by)


async def _decision(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    report = await parts.find_report(session, owed.office_id, owed.subject_id or 0)
    if report is None or report.decided_at is None:
        return Gone("no decision stands")
    line = await _line(session, owed.office_id, report.part_id, now)
    by = await _role_of(session, report.decider_id, local_day(report.decided_at))
    closed = await closed_plan(session, line.part.plan_id)
    return DecisionMessage(owed.id, report, line, by, owed.chat.person_id is not None, closed)


async def _role_of(session: AsyncSession, person_id: int | None, on: dt.date) -> Role:
    """Return the role in which somebody decided: Văn phòng's, or a leader's in its place."""
    held = await people.grants_of(session, person_id, on) if person_id is not None else ()
    roles = {grant.role for grant in held}
    leads = Role.LEADER in roles and not roles & {Role.COORDINATOR, Role.ADMIN}
    return Role.LEADER if leads else Role.COORDINATOR


async def _past(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    plan_id = owed.subject_id or 0
    plan = await plans.get_plan(session, plan_id)
    today = local_day(now)
    calendar = await calendar_of(session, owed.office_id, today)
    unsettled = [
        part
        for part in await parts.open_parts(session, owed.office_id)
        if part.unsettled and part.plan_id == plan_id and part.duty is not Duty.COOPERATE
    ]
    if not unsettled:
        return Gone("everything past was looked at")
    lines = tuple(Line(p, p.standing(today, calendar)) for p in by_urgency(unsettled))
    return PastMessage(plan_id, plan.title, today, lines)


async def _chat_lost(session: AsyncSession, owed: Owed, now: dt.datetime) -> Content | Gone:
    title, lost = await chats.chat_title(session, owed.subject_id or 0)
    refused = REFUSED in owed.payload
    if (lost is None) != refused:
        return Gone("the chat is lost too" if refused else "the chat is back")
    names = await offices.unit_names(session, owed.office_id)
    chat = await chats.get_chat(session, owed.subject_id or 0)
    units = await notices.units_of_chat(session, chat, local_day(now))
    private = chat.person_id is not None
    kind = RefusedMessage if refused else ChatLostMessage
    return kind(
        "" if private and owed.chat.person_id is None else title,
        tuple(names[unit_id] for unit_id in units if unit_id in names),
        private,
    )


_MAKERS: dict[
    OutboxKind, Callable[[AsyncSession, Owed, dt.datetime], Awaitable[Content | Gone]]
] = {
    **dict.fromkeys(SCHEDULED, reminder_contents.morning),
    OutboxKind.MIDDAY: reminder_contents.midday,
    OutboxKind.CALENDAR: calendar_contents.changed,
    OutboxKind.CALENDAR_GAP: calendar_contents.gap,
    OutboxKind.DIFFICULTY: difficulty_owing.to_office,
    OutboxKind.DIFFICULTY_ANSWER: difficulty_owing.to_unit,
    OutboxKind.UNDONE: undo_about.undone,
    OutboxKind.EXTENSION: extension_owing.to_deciders,
    OutboxKind.EXTENSION_ANSWER: extension_owing.to_unit,
    OutboxKind.CONFIRM: _confirm,
    OutboxKind.DECISION: _decision,
    OutboxKind.REOPENED: contents_reports.reopened,
    OutboxKind.ASSIGNED: contents_reports.assigned,
    OutboxKind.PREPARED: contents_reports.prepared,
    OutboxKind.PAST_ITEMS: _past,
    OutboxKind.CHAT_LOST: _chat_lost,
    OutboxKind.TOO_LATE: contents_process.too_late,
    OutboxKind.AWAY: contents_process.away,
    OutboxKind.TEST: contents_process.test,
    OutboxKind.BRIEFING_DRAFT: contents_briefing.draft,
    OutboxKind.BRIEFING: contents_briefing.briefing,
    OutboxKind.ITEM_CHANGED: contents_changes.changed,
    OutboxKind.BROADCAST: contents_briefing.broadcast,
    OutboxKind.SUMMARY: contents_summary.summary,
}
