"""Stand-ins: a head or leader lends the own roles to somebody of the office for a time."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.domain.vietnamese import fold
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.members import IN_PRIVATE
from bot.services.units import read_day
from storage import grants
from storage.audit import Act, claim_update
from storage.audit_rows import recording
from storage.db import Database

LENT = (Role.HEAD, Role.LEADER)
HOW = N_(
    "Type who stands in for you and from when to when: "
    "/thay_mat NAME > 22/4/2024 > 30/4/2024. Nothing has changed."
)
NOT_YOURS = N_("Only heads and leaders name a stand-in. Nothing has changed.")
NOBODY = N_("Nobody, or more than one, is called “{name}” here. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in, and the first and the last day of it."""

    name: str
    first: dt.date
    last: dt.date


async def name_stand_in(db: Database, actor: Actor, text: str, now: dt.datetime) -> StandIn:
    """Lend one's own roles as typed, "name > first day > last day".

    Raises:
        NotFound, NotAllowed: a stranger; neither head nor leader; not in private; no such person.
        UserError: it cannot be understood, or the days are past or in the wrong order.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, today)
        if not viewer.has(*LENT) or viewer.person_id is None:
            raise NotAllowed(NOT_YOURS)
        if not actor.private:
            raise NotAllowed(IN_PRIVATE)
        words = [word.strip() for word in text.split(">")]
        if len(words) != 3:
            raise UserError(HOW)
        days = read_day(words[1]), read_day(words[2])
        if not today <= days[1] or days[0] > days[1]:
            raise UserError(HOW)
        held = await grants.held_grants(session, viewer.office_id, today)
        found = {
            h.person_id: h.name
            for h in held
            if fold(h.name) == fold(words[0]) and h.person_id != viewer.person_id
        }
        if len(found) != 1:
            raise NotFound(NOBODY, name=words[0])
        (person_id, name), act = (
            next(iter(found.items())),
            Act(viewer.office_id, now, viewer.person_id, actor.update_id),
        )
        await claim_update(session, act)
        for own in held:
            # What is lent to oneself is not lent on.
            if own.person_id != viewer.person_id or own.role not in LENT or own.stands_in_for:
                continue
            async with recording(session, act, "grant.lend"):
                await grants.put_grant(
                    session,
                    viewer.office_id,
                    person_id,
                    own.role,
                    own.unit_id,
                    today=today,
                    stands_in_for=viewer.person_id,
                    days=days,
                    director=own.director,
                )
    return StandIn(name, *days)
