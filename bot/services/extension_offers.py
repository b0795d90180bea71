"""Another day that Văn phòng proposes to a unit, and changing its mind until the unit answers."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import UserError
from bot.domain.extension import check_day
from bot.domain.roles import Viewer
from bot.domain.states import ExtensionState
from bot.services import dialogs
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.extension_changes import GRANT_ASKED, TAKE_BACK
from bot.services.extension_decisions import decidable, decide
from bot.services.extension_warnings import warnings
from bot.services.extension_words import read_day
from bot.services.extensions import NOTHING_TO_SEND, UNREAD_DAY, day_problem
from bot.services.messages_extensions import Extended, Offer
from storage import people
from storage.audit import refuse_repeated
from storage.db import Database

ASK_OFFER = "extension_offer"
# Under what a question keeps the proposal in whose place another is typed.
INSTEAD = "instead"


async def type_offer(
    db: Database, actor: Actor, extension_id: int, text: str, now: dt.datetime
) -> Offer:
    """Take another date that Văn phòng types, and remember it until it is sent.

    It may take the place of one that was proposed before (`ask_again`).

    Raises:
        NotFound, NotAllowed, UserError: as `approve`.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, today)
        instead = (await _asked_here(session, viewer, actor, extension_id, now)).get(INSTEAD)
        extension, part = await decidable(session, viewer, extension_id, instead=instead)
        day = read_day(text, today)
        bad = check_day(day, part.due or extension.from_due, today)
        wrong = day_problem(bad, day, part.due or extension.from_due, text, UNREAD_DAY)
        assert viewer.person_id is not None  # may_decide asks for it
        await people.put_dialog(
            session,
            viewer.office_id,
            viewer.person_id,
            actor.address,
            ASK_OFFER,
            extension_id,
            now=now,
            expires_at=now + dialogs.ANSWER_WITHIN,
            value={
                "due": day.isoformat() if day and not wrong else None,
                INSTEAD: instead.isoformat() if instead else None,
            },
        )
        said = () if wrong or day is None else await warnings(session, part, day)
    return Offer(extension, part, today, None if wrong else day, wrong, said)


async def offer(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Propose the date that was typed and read back; the unit accepts or declines.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`; or nothing was read back here.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        asked = await _asked_here(session, viewer, actor, extension_id, now)
        await decidable(session, viewer, extension_id, instead=asked.get(INSTEAD))
    if (due := asked.get("due")) is None:
        raise UserError(NOTHING_TO_SEND)
    return await decide(
        db,
        actor,
        extension_id,
        ExtensionState.COUNTERED,
        now,
        instead=asked.get(INSTEAD),
        counter_due=due,
    )


async def _asked_here(
    session: AsyncSession, viewer: Viewer, actor: Actor, extension_id: int, now: dt.datetime
) -> dict[str, dt.date]:
    """Return what is kept of the question which other day is proposed: `due`, `INSTEAD`."""
    found = await people.find_dialog(session, viewer.person_id or 0, actor.address, now)
    if found is None or (found.question, found.subject_id) != (ASK_OFFER, extension_id):
        return {}
    days = {name: found.value.get(name) for name in ("due", INSTEAD)}
    return {name: dt.date.fromisoformat(str(day)) for name, day in days.items() if day}


async def ask_again(
    db: Database, actor: Actor, extension_id: int, day: dt.date, now: dt.datetime
) -> Offer:
    """Ask which other day is proposed in place of `day`, which the unit has not answered yet.

    Raises:
        NotFound, NotAllowed, UserError: as `approve`, or `day` is not what is proposed now.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await decidable(session, viewer, extension_id, instead=day)
    await dialogs.ask(db, actor, ASK_OFFER, extension_id, now, value={INSTEAD: day.isoformat()})
    return Offer(extension, part, local_day(now))


async def take_back(
    db: Database, actor: Actor, extension_id: int, day: dt.date, now: dt.datetime
) -> Extended:
    """Take back the proposal of `day`: the request waits for Văn phòng again.

    Raises:
        NotFound, NotAllowed, UserError: as `ask_again`.
    """
    return await decide(
        db,
        actor,
        extension_id,
        ExtensionState.REQUESTED,
        now,
        instead=day,
        name=TAKE_BACK,
        counter_due=None,
        decided_by=None,
        decided_at=None,
    )


async def grant_asked(
    db: Database, actor: Actor, extension_id: int, day: dt.date, now: dt.datetime
) -> Extended:
    """Grant the day that was asked for after all, instead of the proposed `day`.

    Raises:
        NotFound, NotAllowed, UserError: as `ask_again`, or that day cannot be granted any more.
    """
    return await decide(
        db,
        actor,
        extension_id,
        ExtensionState.APPROVED,
        now,
        instead=day,
        name=GRANT_ASKED,
        counter_due=None,
    )
