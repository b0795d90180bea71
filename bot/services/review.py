"""Going through what is open in a draft: one question at a time, one transaction per answer."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.deadline import DateDeadline
from bot.domain.draft import Draft
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.review import Question, find_questions
from bot.domain.review_alike import alike
from bot.intake.dates import read_typed_date
from bot.services.actor import Actor
from bot.services.loading import DraftKey, access_draft, get_coordinator, key_of
from bot.services.review_answers import Answer, apply
from storage import drafts, offices
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.db import Database
from storage.rows import StoredUnit

SETTLED = N_("This was settled already.")
NO_ITEM = N_("This item is no longer in a draft, so no date is asked for.")


@dataclass(frozen=True, slots=True)
class Review:
    """Where the going-through stands.

    `question` is the one to show, None when there is none left; `number` of `total` open ones;
    `following` is the key of the next. `units` are the office's, in the order of their ids, by
    which buttons count them. `alike` counts the questions that one answer can settle at once.
    """

    key: DraftKey
    draft: Draft
    units: tuple[StoredUnit, ...]
    question: Question | None
    number: int = 0
    total: int = 0
    following: str = ""
    alike: int = 1


async def look(
    db: Database, actor: Actor, key: DraftKey, question: str, now: dt.datetime
) -> Review:
    """Return the question with the key `question`, else the first one that is open.

    Raises:
        NotFound, NotAllowed, UserError: no such draft, or not for this person.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        draft = await access_draft(session, viewer, key)
        return _review(draft, await _units(session, viewer.office_id, now), question)


async def look_at(
    db: Database, actor: Actor, key: DraftKey, question: str, now: dt.datetime
) -> Review:
    """Return exactly the question with this key.

    Raises:
        UserError: it was settled; or as `look` does.
    """
    review = await look(db, actor, key, question, now)
    if review.question is None or review.question.key != question:
        raise UserError(SETTLED)
    return review


async def answer(
    db: Database,
    actor: Actor,
    key: DraftKey,
    question: str,
    said: Answer,
    now: dt.datetime,
    *,
    everywhere: bool = False,
) -> Review:
    """Settle a question, `everywhere` with those alike, and return the one after it.

    Raises:
        NotFound, NotAllowed, UserError: no such draft, or not for this person.
        AlreadyHandled: this update has answered.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_coordinator(session, actor, now)
        draft = await access_draft(session, viewer, key)
        units = await _units(session, viewer.office_id, now)
        before = _review(draft, units, question)
        if before.question is None or before.question.key != question:
            raise UserError(SETTLED)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        for one in _together(before, before.question, everywhere=everywhere):
            await _settle(session, act, before, one, said)
        session.expire_all()
        fresh = await access_draft(session, viewer, key)
        units = await _units(session, viewer.office_id, now)
        return _review(fresh, units, "", at=before.number - 1)


async def _settle(
    session: AsyncSession, act: Act, review: Review, one: Question, said: Answer
) -> None:
    draft = review.draft
    was, became = await apply(session, act, draft, review.units, one, said)
    subject, name = (one.item.id, "item") if one.item else (draft.id, "plan")
    await record(session, act, "plan.review", name, subject, before=was, after=became)


def _together(review: Review, asked: Question, *, everywhere: bool) -> list[Question]:
    if not everywhere:
        return [asked]
    units = [stored.unit for stored in review.units]
    return alike(asked, find_questions(review.draft, units))


def _review(
    draft: Draft, units: tuple[StoredUnit, ...], question: str, *, at: int | None = None
) -> Review:
    found = find_questions(draft, [stored.unit for stored in units])
    keys = [one.key for one in found]
    if at is None:
        at = keys.index(question) if question in keys else 0
    shown = found[at] if at < len(found) else None
    following = keys[at + 1] if at + 1 < len(keys) else ""
    count = len(alike(shown, found)) if shown else 0
    return Review(key_of(draft), draft, units, shown, at + 1, len(found), following, count)


async def _units(
    session: AsyncSession, office_id: int, now: dt.datetime
) -> tuple[StoredUnit, ...]:
    alive = await offices.units_of(session, office_id, on=local_day(now))
    return tuple(sorted(alive, key=lambda unit: unit.id))


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What was typed for an item's deadline, to be read back before it counts.

    `day` is None where no date can be read.
    """

    review: Review
    day: DateDeadline | None


async def typed_date(
    db: Database, actor: Actor, item_id: int, text: str, now: dt.datetime
) -> TypedDate:
    """Read a date that somebody typed as the answer to a deadline's question; nothing changes.

    Raises:
        UserError: the question is settled.
        NotFound, NotAllowed: no such draft, or not for this person.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        plan_id = await drafts.plan_of_item(session, viewer.office_id, item_id)
        draft = plan_id and await drafts.find_draft(session, viewer.office_id, plan_id)
        if not draft:
            raise UserError(NO_ITEM)
        await access_draft(session, viewer, key_of(draft))
        units = await _units(session, viewer.office_id, now)
    found = find_questions(draft, [stored.unit for stored in units])
    asked = next((q for q in found if q.item and q.item.id == item_id and q.takes_a_date), None)
    if asked is None:
        raise UserError(SETTLED)
    day = read_typed_date(text, local_day(now), draft.period)
    return TypedDate(_review(draft, units, asked.key), day)
