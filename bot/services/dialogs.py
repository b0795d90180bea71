"""Questions the bot asked and waits for: kept in the database, never in memory."""

import datetime as dt

from bot.domain.days import local_day
from bot.services.access import get_viewer, locale_for
from bot.services.actor import Actor
from storage import people
from storage.db import Database
from storage.rows import Dialog as Dialog  # also for those who take an answer

ANSWER_WITHIN = dt.timedelta(days=1)
ASK_PROOF = "proof"
ASK_REASON = "reason"
ASK_PLAN_DATE = "plan_date"
ASK_COLUMNS = "columns"
ASK_CORRECTION = "correction"
ASK_BRIEFING_LINE = "briefing_line"
ASK_CONCLUSIONS = "conclusions"


async def ask(
    db: Database,
    actor: Actor,
    question: str,
    subject_id: int,
    now: dt.datetime,
    *,
    value: dict[str, object] | None = None,
) -> None:
    """Remember what was asked of a person; it replaces an older question in this chat.

    `value` is whatever the question is about beside its subject, as JSON.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if viewer.person_id is None:
            return
        await people.put_dialog(
            session,
            viewer.office_id,
            viewer.person_id,
            actor.address,
            question,
            subject_id,
            now=now,
            expires_at=now + ANSWER_WITHIN,
            value=value,
        )


async def pending(db: Database, actor: Actor, now: dt.datetime) -> Dialog | None:
    """Return the question that the person still has to answer here."""
    async with db.read() as session:
        for person in await people.people_of_account(session, actor.telegram_id):
            found = await people.find_dialog(session, person.id, actor.address, now)
            if found is not None:
                return found
    return None


async def forget(db: Database, actor: Actor) -> None:
    """Forget the question a person was asked here: it was answered or called off."""
    async with db.begin() as session:
        for person in await people.people_of_account(session, actor.telegram_id):
            await people.drop_dialog(session, person.id, actor.address)


async def call_off(
    db: Database,
    actor: Actor,
    question: str,
    now: dt.datetime,
    *,
    subject_id: int | None = None,
) -> bool:
    """Forget this question, and no other, about `subject_id` if given; return whether it stood.

    Raises:
        NotFound: a stranger.
    """
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if viewer.person_id is None:
            return False
        found = await people.find_dialog(session, viewer.person_id, actor.address, now)
        if found is None or found.question != question:
            return False
        if subject_id is not None and found.subject_id != subject_id:
            return False
        await people.drop_dialog(session, viewer.person_id, actor.address)
        return True


async def language(db: Database, actor: Actor) -> str:
    """Return the language to answer in."""
    async with db.read() as session:
        return await locale_for(session, actor)
