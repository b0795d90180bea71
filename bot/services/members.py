"""Who belongs to the office and which chats serve it: invited, seen and removed from chat.

In private only: names and codes have no place in a group.
"""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.membership import Bound, Held
from bot.domain.problem import N_
from bot.domain.roles import UNIT_ROLES, ChatPurpose, Role, Viewer, coordinates
from bot.services import held_roles, invitations, process
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.held_roles import roles_for
from storage import bindings, grants, offices
from storage.audit import Act, claim_update, record
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import StoredUnit

IN_PRIVATE = N_("This shows names or codes: send it to me in a private chat.")
NO_SUCH = N_("There is no such person or chat here any more. Nothing has changed.")
LAST_ADMIN = N_("This is the only admin: name another one first. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code as it is handed out; `bot` is the bot's user name for its link."""

    code: str
    role: Role | None
    purpose: ChatPurpose | None
    unit: str | None
    bot: str | None
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be invited, and the units alive on this day."""

    roles: tuple[Role, ...]
    units: tuple[StoredUnit, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """Everybody's roles and every bound chat on `day`.

    `erases`: the viewer may erase a person; `gives`: which roles the viewer gives and takes;
    `idle`: who joined and holds no role, by person.
    """

    held: tuple[Held, ...]
    chats: tuple[Bound, ...]
    units: dict[int, str]
    erases: bool
    day: dt.date
    viewer_id: int | None
    gives: tuple[Role, ...]
    idle: dict[int, str]

    def persons(self) -> set[int]:
        """Return everybody, with a role or without."""
        return {held.person_id for held in self.held} | self.idle.keys()


@dataclass(frozen=True, slots=True)
class Ending:
    """A role about to be taken, and who stands in for it (`lent`)."""

    held: Held
    lent: tuple[str, ...]
    units: dict[int, str]
    day: dt.date


async def people_office(session: AsyncSession, actor: Actor, now: dt.datetime) -> Viewer:
    """Return who looks after the office's people, in a private chat.

    Raises:
        NotFound: a stranger.
        NotAllowed: not Văn phòng, or not in private.
    """
    viewer = await get_viewer(session, actor, local_day(now))
    if not coordinates(viewer) or viewer.person_id is None:
        raise NotAllowed(NOT_COORDINATOR)
    if not actor.private:
        raise NotAllowed(IN_PRIVATE)
    return viewer


async def choice(db: Database, actor: Actor, now: dt.datetime) -> Choice:
    """Return what this person may invite to."""
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        units = await offices.units_of(session, viewer.office_id, on=local_day(now))
    return Choice(roles_for(viewer), tuple(units))


async def invite(
    db: Database,
    actor: Actor,
    what: Role | ChatPurpose,
    unit_id: int | None,
    now: dt.datetime,
) -> Invitation:
    """Make a code for a role or for a chat's purpose, on somebody's behalf.

    Raises:
        NotAllowed: not Văn phòng, or an admin's role by somebody who is none.
        NotFound: no such unit.
        AlreadyHandled: this press made its code before.
    """
    role = what if isinstance(what, Role) else None
    purpose = what if isinstance(what, ChatPurpose) else None
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        if role is not None and role not in roles_for(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        units = await offices.units_of(session, viewer.office_id, on=local_day(now))
        unit = next((u for u in units if u.id == unit_id), None)
        needed = role in UNIT_ROLES or purpose is ChatPurpose.UNIT
        if unit is None and (needed or unit_id):
            raise NotFound(NO_SUCH)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        code = await invitations.make_code(session, act, role, purpose, unit.id if unit else None)
    return Invitation(
        code,
        role,
        purpose,
        unit.unit.name if unit else None,
        await process.bot_name(db),
        now + invitations.VALID_FOR,
    )


async def members(db: Database, actor: Actor, now: dt.datetime) -> Members:
    """Return who holds which role, and which chat serves whom."""
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        held = await grants.held_grants(session, viewer.office_id, local_day(now))
        bound = await bindings.bound(session, viewer.office_id)
        idle = await grants.without_role(session, viewer.office_id, local_day(now))
        names = await offices.unit_names(session, viewer.office_id)
    return Members(
        tuple(held),
        tuple(bound),
        names,
        viewer.has(Role.ADMIN),
        local_day(now),
        viewer.person_id,
        roles_for(viewer),
        idle,
    )


async def role_to_end(db: Database, actor: Actor, grant_id: int, now: dt.datetime) -> Ending:
    """Return a role that this person may take from somebody.

    Raises:
        NotFound: no such role is held, or it is not for this person to take.
        NotAllowed: not Văn phòng.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        held = await grants.held_grants(session, viewer.office_id, today)
        one = next((grant for grant in held if grant.id == grant_id), None)
        if one is None or one.role not in roles_for(viewer):
            raise NotFound(NO_SUCH)
        names = await offices.unit_names(session, viewer.office_id)
    lent = tuple(grant.name for grant in held_roles.lent_of(held, one))
    return Ending(one, lent, names, today)


async def end_role(db: Database, actor: Actor, grant_id: int, now: dt.datetime) -> None:
    """Take a role from somebody, from now on; what they did stays theirs.

    What they prepared for a unit that they are of no more goes back to its head.

    Raises:
        NotFound: no such role is held.
        NotAllowed: not Văn phòng, or an admin's role by somebody who is none.
        UserError: it is the only admin's.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        held = await grants.held_grants(session, viewer.office_id, today)
        one = next((grant for grant in held if grant.id == grant_id), None)
        if one is None or one.role not in roles_for(viewer):
            raise NotFound(NO_SUCH)
        if one.role is Role.ADMIN and sum(grant.role is Role.ADMIN for grant in held) == 1:
            raise UserError(LAST_ADMIN)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await held_roles.end(session, act, held, one)


async def toggle_director(db: Database, actor: Actor, grant_id: int, now: dt.datetime) -> None:
    """Say that a leader is Giám đốc, or is no more.

    Raises:
        NotFound: no leader's role of that number is held.
        NotAllowed: not Văn phòng.
    """
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        held = await grants.held_grants(session, viewer.office_id, local_day(now))
        one = next((g for g in held if g.id == grant_id and g.role is Role.LEADER), None)
        if one is None:
            raise NotFound(NO_SUCH)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await grants.set_director(session, grant_id, not one.director)
        before, after = {"director": one.director}, {"director": not one.director}
        await record(
            session, act, "grant.director", "role_grant", grant_id, before=before, after=after
        )


async def unbind(db: Database, actor: Actor, binding_id: int, now: dt.datetime) -> None:
    """Let a chat no longer serve a unit or the office.

    Raises:
        NotFound: it serves nobody.
        NotAllowed: not Văn phòng.
    """
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        found = await bindings.bound(session, viewer.office_id)
        one = next((bound for bound in found if bound.id == binding_id), None)
        if one is None:
            raise NotFound(NO_SUCH)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        async with recording(session, act, "chat.unbind"):
            await bindings.unbind(session, binding_id)
