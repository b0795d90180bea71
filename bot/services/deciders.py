"""Who decides what a unit asks for: who asks never decides."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import Role, Viewer, coordinates
from bot.services.recipients import leaders_chats, office_asks, office_chats
from storage import people
from storage.rows import Chat

COORDINATING = (Role.COORDINATOR, Role.ADMIN)


async def someone_decides(
    session: AsyncSession,
    viewer: Viewer,
    unit_id: int | None,
    today: dt.date,
    *,
    behalf: bool = False,
) -> bool:
    """Tell whether what the viewer asks for the unit waits for somebody.

    Where Văn phòng itself asks, or acts on `behalf` of a unit, and there is neither another
    coordinator nor a leader, nobody can decide. Another unit's request waits for Văn phòng even
    while nobody is registered there.
    """
    asks = behalf or await office_asks(session, viewer.office_id, unit_id)
    if not asks and not coordinates(viewer):
        return True
    roles = (*COORDINATING, *((Role.LEADER,) if asks else ()))
    return await _others_hold(session, viewer, roles, today)


async def deciders_chats(
    session: AsyncSession,
    viewer: Viewer,
    unit_id: int | None,
    today: dt.date,
    *,
    behalf: bool = False,
) -> list[Chat]:
    """Return Văn phòng's chats; the leaders' too where Văn phòng asks and only they can decide."""
    to = await office_chats(session, viewer.office_id, today)
    asks = behalf or await office_asks(session, viewer.office_id, unit_id)
    if asks and not await _others_hold(session, viewer, COORDINATING, today):
        to = [*to, *await leaders_chats(session, viewer.office_id, today)]
    return list({chat.id: chat for chat in to}.values())


async def _others_hold(
    session: AsyncSession, viewer: Viewer, roles: tuple[Role, ...], today: dt.date
) -> bool:
    holders = await people.holders(session, viewer.office_id, roles, today)
    return any(person.id != viewer.person_id for person in holders)
