"""Who is told what on one day: units, Văn phòng, heads in private, and the leaders."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import Role
from bot.domain.work import Part
from bot.services.recipients import Recipients, recipients_of
from storage import people
from storage.reminder_parts import Undated
from storage.rows import Chat, Person


@dataclass
class Audience:
    """The chats of an office on a local day; what few need is looked up when it is asked for."""

    session: AsyncSession
    office_id: int
    today: dt.date
    to: Recipients
    _holders: dict[Role, dict[int, list[Person]]] = field(default_factory=dict)
    _directors: tuple[Chat, ...] | None = None

    @property
    def office(self) -> tuple[Chat, ...]:
        """Văn phòng's chats."""
        return self.to.office

    async def heads(self, unit_id: int | None) -> tuple[Chat, ...]:
        """Return a unit's heads in private."""
        return await self._of_unit(Role.HEAD, unit_id)

    async def assignee(self, part: Part | Undated) -> tuple[Chat, ...]:
        """Return the private chat of who prepares a part, if still of its unit."""
        if part.assignee_id is None or part.unit_id is None:
            return ()
        for role in (Role.STAFF, Role.HEAD):
            for chat in await self._of_unit(role, part.unit_id):
                if chat.person_id == part.assignee_id:
                    return (chat,)
        return ()

    async def unit_and_assignee(self, part: Part | Undated) -> list[Chat]:
        """Return the chats of a part's unit and of who prepares it, each once."""
        both = (*self.to.by_unit.get(part.unit_id, ()), *await self.assignee(part))
        return list({chat.id: chat for chat in both}.values())

    async def directors(self) -> tuple[Chat, ...]:
        """Return the Director in private; without one all leaders, failing them their group."""
        if self._directors is None:
            found = await self.named_directors() or self._private(
                await people.holders(self.session, self.office_id, (Role.LEADER,), self.today)
            )
            self._directors = found or self.to.leaders
        return self._directors

    async def named_directors(self) -> tuple[Chat, ...]:
        """Return in private who is marked as the Director, none where nobody is."""
        return self._private(await people.directors(self.session, self.office_id, self.today))

    async def supervisors(self, unit_id: int | None) -> tuple[Chat, ...]:
        """Return the leaders who supervise a unit in private; without one, the Director."""
        return await self._of_unit(Role.LEADER, unit_id) or await self.directors()

    async def _of_unit(self, role: Role, unit_id: int | None) -> tuple[Chat, ...]:
        """Return in private who holds a role for a unit; asked once for all units."""
        if unit_id is None:
            return ()
        if role not in self._holders:
            self._holders[role] = await people.holders_by_unit(
                self.session, self.office_id, role, self.today
            )
        return self._private(self._holders[role].get(unit_id, ()))

    def _private(self, found: Iterable[Person]) -> tuple[Chat, ...]:
        return tuple(self.to.private[one.id] for one in found if one.id in self.to.private)


async def audience_of(session: AsyncSession, office_id: int, today: dt.date) -> Audience:
    """Return who is told what on the local day `today`."""
    return Audience(session, office_id, today, await recipients_of(session, office_id, today))
