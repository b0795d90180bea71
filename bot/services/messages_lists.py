"""A page of a list, before it is put into words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.listing import ListRef
from bot.domain.records import ClosedPlan, ExtensionFacts
from bot.domain.reminder import Line


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of a list: parts of one item that stand alike, or (of a search) how it stands.

    `head` is the group, the day or the unit's name it stands under. `days` is how long what is
    listed has waited, or has been without a date. `request` is what waits to be decided; `opens`
    tells whether its card may be opened here.
    """

    head: str
    lines: tuple[Line, ...]
    days: int = 0
    request: ExtensionFacts | None = None
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list as its viewer may see it at `now`.

    `unit` is whose rows these are, None for several units, whose names then stand in the lines.
    `heads` counts parts by head over all pages, `bands` (from, to, count) days late; `awaiting`
    and `unsettled` count what a list of lateness leaves out; `choices` are (unit id, name, count).
    `closed` are the plans that heads of a search name: what is found in none of these is in use.
    """

    ref: ListRef
    now: dt.datetime
    today: dt.date
    pages: int
    total: int
    entries: tuple[Shown, ...]
    heads: dict[str, int]
    unit: str | None = None
    bands: tuple[tuple[int, int | None, int], ...] = ()
    awaiting: int = 0
    unsettled: int = 0
    undated_months: int = 0
    choices: tuple[tuple[int, str, int], ...] = ()
    compares: bool = False
    closed: Mapping[str, ClosedPlan] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every part listed, in order."""
        return tuple(line for shown in self.entries for line in shown.lines)
