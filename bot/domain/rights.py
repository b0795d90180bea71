"""Which command is offered to whom and where: the menus and /tro_giup go by it. Pure.

What may be done about one item is checked at the act, by its service; the test of
`tests/data/rights.tsv` holds both to the same answers.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roles import Role


class InGroups(StrEnum):
    """Who may send a command in a registered group or topic."""

    NOBODY = "nobody"
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
    "nhap": Right(OFFICE, InGroups.ROLES),
    "giao_ban": Right(OFFICE | {Role.LEADER}, InGroups.NOBODY),
    "ket_luan": Right(OFFICE, InGroups.NOBODY),
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
    "them": Right(OFFICE, InGroups.NOBODY),
    "dong_ke_hoach": Right(OFFICE, InGroups.NOBODY),
    "ke_hoach_moi": Right(OFFICE, InGroups.NOBODY),
    "cai_dat": Right(OFFICE, InGroups.NOBODY),
    "dang_ky": Right(strangers=True),
    "tro_giup": Right(strangers=True),
    "start": Right(strangers=True),
}


def may_send(command: str, roles: frozenset[Role], *, private: bool) -> bool:
    """Tell whether a command is for somebody who holds `roles` (none: a stranger)."""
    right = RIGHTS.get(command, EVERYBODY)
    if right.strangers:
        return True
    if private or right.groups is InGroups.ROLES:
        return bool(right.roles & roles)
    return right.groups is InGroups.ANYBODY
