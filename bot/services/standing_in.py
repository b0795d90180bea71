"""Stand-ins: roles are lent to somebody of the office for a time, who is told."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.membership import Held
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Role
from storage import chats, grants, outbox
from storage.audit import Act
from storage.audit_rows import recording

Days = tuple[dt.date, dt.date]
LENT = (Role.HEAD, Role.LEADER)
HELD = N_("{name} has this role already. Nothing has changed.")
NOT_YOURS = N_("Only heads and leaders name a stand-in. Nothing has changed.")
CANNOT_TELL = N_("⚠️ I cannot reach that person in private: please tell them yourself.")


async def lend(
    session: AsyncSession, act: Act, giver: int, own: list[Held], person_id: int, days: Days
) -> bool:
    """Lend a person's roles to another and tell the latter; return False where that cannot be."""
    for grant in own:
        async with recording(session, act, "grant.lend"):
            await grants.put_grant(
                session,
                act.office_id,
                person_id,
                grant.role,
                grant.unit_id,
                today=local_day(act.now),
                stands_in_for=giver,
                days=days,
                director=grant.director,
            )
    chat = (await chats.private_chats(session, act.office_id)).get(person_id)
    if chat is None:
        return False
    first, last = (day.isoformat() for day in days)
    await outbox.owe(
        session,
        chat,
        OutboxKind.ASSIGNED,
        f"lent:{giver}:{first}:{last}:{act.now.isoformat()}",
        act.now,
        subject_id=person_id,
        payload={"by": giver, "first": first, "last": last},
    )
    return True


async def reachable(session: AsyncSession, office_id: int, person_id: int) -> bool:
    """Tell whether a person can be written to in private."""
    return person_id in await chats.private_chats(session, office_id)
