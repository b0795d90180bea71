"""What people and units are told of roles lent and of units merged."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.roles import Role


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
