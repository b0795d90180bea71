"""Which chats a unit's messages go to."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.collectives import is_office
from bot.domain.roles import ChatPurpose, Role
from storage import chats, offices, people
from storage.rows import Chat, Person, successor


@dataclass(frozen=True, slots=True)
class Recipients:
    """The chats of an office on one day: by unit (None: what nobody is assigned to).

    `office` are Văn phòng's, `leaders` those bound for the leaders, `private` is by person.
    """

    by_unit: dict[int | None, tuple[Chat, ...]]
    names: dict[int | None, str]
    office: tuple[Chat, ...]
    leaders: tuple[Chat, ...]
    private: dict[int, Chat]

    def chats(self) -> list[Chat]:
        """Return every chat that some unit's messages go to, once."""
        return list({chat.id: chat for found in self.by_unit.values() for chat in found}.values())

    def units_of(self, chat_id: int) -> list[int | None]:
        """Return the units whose messages go to a chat."""
        return [
            unit_id
            for unit_id, found in self.by_unit.items()
            if any(chat.id == chat_id for chat in found)
        ]


async def recipients_of(session: AsyncSession, office_id: int, today: dt.date) -> Recipients:
    """Return where each unit's messages go on the local day `today`.

    Its own chats; without one, its heads in private; failing them, Văn phòng. Văn phòng's own chat
    also serves the unit that does the coordinator's job, and units that have ended. Those of one
    that became part of another go to that one's chats.
    """
    bound = await chats.bound_chats(session, office_id)
    private = await chats.private_chats(session, office_id)
    office_bound = tuple(chat for chat, purpose, _ in bound if purpose is ChatPurpose.OFFICE)
    office = office_bound or tuple(await office_chats(session, office_id, today))
    leaders = tuple(chat for chat, purpose, _ in bound if purpose is ChatPurpose.LEADERS)
    by_unit: dict[int | None, tuple[Chat, ...]] = {None: office}
    names: dict[int | None, str] = {None: ""}
    heads: dict[int, list[Person]] = {}
    of_unit: dict[int | None, list[Chat]] = {}
    for chat, _, unit_id in bound:
        of_unit.setdefault(unit_id, []).append(chat)
    units = await offices.units_of(session, office_id)
    for stored in units:
        own = tuple(of_unit.get(stored.id, ()))
        if not own and is_office(stored.unit):
            own = office_bound
        if not own:
            heads = heads or await people.holders_by_unit(session, office_id, Role.HEAD, today)
            own = tuple(
                private[head.id] for head in heads.get(stored.id, ()) if head.id in private
            )
        ended = stored.valid_to is not None and stored.valid_to < today
        if ended and stored.merged_into is None:
            # What it left open is nobody's any more: Văn phòng is to give it to another.
            own = tuple(dict.fromkeys((*own, *office)))
        by_unit[stored.id] = own if stored.merged_into else own or office
        names[stored.id] = stored.unit.name
    for stored in units:
        if stored.merged_into is not None:
            later = by_unit[successor(units, stored).id]
            by_unit[stored.id] = tuple(dict.fromkeys((*by_unit[stored.id], *later)))
    return Recipients(by_unit, names, office, leaders, private)


async def office_chats(session: AsyncSession, office_id: int, today: dt.date) -> list[Chat]:
    """Return Văn phòng's chats; without one, its people in private, failing them the admins."""
    return (
        await _bound_for(session, office_id, ChatPurpose.OFFICE)
        or await _private_of(session, office_id, Role.COORDINATOR, today)
        or await _private_of(session, office_id, Role.ADMIN, today)
    )


async def leaders_chats(session: AsyncSession, office_id: int, today: dt.date) -> list[Chat]:
    """Return the leaders' chats; without one, the leaders in private."""
    return await _bound_for(session, office_id, ChatPurpose.LEADERS) or await _private_of(
        session, office_id, Role.LEADER, today
    )


async def _bound_for(session: AsyncSession, office_id: int, purpose: ChatPurpose) -> list[Chat]:
    bound = await chats.bound_chats(session, office_id)
    return [chat for chat, served, _ in bound if served is purpose]


async def _private_of(
    session: AsyncSession, office_id: int, role: Role, today: dt.date
) -> list[Chat]:
    private = await chats.private_chats(session, office_id)
    holders = await people.holders(session, office_id, (role,), today)
    return [private[person.id] for person in holders if person.id in private]


async def office_asks(session: AsyncSession, office_id: int, unit_id: int | None) -> bool:
    """Tell whether a unit is the one that does the coordinator's job."""
    units = await offices.units_of(session, office_id)
    return any(stored.id == unit_id and is_office(stored.unit) for stored in units)
