"""The weekly briefing: Văn phòng's draft, its own lines, what it leaves out, and the sending."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.briefing import Briefing, briefing_from_json, briefing_to_json, monday_of
from bot.domain.days import local_day, local_time
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.briefing_facts import present_briefing
from bot.services.calendars import calendar_of
from bot.services.messages_briefing import BriefingDraft
from bot.services.recipients import leaders_chats, office_chats, recipients_of
from bot.services.rules import rules_of
from bot.services.secret_marks import refuse_marks
from storage import briefings, offices, outbox
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_rows import change_row, recording
from storage.db import Database
from storage.models import BriefingRow
from storage.rows import Chat, identity

NO_BRIEFING = N_("There is no such briefing here. Send /giao_ban for this week's.")
SENT_BEFORE = N_("This week's briefing was sent already; it does not change any more.")
LONGEST_LINE = 500
MOST_LINES = 20
TOO_MANY = N_("A briefing holds {count} lines of your own at the most. Nothing has changed.")


async def plan_briefings(db: Database, now: dt.datetime) -> None:
    """Owe Văn phòng the draft of the week, from its first working day's hour on.

    Safe to call at any time: a week has one draft, also where somebody has opened it before, and
    none once the briefing was sent.
    """
    today = local_day(now)
    monday = monday_of(today)
    async with db.read() as session:
        offices_due = [
            office_id
            for office_id in await offices.office_ids(session)
            if await _due(session, office_id, now)
        ]
    for office_id in offices_due:
        async with db.begin() as session:
            async with recording(session, Act(office_id, now), "briefing.open"):
                row, _ = await briefings.put_briefing(session, office_id, monday, now)
                row.draft_at = now
                session.add(row)
            for chat in await office_chats(session, office_id, today):
                await outbox.owe(
                    session,
                    chat,
                    OutboxKind.BRIEFING_DRAFT,
                    f"briefing-draft:{monday.isoformat()}",
                    now,
                    subject_id=identity(row.id),
                    slot_on=today,
                )


async def _due(session: AsyncSession, office_id: int, now: dt.datetime) -> bool:
    """Tell whether the week's draft is due and was not made yet: also later in the week."""
    today, rules = local_day(now), await rules_of(session, office_id)
    monday = monday_of(today)
    calendar = await calendar_of(session, office_id, today)
    first = calendar.first_working_day_on_or_after(monday + dt.timedelta(rules.briefing_weekday))
    if monday_of(first) != monday or not calendar.is_working(today):
        return False
    if (today, local_time(now).time()) < (first, rules.briefing_at):
        return False
    row = await briefings.find_week(session, office_id, monday)
    if row is not None and (row.sent_at or row.draft_at):
        return False
    return bool(await offices.has_active_plan(session, office_id))


async def draft(db: Database, actor: Actor, now: dt.datetime) -> BriefingDraft:
    """Return this week's briefing as it would be sent now, or as it was sent.

    Raises:
        NotAllowed: the person is neither of Văn phòng nor a leader.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not viewer.sees_every_unit():
            raise NotAllowed(NOT_COORDINATOR)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        async with recording(session, act, "briefing.open"):
            monday = monday_of(local_day(now))
            row, _ = await briefings.put_briefing(session, viewer.office_id, monday, now)
        return await draft_of(session, row, now)


async def draft_of(session: AsyncSession, row: BriefingRow, now: dt.datetime) -> BriefingDraft:
    """Return a briefing within the caller's transaction: what was sent stands as it was."""
    if row.content is not None:
        kept = briefing_from_json(row.content)
        return BriefingDraft(identity(row.id), kept, now, row.sent_at)
    made = await present_briefing(session, row.office_id, now)
    return BriefingDraft(identity(row.id), _edited(made, row), now)


def _edited(made: Briefing, row: BriefingRow) -> Briefing:
    return replace(made.without(frozenset(row.left_out)), added=tuple(row.added))


async def add_line(
    db: Database, actor: Actor, briefing_id: int, text: str, now: dt.datetime
) -> BriefingDraft:
    """Add a line of Văn phòng's own.

    Raises:
        NotFound, NotAllowed, UserError: no such draft, not of Văn phòng, sent already, too many.
    """
    refuse_marks(text)
    async with db.begin() as session:
        act, row = await _acting(session, actor, briefing_id, now)
        if len(row.added) >= MOST_LINES:
            raise UserError(TOO_MANY, count=MOST_LINES)
        before = list(row.added)
        row.added = [*before, " ".join(text.split())[:LONGEST_LINE]]
        return await _changed(session, act, row, {"added": before}, {"added": row.added})


async def drop_line(
    db: Database, actor: Actor, briefing_id: int, place: int, now: dt.datetime
) -> BriefingDraft:
    """Take one of Văn phòng's own lines out again."""
    async with db.begin() as session:
        act, row = await _acting(session, actor, briefing_id, now)
        before = list(row.added)
        row.added = [line for at, line in enumerate(before) if at != place]
        return await _changed(session, act, row, {"added": before}, {"added": row.added})


async def leave_out(
    db: Database, actor: Actor, briefing_id: int, part_id: int, now: dt.datetime
) -> BriefingDraft:
    """Leave a part out of the briefing, or take it in again."""
    async with db.begin() as session:
        act, row = await _acting(session, actor, briefing_id, now)
        before = list(row.left_out)
        kept = [one for one in before if one != part_id]
        row.left_out = kept if part_id in before else [*before, part_id]
        return await _changed(session, act, row, {"left_out": before}, {"left_out": row.left_out})


async def _changed(
    session: AsyncSession,
    act: Act,
    row: BriefingRow,
    before: dict[str, list[object]],
    after: dict[str, list[object]],
) -> BriefingDraft:
    session.add(row)
    await record(
        session, act, "briefing.edit", "briefing", identity(row.id), before=before, after=after
    )
    return await draft_of(session, row, act.now)


async def _acting(
    session: AsyncSession, actor: Actor, briefing_id: int, now: dt.datetime
) -> tuple[Act, BriefingRow]:
    """Return who acts on a briefing that is open, with the briefing."""
    await refuse_repeated(session, actor.update_id)
    viewer = await get_viewer(session, actor, local_day(now))
    row = await _open_row(session, viewer, briefing_id)
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    await claim_update(session, act)
    return act, row


async def _open_row(session: AsyncSession, viewer: Viewer, briefing_id: int) -> BriefingRow:
    row = await briefings.find_briefing(session, viewer.office_id, briefing_id)
    if row is None or not viewer.sees_every_unit():
        raise NotFound(NO_BRIEFING)
    if not coordinates(viewer):
        raise NotAllowed(NOT_COORDINATOR)
    if row.sent_at is not None:
        raise UserError(SENT_BEFORE)
    return row


async def view(db: Database, actor: Actor, briefing_id: int, now: dt.datetime) -> BriefingDraft:
    """Return a briefing for those who read everything.

    Raises:
        NotFound: there is none, or it is not for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        row = await briefings.find_briefing(session, viewer.office_id, briefing_id)
        if row is None or not viewer.sees_every_unit():
            raise NotFound(NO_BRIEFING)
        return await draft_of(session, row, now)


async def check_open(
    db: Database, actor: Actor, briefing_id: int, now: dt.datetime
) -> BriefingDraft:
    """Return a briefing that the presser may change.

    Raises:
        NotFound, NotAllowed, UserError: as `add_line` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        row = await _open_row(session, viewer, briefing_id)
        return await draft_of(session, row, now)


async def everything(db: Database, actor: Actor, briefing_id: int, now: dt.datetime) -> Briefing:
    """Return a draft's week with nothing left out, to choose from."""
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not viewer.sees_every_unit():
            raise NotFound(NO_BRIEFING)
        return await present_briefing(session, viewer.office_id, now)


async def send(db: Database, actor: Actor, briefing_id: int, now: dt.datetime) -> int:
    """Freeze the briefing and owe it to every unit's chat, the leaders and Văn phòng.

    Returns how many chats it goes to.

    Raises:
        NotFound, NotAllowed, UserError: as `add_line` does.
    """
    async with db.begin() as session:
        act, row = await _acting(session, actor, briefing_id, now)
        made = _edited(await present_briefing(session, row.office_id, now), row)
        chats = await everybody(session, row.office_id, local_day(now))
        for chat in chats:
            await outbox.owe(
                session, chat, OutboxKind.BRIEFING, f"briefing:{row.id}", now, subject_id=row.id
            )
        sent = {"content": briefing_to_json(made), "sent_at": now, "sent_by": act.person_id}
        await change_row(session, act, "briefing.send", row, **sent)
    return len(chats)


async def everybody(session: AsyncSession, office_id: int, today: dt.date) -> list[Chat]:
    """Return the chats of all units, of the leaders and of Văn phòng, each once."""
    to = (await recipients_of(session, office_id, today)).chats()
    to += await leaders_chats(session, office_id, today)
    to += await office_chats(session, office_id, today)
    return list({chat.id: chat for chat in to}.values())
