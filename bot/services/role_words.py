"""What the roles are called."""

from bot.domain.problem import N_
from bot.domain.roles import Role

ROLES = {
    Role.ADMIN: N_("admin"),
    Role.COORDINATOR: N_("Văn phòng"),
    Role.LEADER: N_("leader"),
    Role.HEAD: N_("head of unit"),
    Role.STAFF: N_("member of staff"),
}
