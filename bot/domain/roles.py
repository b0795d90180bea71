"""Who people are in the office, and what their roles allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The five roles; one person may hold several."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    HEAD = "head"
    STAFF = "staff"


UNIT_ROLES = frozenset({Role.HEAD, Role.STAFF})
OFFICE_WIDE = frozenset({Role.ADMIN, Role.COORDINATOR, Role.LEADER})


class ChatPurpose(StrEnum):
    """What a bound chat is for."""

    UNIT = "unit"
    OFFICE = "office"
    LEADERS = "leaders"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held; `unit_id` is the unit of a head or a member of staff, else None."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What the chat at hand is for; `unit_id` only for a unit's chat."""

    purpose: ChatPurpose
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in a chat: what may be seen and done follows from both.

    `person_id` is None for somebody unregistered who speaks in a bound group.
    """

    office_id: int
    person_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    bindings: tuple[Binding, ...] = ()
    private: bool = False

    def has(self, *roles: Role) -> bool:
        """Tell whether any of `roles` is held."""
        return any(grant.role in roles for grant in self.grants)

    def heads(self) -> frozenset[int]:
        """Return the units this person may report for."""
        return frozenset(
            g.unit_id for g in self.grants if g.role is Role.HEAD and g.unit_id is not None
        )

    def own_units(self) -> frozenset[int]:
        """Return the units whose work is shown by default: the chat's, else the person's."""
        of_chat = _units(b.unit_id for b in self.bindings)
        return of_chat or _units(g.unit_id for g in self.grants)

    def sees_every_unit(self) -> bool:
        """Tell whether tables across units may be shown here.

        In a chat of Văn phòng or of the leaders; or in private to those who read everything. A
        unit's chat sees its own rows only, whoever asks there.
        """
        if self.private:
            return self.has(*OFFICE_WIDE)
        return any(b.purpose is not ChatPurpose.UNIT for b in self.bindings)

    def sees_lateness_of_all(self) -> bool:
        """Tell whether the table of lateness across units may be shown: heads in private too."""
        return self.sees_every_unit() or (self.private and self.has(Role.HEAD))

    def sees_unit(self, unit_id: int | None) -> bool:
        """Tell whether the unit's items may be shown here."""
        return self.sees_every_unit() or (unit_id is not None and unit_id in self.own_units())


def _units(ids: Iterable[int | None]) -> frozenset[int]:
    return frozenset(i for i in ids if i is not None)


def may_decide(viewer: Viewer, reporter_id: int, *, office_asks: bool) -> bool:
    """Tell whether the viewer may confirm or return a report: who asks never decides.

    Văn phòng decides; where Văn phòng itself asks (`office_asks`), a leader may too.
    """
    if viewer.person_id is None or viewer.person_id == reporter_id:
        return False
    return coordinates(viewer) or (office_asks and viewer.has(Role.LEADER))


def coordinates(viewer: Viewer) -> bool:
    """Tell whether the viewer does Văn phòng's work; an admin may do everything."""
    return viewer.has(Role.COORDINATOR, Role.ADMIN)
