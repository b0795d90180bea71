"""Asking for another date: typed, read back in full, then sent; one open request a part."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.change_phrases import UNSAID
from bot.domain.days import local_day, office_date
from bot.domain.errors import UserError
from bot.domain.extension import BadDay, Extension, check_day
from bot.domain.problem import N_, Problem, problem
from bot.domain.roles import Viewer
from bot.domain.states import ExtensionState
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import Part
from bot.services import dialogs, extension_owing
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.deciders import someone_decides
from bot.services.extension_parts import OPEN_ALREADY, extendable
from bot.services.extension_warnings import warnings
from bot.services.extension_words import read_day_and_reason
from bot.services.messages_extensions import Extended, Wish
from bot.services.rules import rules_of
from bot.services.secret_marks import refuse_marks
from storage import extensions, parts, people
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_rows import insert_row
from storage.audit_values import columns
from storage.db import Database
from storage.models import ExtensionRow

TOO_LATE = N_("The due day of {code} has passed; after it, no other date can be asked for here.")
UNREAD = N_(
    "I cannot read a date in “{text}”. Type it like 30/6, 30 June or next friday, then the reason."
)
UNREAD_DAY = N_("I cannot read a date in “{text}”. Type it like 30/6, 30 June or next friday.")
PAST = N_("{day} has passed. Type a day to come.")
NOT_LATER = N_("{day} is not later than the present date, {due}. Type a later day.")
NOTHING_TO_SEND = N_(
    "There is nothing here to send: it was sent or called off already. Nothing has changed."
)
ASK_EXTENSION = "extension"
LONGEST_REASON = 1000


async def begin(
    db: Database, actor: Actor, part_id: int, text: str, now: dt.datetime, *, anew: bool = False
) -> Wish:
    """Take what was typed about another date and remember it until it is sent; "" only asks.

    `anew` forgets what was typed before.

    Raises:
        NotFound, NotAllowed: no such part for this head.
        UserError: it has no date to extend, or another request is open.
        BearsSecretMark: the reason bears a mark of secrecy.
    """
    refuse_marks(text)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        wish = await _empty(session, viewer, part_id, now)
        before = None if anew else await _typed_before(session, viewer, actor, part_id, now)
        wish = _read(wish, before, text)
        if wish.part.secret:
            # The day alone makes it whole: a reason would not be kept.
            wish = replace(wish, reason=UNSAID if wish.due else "")
        if wish.due is not None:
            wish = replace(wish, warnings=await warnings(session, wish.part, wish.due))
        assert viewer.person_id is not None  # a head is registered
        await people.put_dialog(
            session,
            viewer.office_id,
            viewer.person_id,
            actor.address,
            ASK_EXTENSION,
            part_id,
            now=now,
            expires_at=now + dialogs.ANSWER_WITHIN,
            value={"due": wish.due.isoformat() if wish.due else None, "reason": wish.reason},
        )
    return wish


def _read(wish: Wish, before: tuple[dt.date | None, str] | None, text: str) -> Wish:
    """Return the wish with what was typed: a date, a reason, or both."""
    due, reason = before or (None, "")
    if not text:
        return replace(wish, due=due, reason=reason)
    day, rest = read_day_and_reason(text, wish.today)
    if due is not None and (day is None or (rest and not reason)):
        # Only the reason was missing, and it may begin like a date ("mai mới có số liệu").
        return replace(wish, due=due, reason=text[:LONGEST_REASON])
    if day is not None or not any(letter.isdigit() for letter in text):
        reason = rest[:LONGEST_REASON] or reason  # else it is a date that cannot be read
    wrong = _wrong(wish, day, text)
    return replace(wish, due=None if wrong else day, reason=reason, problem=wrong)


def _wrong(wish: Wish, day: dt.date | None, text: str) -> Problem | None:
    assert wish.part.due is not None  # `_empty` asks for it
    return day_problem(check_day(day, wish.part.due, wish.today), day, wish.part.due, text)


def day_problem(
    bad: BadDay | None, day: dt.date | None, due: dt.date, text: str, unread: str = UNREAD
) -> Problem | None:
    """Return what is wrong with a typed date, as a sentence; `unread` where none is there."""
    if bad is None:
        return None
    if bad is BadDay.UNREAD or day is None:
        return problem(unread, text=text[:60])
    shown = office_date(day)
    if bad is BadDay.PAST:
        return problem(PAST, day=shown)
    return problem(NOT_LATER, day=shown, due=office_date(due))


async def _empty(session: AsyncSession, viewer: Viewer, part_id: int, now: dt.datetime) -> Wish:
    """Return a wish about a part, nothing typed yet; refuse who may not ask."""
    today = local_day(now)
    part = await extendable(session, viewer, part_id)
    rules = await rules_of(session, viewer.office_id, part.plan_id)
    calendar = await calendar_of(session, viewer.office_id, today)
    late = part.standing(today, calendar).state is DeadlineState.OVERDUE
    if late and not rules.extend_after_due:
        raise UserError(TOO_LATE, code=part.code)
    number = 1 + await extensions.count_approved(session, part.id)
    return Wish(part, today, number, number >= rules.many_extensions, late)


async def _typed_before(
    session: AsyncSession, viewer: Viewer, actor: Actor, part_id: int, now: dt.datetime
) -> tuple[dt.date | None, str] | None:
    if viewer.person_id is None:
        return None
    found = await people.find_dialog(session, viewer.person_id, actor.address, now)
    if found is None or found.question != ASK_EXTENSION or found.subject_id != part_id:
        return None
    due = found.value.get("due")
    return dt.date.fromisoformat(str(due)) if due else None, str(found.value.get("reason") or "")


async def send(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Extended:
    """Ask for the date that was typed and read back; who asks never decides.

    Where nobody else can decide it is granted at once, marked so (`Extension.self_decided`).

    Raises:
        NotFound, NotAllowed, UserError: as `begin` does; or nothing was read back here.
    """
    today = local_day(now)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        due, reason = await _typed_before(session, viewer, actor, part_id, now) or (None, "")
        if due is None or not reason or viewer.person_id is None:
            raise UserError(NOTHING_TO_SEND)
        wish = replace(await _empty(session, viewer, part_id, now), due=due, reason=reason)
        if wish.part.due is None or check_day(due, wish.part.due, today) is not None:
            raise UserError(NOTHING_TO_SEND)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        waits = await someone_decides(session, viewer, wish.part.unit_id, today)
        extension = await _add(session, act, wish, waits=waits)
        await people.drop_dialog(session, viewer.person_id, actor.address)
        if waits:
            await extension_owing.tell_deciders(session, viewer, extension, wish.part, now)
        fresh = await parts.find_part(session, viewer.office_id, part_id)
        assert fresh is not None  # it was just changed
        done = await extension_owing.extended(session, extension, fresh, today)
        return replace(done, answers=True)


async def _add(session: AsyncSession, act: Act, wish: Wish, *, waits: bool) -> Extension:
    part = wish.part
    assert wish.due is not None  # `send` has looked
    assert part.due is not None
    assert act.person_id is not None
    row = ExtensionRow(
        office_id=act.office_id,
        part_id=part.id,
        requested_by=act.person_id,
        requested_at=act.now,
        from_due=part.due,
        to_due=wish.due,
        reason=wish.reason,
        state=ExtensionState.REQUESTED if waits else ExtensionState.APPROVED,
        progress_before=part.progress,
        decided_at=None if waits else act.now,
        after_due=wish.after_due,
    )
    extension_id = await insert_row(session, act, "extension.request", row)
    if waits:
        await move(session, act, "extension.request", part, Progress.EXTENSION_PENDING)
    else:
        await extend(session, act, "extension.request", part, wish.due)
    added = await extensions.find_extension(session, act.office_id, extension_id)
    assert added is not None  # it was just added
    return added


async def move(session: AsyncSession, act: Act, name: str, part: Part, after: Progress) -> None:
    """Move a part to `after` and record it.

    Raises:
        UserError: somebody changed it in the meantime.
    """
    if not await parts.change_progress(session, part.id, part.progress, after, submitted_at=None):
        raise UserError(OPEN_ALREADY, code=part.code)
    await record(
        session,
        act,
        name,
        "part",
        part.id,
        before=columns(progress=part.progress),
        after=columns(progress=after),
    )


async def extend(session: AsyncSession, act: Act, name: str, part: Part, due: dt.date) -> None:
    """Give a part another due day and record it; an occurrence that was past counts again."""
    before = await extensions.extended_due(session, part.id)
    await extensions.extend_part(session, part.id, due)
    await record(
        session,
        act,
        name,
        "part",
        part.id,
        before=columns(extended_due=before),
        after=columns(extended_due=due),
    )
    if part.unsettled:
        await parts.settle(session, part.occurrence_id)
        await record(
            session,
            act,
            name,
            "occurrence",
            part.occurrence_id,
            before={"unsettled": True},
            after={"unsettled": False},
        )
