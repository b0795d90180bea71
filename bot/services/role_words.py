"""What the roles are called, and what is told about them."""

from enum import StrEnum

from bot.domain.problem import N_
from bot.domain.roles import Role

ROLES = {
    Role.ADMIN: N_("admin"),
    Role.COORDINATOR: N_("Văn phòng"),
    Role.LEADER: N_("leader"),
    Role.HEAD: N_("head of unit"),
    Role.STAFF: N_("member of staff"),
}


class RoleWord(StrEnum):
    """What somebody is told about a role."""

    GIVEN = "given"
    TAKEN = "taken"
    LENT = "lent"  # to whose role it is: Văn phòng named a stand-in
    UNLENT = "unlent"  # to the stand-in: it is over early
