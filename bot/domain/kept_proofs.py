"""Proofs as they are kept: who added each, in which version, and whether it counts. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.evidence import Evidence
from bot.domain.records import Report
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.domain.work import Part

# What evidence is asked for at once; of the rest one is offered.
PRESSING, MOST_PRESSING = 2, 2


class Fate(StrEnum):
    """What became of a proof."""

    COUNTS = "counts"
    REPLACED = "replaced"  # by a newer version
    REMOVED = "removed"  # taken out
    FALLEN = "fallen"  # with the report it came with


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A proof with who added it and when; `replaces_id` is the older version that it corrects."""

    id: int
    part_id: int
    evidence: Evidence
    person_id: int
    person: str
    on_behalf: bool
    received_at: dt.datetime
    fate: Fate
    report_id: int | None = None
    replaces_id: int | None = None
    removed_at: dt.datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it proves anything now."""
        return self.fate is Fate.COUNTS


def comes_late(report: Report | None) -> bool:
    """Tell whether evidence that comes now comes after the confirmation of a part's report."""
    if report is None or report.state is not ReportState.ACCEPTED:
        return False
    # Where nobody has to confirm, nothing comes after the confirmation.
    return report.decided_by is not None or report.self_confirmed


def _need(part: Part) -> int:
    """Return how much a part needs evidence, 0 the most."""
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return 2 if part.has_evidence else 0
    if part.progress is Progress.RETURNED:
        return 1
    if part.owed:
        return 3
    return 5 if part.has_evidence else 4


def by_need(parts: Iterable[Part]) -> list[Part]:
    """Return parts, first what waits without evidence; of what is owed the earliest first.

    What is done comes last, the latest first.
    """

    def key(part: Part) -> tuple[int, bool, int, int]:
        day = part.due.toordinal() if part.due else 0
        return (_need(part), part.due is None, day if part.owed else -day, part.id)

    return sorted(parts, key=key)


def offered(parts: Iterable[Part]) -> list[Part]:
    """Return the few parts that evidence is offered for without asking which."""
    ordered = by_need(parts)
    pressing = [part for part in ordered if _need(part) <= PRESSING]
    return pressing[:MOST_PRESSING] or ordered[:1]
