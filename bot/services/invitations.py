"""One-time codes: who may join, and which chat serves whom."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import UNIT_ROLES, ChatPurpose, Role
from bot.domain.vietnamese import fold
from bot.services.actor import Actor
from storage import chats, grants, offices, outbox, people
from storage.audit import Act, claim_update, refuse_repeated
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import Chat, StoredUnit, successor

VALID_FOR = dt.timedelta(days=7)
MAX_TRIES = 5
TRIES_PER = dt.timedelta(minutes=15)

BAD_CODE = N_("This code is not valid, was used, or has expired. Ask Văn phòng for a new one.")
TOO_MANY = N_("Too many wrong codes. Try again in 15 minutes, or ask Văn phòng for a new code.")
IN_PRIVATE = N_("This code is for a person: send it to me in a private chat.")
IN_GROUP = N_("This code is for a group: send /dang_ky with it in that group.")


@dataclass(frozen=True, slots=True)
class Joined:
    """What a code gave: a role to a person, or a purpose to a chat."""

    role: Role | None
    purpose: ChatPurpose | None
    unit: str | None
    name: str


def hash_code(code: str) -> str:
    """Return what is stored of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def find_unit(units: list[StoredUnit], name: str) -> StoredUnit | None:
    """Return the unit with this name, short name or alias; tone marks and case aside.

    One that has become part of another means that other, where it is among `units`.
    """
    wanted = fold(name).strip()
    for stored in units:
        unit = stored.unit
        if wanted in {fold(n) for n in (unit.name, unit.short, *unit.aliases) if n}:
            return successor(units, stored)
    return None


async def invite(
    db: Database,
    office_id: int,
    now: dt.datetime,
    *,
    role: Role | None = None,
    purpose: ChatPurpose | None = None,
    unit_name: str | None = None,
) -> str:
    """Make a one-time code for a role, or for a chat's purpose, and return it.

    Raises:
        UserError: a unit is needed and missing, or unknown.
    """
    needs_unit = role in UNIT_ROLES or purpose is ChatPurpose.UNIT
    async with db.begin() as session:
        units = await offices.units_of(session, office_id, on=local_day(now))
        unit = find_unit(units, unit_name) if unit_name else None
        if unit_name and not units:
            raise UserError(
                N_("There are no units yet. Load their list: nhacviec units load FILE.csv")
            )
        if unit_name and unit is None:
            raise UserError(
                N_("There is no unit “{name}”. The units are: {units}."),
                name=unit_name,
                units=", ".join(u.unit.name for u in units) or "–",
            )
        if needs_unit and unit is None:
            raise UserError(N_("Say which unit: --unit NAME."))
        act = Act(office_id, now)
        return await make_code(session, act, role, purpose, unit.id if unit else None)


async def make_code(
    session: AsyncSession,
    act: Act,
    role: Role | None,
    purpose: ChatPurpose | None,
    unit_id: int | None,
) -> str:
    """Make a one-time code on behalf of `act`'s person; only its hash is kept."""
    code = secrets.token_urlsafe(12)
    async with recording(session, act, "invite.add"):
        await people.add_invite(
            session,
            act.office_id,
            hash_code(code),
            role=role,
            purpose=purpose,
            unit_id=unit_id,
            now=act.now,
            expires_at=act.now + VALID_FOR,
            created_by=act.person_id,
        )
    return code


async def join(db: Database, actor: Actor, code: str, now: dt.datetime) -> Joined:
    """Use a one-time code: in a group it binds the chat, in private it gives a role.

    Raises:
        NotFound: the code is wrong, used or expired.
        NotAllowed: it is for the other kind of chat, or too many wrong ones were tried.
        AlreadyHandled: this update has joined before.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        failures = await people.failed_tries(session, actor.telegram_id, now - TRIES_PER)
        if failures >= MAX_TRIES:
            raise NotAllowed(TOO_MANY)
        found = await people.find_invite(session, hash_code(code), now)
        if found is None:
            await people.record_failed_try(session, actor.telegram_id, failures + 1, now)
    if found is None:
        raise NotFound(BAD_CODE)
    invite_id, office_id, role, purpose, unit_id = found
    if role is not None and not actor.private:
        raise NotAllowed(IN_PRIVATE)
    if purpose is not None and actor.private:
        raise NotAllowed(IN_GROUP)
    async with db.begin() as session:
        await claim_update(session, Act(office_id, now, update_id=actor.update_id))
        if await people.find_invite(session, hash_code(code), now) is None:
            raise NotFound(BAD_CODE)
        act = Act(office_id, now, update_id=actor.update_id)
        name = "grant.add" if role is not None else "chat.bind"
        async with recording(session, act, name) as kept:
            await people.use_invite(session, invite_id, now)
            if role is not None:
                chat = await _give_role(session, actor, office_id, role, unit_id, now)
            if purpose is not None:
                chat = await _bind_chat(session, actor, office_id, purpose, unit_id)
            persons = await people.people_of_account(session, actor.telegram_id)
            person = next((p.id for p in persons if p.office_id == office_id), None)
            kept.act = replace(act, person_id=person)
        await outbox.owe_again(session, chat.id, now)
        names = await offices.unit_names(session, office_id)
    return Joined(role, purpose, names.get(unit_id) if unit_id else None, actor.name)


async def _give_role(
    session: AsyncSession,
    actor: Actor,
    office_id: int,
    role: Role,
    unit_id: int | None,
    now: dt.datetime,
) -> Chat:
    person_id = await people.put_person(session, office_id, actor.telegram_id, actor.name, now)
    chat = await chats.put_chat(session, office_id, actor.chat_id, 0, person_id=person_id)
    await grants.put_grant(session, office_id, person_id, role, unit_id, today=local_day(now))
    return chat


async def _bind_chat(
    session: AsyncSession,
    actor: Actor,
    office_id: int,
    purpose: ChatPurpose,
    unit_id: int | None,
) -> Chat:
    chat = await chats.put_chat(
        session, office_id, actor.chat_id, actor.thread_id, title=actor.chat_title
    )
    await chats.bind(session, chat, purpose, unit_id)
    return chat
