"""Which command is offered to whom and where: the menus and /tro_giup go by it. Pure.

What may be done about one item is checked at the act, by its service; the test of
`tests/data/rights.tsv` holds both to the same answers.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roles import ChatPurpose, Role


class InGroups(StrEnum):
    """Who may send a command in a registered group or topic."""

    NOBODY = "nobody"
    OFFICE = "office"  # in Văn phòng's own chat those who may in private, in no other
    ABOVE_UNITS = "above_units"  # the same, in the leaders' chat too
    ROLES = "roles"  # those who may in private
    ANYBODY = "anybody"  # whoever reads the group, who sees its rows anyway


@dataclass(frozen=True, slots=True)
class Right:
    """Who may send a command: `roles` in private; `strangers` need not be registered."""

    roles: frozenset[Role] = frozenset(Role)
    groups: InGroups = InGroups.ANYBODY
    strangers: bool = False


OFFICE = frozenset({Role.ADMIN, Role.COORDINATOR})
EVERYBODY = Right()
RIGHTS = {
    "viec": EVERYBODY,
    "han": EVERYBODY,
    "xem": EVERYBODY,
    "xong": Right(OFFICE | {Role.HEAD}, InGroups.ROLES),
    "gia_han": Right(frozenset({Role.HEAD}), InGroups.ROLES),
    "vuong_mac": EVERYBODY,
    "minh_chung": EVERYBODY,
    "nhat_ky": EVERYBODY,
    "hoan_tac": Right(groups=InGroups.ROLES),
    "tre_han": EVERYBODY,
    "cho_xac_nhan": EVERYBODY,
    "thieu_minh_chung": EVERYBODY,
    "chua_co_han": EVERYBODY,
    "tim": EVERYBODY,
    "nhap": Right(OFFICE, InGroups.OFFICE),
    "giao_ban": Right(OFFICE | {Role.LEADER}, InGroups.ABOVE_UNITS),
    "ket_luan": Right(OFFICE, InGroups.ABOVE_UNITS),
    "thong_bao": Right(OFFICE, InGroups.ROLES),
    "kich_hoat": Right(OFFICE, InGroups.ROLES),
    "dat_han": Right(OFFICE, InGroups.ROLES),
    "giao": Right(OFFICE, InGroups.ROLES),
    "sua": Right(OFFICE, InGroups.ROLES),
    "thoi_viec": Right(OFFICE, InGroups.ROLES),
    "tong_hop": EVERYBODY,
    "so_lieu": EVERYBODY,
    "xuat": EVERYBODY,
    "lich": EVERYBODY,
    "da_nhac": EVERYBODY,
    "thu_nhac": Right(OFFICE, InGroups.ROLES),
    "moi": Right(OFFICE, InGroups.NOBODY),
    "thanh_vien": Right(OFFICE, InGroups.NOBODY),
    "don_vi": Right(OFFICE, InGroups.NOBODY),
    "thay_mat": Right(frozenset({Role.HEAD, Role.LEADER}), InGroups.NOBODY),
    "ngon_ngu": EVERYBODY,
    "du_lieu_cua_toi": Right(groups=InGroups.NOBODY),
    "them": Right(OFFICE, InGroups.ABOVE_UNITS),
    "dong_ke_hoach": Right(OFFICE, InGroups.ABOVE_UNITS),
    "ke_hoach_moi": Right(OFFICE, InGroups.ABOVE_UNITS),
    "cai_dat": Right(OFFICE, InGroups.ABOVE_UNITS),
    "dang_ky": Right(strangers=True),
    "tro_giup": Right(strangers=True),
    "start": Right(strangers=True),
}


UNITS_CHAT = frozenset({ChatPurpose.UNIT})
# Whose commands a group's menu holds: Telegram shows the same one to all its members.
MEMBERS = {
    ChatPurpose.UNIT: frozenset({Role.HEAD, Role.STAFF}),
    ChatPurpose.OFFICE: OFFICE,
    ChatPurpose.LEADERS: frozenset({Role.LEADER}),
}


def may_send(
    command: str,
    roles: frozenset[Role],
    *,
    private: bool,
    purposes: frozenset[ChatPurpose] = UNITS_CHAT,
) -> bool:
    """Tell whether a command is for somebody who holds `roles` (none: a stranger).

    `purposes` is what the group is for, where it is none in private.
    """
    right = RIGHTS.get(command, EVERYBODY)
    if right.strangers:
        return True
    if private:
        return bool(right.roles & roles)
    if right.groups is InGroups.OFFICE:
        return ChatPurpose.OFFICE in purposes and bool(right.roles & roles)
    if right.groups is InGroups.ABOVE_UNITS:
        return bool(purposes - UNITS_CHAT) and bool(right.roles & roles)
    if right.groups is InGroups.ROLES:
        return bool(right.roles & roles)
    return right.groups is InGroups.ANYBODY


def roles_of_members(purposes: frozenset[ChatPurpose]) -> frozenset[Role]:
    """Return the roles whose commands are in the menu of a group that is for this."""
    return frozenset().union(*(MEMBERS[purpose] for purpose in purposes))
