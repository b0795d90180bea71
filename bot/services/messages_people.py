"""What people and units are told of roles lent and of units merged."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.roles import Role
from bot.services.role_words import RoleWord


@dataclass(frozen=True, slots=True)
class StandInMessage:
    """To a stand-in: for whom, with which roles (and units, "" for none), and how long."""

    outbox_id: int
    by: str
    roles: tuple[tuple[Role, str], ...]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class UnitsMergedMessage:
    """To both units: `old` is part of `new` now; `codes` are the items that it took over."""

    outbox_id: int
    old: str
    new: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleMessage:
    """To somebody: which roles (and units, "" for none) were given, taken or lent.

    `who` is the stand-in, or whose roles were lent; `first` and `last` the days of it.
    """

    outbox_id: int
    word: RoleWord
    roles: tuple[tuple[Role, str], ...]
    who: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
