"""What is said to a unit about items given to it: values, before they are put into words."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivenLine:
    """An item that was given, its day if it has one."""

    item_id: int
    code: str
    title: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class ItemsGivenMessage:
    """To a unit: new items that rest on the conclusions of a meeting; `day` is the local day."""

    outbox_id: int
    day: dt.date
    lines: tuple[GivenLine, ...]
