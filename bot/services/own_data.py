"""What is kept about a person: shown to that person, erased by an admin or in time.

Luật 91/2025/QH15.
"""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.membership import Held
from bot.domain.roles import Role
from bot.services.access import NOT_COORDINATOR, UNKNOWN, get_viewer
from bot.services.actor import Actor
from bot.services.handing import tell_heads_left
from bot.services.members import IN_PRIVATE, LAST_ADMIN, NO_SUCH, people_office
from bot.services.rules import rules_of
from storage import grants, offices, own_data, reports
from storage.audit import Act, claim_update
from storage.db import Database
from storage.rows import Person


@dataclass(frozen=True, slots=True)
class OwnData:
    """All that is stored about one person; `counts` by kind, `keep_months` how long."""

    person: Person
    since: dt.datetime
    held: tuple[Held, ...]
    units: dict[int, str]
    counts: dict[str, int]
    keep_months: int
    day: dt.date


async def of_oneself(db: Database, actor: Actor, now: dt.datetime) -> OwnData:
    """Return what is stored about whoever asks.

    Raises:
        NotFound: a stranger.
        NotAllowed: not in private.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        if not actor.private:
            raise NotAllowed(IN_PRIVATE)
        office_id, person_id = viewer.office_id, viewer.person_id or 0
        person = await own_data.find_person(session, office_id, person_id)
        if person is None:
            raise NotFound(UNKNOWN)
        return OwnData(
            person,
            await own_data.joined_at(session, person_id),
            tuple(await grants.held_grants(session, office_id, today, person_id=person_id)),
            await offices.unit_names(session, office_id),
            await own_data.counts(session, person_id),
            (await rules_of(session, office_id)).keep_months,
            today,
        )


async def keep_months(db: Database) -> int:
    """Return for how long the office keeps what it knows about a person."""
    async with db.read() as session:
        return (await rules_of(session, await offices.find_office(session) or 0)).keep_months


async def erase(db: Database, actor: Actor, person_id: int, now: dt.datetime) -> None:
    """Erase a person: name, account, roles, private chat and open questions.

    What they did stays, by somebody without a name. The audit entry holds neither.

    Raises:
        NotFound: there is no such person.
        NotAllowed: not an admin, or it is the only admin.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        if not viewer.has(Role.ADMIN):
            raise NotAllowed(NOT_COORDINATOR)
        person = await own_data.find_person(session, viewer.office_id, person_id)
        if person is None:
            raise NotFound(NO_SUCH)
        held = await grants.held_grants(session, viewer.office_id, today)
        if {grant.person_id for grant in held if grant.role is Role.ADMIN} == {person_id}:
            raise NotAllowed(LAST_ADMIN)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        prepared = sorted(await reports.handed_parts(session, person_id))
        await own_data.erase(session, act, "person.erase", person)
        await tell_heads_left(session, act, person_id, prepared)


async def erase_unneeded(db: Database, now: dt.datetime) -> None:
    """Erase whoever has had no role for as long as the office keeps personal data.

    Safe to call at any time (Luật 91/2025/QH15: no longer than needed).
    """
    today = local_day(now)
    async with db.read() as session:
        due = [
            (office_id, person)
            for office_id in await offices.office_ids(session)
            for person in await _unneeded(session, office_id, today)
        ]
    for office_id, person in due:
        async with db.begin() as session:
            await own_data.erase(session, Act(office_id, now), "person.erase", person)


async def _unneeded(session: AsyncSession, office_id: int, today: dt.date) -> list[Person]:
    months = (await rules_of(session, office_id)).keep_months
    return await own_data.unneeded(session, office_id, today, today - relativedelta(months=months))
