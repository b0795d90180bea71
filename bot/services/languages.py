"""The language a person, or a chat, is answered in."""

import datetime as dt

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.problem import N_
from bot.domain.roles import Role, coordinates
from bot.services.access import UNBOUND, UNKNOWN, get_viewer
from bot.services.actor import Actor
from storage import languages
from storage.audit import Act, claim_update
from storage.audit_rows import recording
from storage.db import Database

LANGUAGES = ("vi", "en")
NOT_YOURS = N_("In a group, only Văn phòng or a head sets the language. Nothing has changed.")
NO_LANGUAGE = N_("I speak Vietnamese and English. Nothing has changed.")


async def choose(db: Database, actor: Actor, locale: str, now: dt.datetime) -> None:
    """Answer a person in `locale` everywhere private, or a group or topic for all who read it.

    Raises:
        NotFound: a stranger, an unbound group, or no such language.
        NotAllowed: in a group by somebody who is neither Văn phòng nor a head of its unit.
    """
    if locale not in LANGUAGES:
        raise NotFound(NO_LANGUAGE)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if viewer.person_id is None:
            raise NotFound(UNKNOWN if actor.private else NOT_YOURS)
        here = viewer.own_units()
        if not actor.private and not (
            coordinates(viewer) or viewer.heads() & here or (not here and viewer.has(Role.LEADER))
        ):
            raise NotAllowed(NOT_YOURS)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        async with recording(session, act, "language.set"):
            if actor.private:
                await languages.set_of_person(session, viewer.person_id, locale)
            elif not await languages.set_of_chat(
                session, viewer.office_id, *actor.address, locale
            ):
                raise NotFound(UNBOUND)
