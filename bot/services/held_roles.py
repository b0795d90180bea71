"""Roles given and taken, by whichever way: what goes along, and the word to whom it concerns."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.membership import Held
from bot.domain.outbox import OutboxKind
from bot.domain.roles import UNIT_ROLES, Role, Viewer
from bot.services.handing import tell_heads_left
from bot.services.role_words import RoleWord
from storage import chats, grants, outbox, people, reports
from storage.audit import Act
from storage.audit_rows import recording

ONE_DAY = dt.timedelta(days=1)


def roles_for(viewer: Viewer) -> tuple[Role, ...]:
    """Return the roles that may be given and taken: only an admin makes an admin."""
    return tuple(r for r in Role if r is not Role.ADMIN or viewer.has(Role.ADMIN))


async def give(
    session: AsyncSession,
    act: Act,
    person_id: int,
    role: Role,
    unit_id: int | None,
    *,
    quiet: bool = False,
) -> bool:
    """Give a role for good; return False when it is held already. `quiet`: nobody is told."""
    async with recording(session, act, "grant.give"):
        put = await grants.put_grant(
            session, act.office_id, person_id, role, unit_id, today=local_day(act.now)
        )
    if put is None:
        return False
    if not quiet:
        await tell(session, act, person_id, RoleWord.GIVEN, [(role, unit_id)])
    return True


def lent_of(held: Sequence[Held], one: Held) -> list[Held]:
    """Return what is lent of a role now: none of what is only lent itself."""
    key = one.role, one.unit_id, one.person_id
    if one.stands_in_for is not None:
        return []
    return [g for g in held if (g.role, g.unit_id, g.stands_in_for) == key]


async def end(session: AsyncSession, act: Act, held: Sequence[Held], one: Held) -> None:
    """Take a role from somebody, from now on, and what was lent of it; tell those concerned.

    What somebody prepared for a unit that they are of no more goes back to its heads, who hear it.
    """
    key = one.role, one.unit_id
    for grant in (one, *lent_of(held, one)):
        async with recording(session, act, "grant.end"):
            await grants.end_grant(session, grant.id, local_day(act.now) - ONE_DAY)
        left = await people.grants_of(session, grant.person_id, local_day(act.now))
        if not any(g.role in UNIT_ROLES and g.unit_id == grant.unit_id for g in left):
            taken = await reports.take_from(session, act, grant.person_id, grant.unit_id)
            await tell_heads_left(session, act, grant.person_id, taken)
        word = RoleWord.TAKEN if grant.stands_in_for is None else RoleWord.UNLENT
        await tell(session, act, grant.person_id, word, [key], who=grant.stands_in_for)


async def tell(
    session: AsyncSession,
    act: Act,
    person_id: int,
    word: RoleWord,
    roles: Sequence[tuple[Role, int | None]],
    *,
    who: int | None = None,
    days: tuple[dt.date, dt.date] | None = None,
) -> bool:
    """Owe somebody a word about roles, in private; return False where no chat is known.

    Nobody is told what they did themselves.
    """
    chat = (await chats.private_chats(session, act.office_id)).get(person_id)
    if chat is None or person_id == act.person_id:
        return chat is not None
    named = "+".join(f"{role}.{unit_id or 0}" for role, unit_id in roles)
    await outbox.owe(
        session,
        chat,
        OutboxKind.ASSIGNED,
        f"role:{word}:{person_id}:{named}:{who or 0}:{act.now.isoformat()}",
        act.now,
        subject_id=person_id,
        payload={
            "role": word.value,
            "roles": [[role.value, unit_id] for role, unit_id in roles],
            "who": who,
            "days": [day.isoformat() for day in days] if days else None,
        },
    )
    return True
