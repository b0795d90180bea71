"""A difficulty (khó khăn, vướng mắc) reported about a part. Pure."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a unit says stands in the way; open until it is answered or closed."""

    id: int
    office_id: int
    part_id: int
    person_id: int
    text: str
    raised_at: dt.datetime
    answer: str | None = None
    answered_by: int | None = None
    answered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    closed_by: int | None = None

    @property
    def open(self) -> bool:
        """Whether it stands in the lists of Văn phòng and the leaders."""
        return self.answer is None and self.closed_at is None
