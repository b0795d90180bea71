"""Proofs as they are kept: who added each, in which version, and whether it counts. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.evidence import Evidence


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
