"""A plan's items with how each stands: what the table of progress says, before any words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.days import local_day
from bot.domain.evidence import Evidence
from bot.domain.records import ClosedPlan, ItemFacts
from bot.domain.reminder import Line
from bot.domain.status import Progress
from bot.domain.work import Duty, by_urgency


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One item: its parts by due day, what proves them, what was reported, how often extended.

    `assignment` and `note` are the plan's own cells.

    `spoken_for` are the lines that tell how the item stands: those of the occurrence that is most
    pressing, else of the last one that was closed. `done` of `count` occurrences are closed.
    """

    item: ItemFacts
    lines: tuple[Line, ...]
    proofs: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    extensions: int = 0
    assignment: str = ""
    note: str = ""

    @property
    def answering(self) -> tuple[Line, ...]:
        """The parts by which the item is judged: an item without leads is judged by the rest."""
        leads = tuple(line for line in self.lines if line.part.duty is Duty.LEAD)
        return leads or self.lines

    @property
    def spoken_for(self) -> tuple[Line, ...]:
        """The lines of the occurrence that tells how the item stands."""
        lines = self.answering
        still_open = by_urgency(line.part for line in lines if not line.part.closed)
        closed = by_urgency(line.part for line in lines if line.part.closed)
        teller = still_open[0] if still_open else closed[-1] if closed else None
        return tuple(
            line for line in lines if teller and line.part.occurrence_id == teller.occurrence_id
        )

    @property
    def count(self) -> int:
        """How many due days there are; what has none counts only where nothing has one."""
        return len(self._days)

    @property
    def done(self) -> int:
        """How many of them are closed: every answering part is."""
        still_open = {line.part.occurrence_id for line in self.answering if not line.part.closed}
        return len(self._days - still_open)

    @property
    def _days(self) -> frozenset[int]:
        dated = [line for line in self.answering if line.part.due is not None]
        return frozenset(line.part.occurrence_id for line in dated or self.answering)

    @property
    def finished_on(self) -> dt.date | None:
        """The local day of the latest report by which the item, or its last closed date, closed.

        An item is closed as of its latest accepted report.
        """
        closed: dict[int, list[Line]] = {}
        for line in self.answering:
            closed.setdefault(line.part.occurrence_id, []).append(line)
        days = [
            max(day)
            for lines in closed.values()
            if all(line.part.closed for line in lines) and (day := _submitted(lines))
        ]
        return max(days) if days else None


def _submitted(lines: Sequence[Line]) -> list[dt.date]:
    return [
        local_day(line.part.submitted_at)
        for line in lines
        if line.part.progress is Progress.DONE and line.part.submitted_at
    ]


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """A plan on the local day `day`, item by item; `units` names whose rows these are.

    Without `units` the rows are all of the plan's. Of a `closed` plan the day is that of closing.
    """

    plan_id: int
    plan_title: str
    year: int
    day: dt.date
    rows: tuple[ItemProgress, ...]
    units: tuple[str, ...] = ()
    closed: ClosedPlan | None = None

    def of_unit(self, unit_id: int) -> "ProgressTable":
        """Return the table with the parts of one unit only; without rows it has none here."""
        found = (
            replace(row, lines=tuple(one for one in row.lines if one.part.unit_id == unit_id))
            for row in self.rows
        )
        return replace(self, rows=tuple(row for row in found if row.lines))
