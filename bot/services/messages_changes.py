"""What units are told when Văn phòng changes an item."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.records import ItemFacts
from bot.domain.reminder import Line


@dataclass(frozen=True, slots=True)
class ItemChangedMessage:
    """To a unit: what became of an item of its; `outbox_id` is what "Đã nhận" names.

    `what` is a `Changed` of `bot.services.change_parts`; `lines` are open parts of the units,
    `today` the local day, `decision` what it rests on that it is no longer carried out.
    """

    outbox_id: int
    what: str
    item: ItemFacts
    units: tuple[str, ...]
    lines: tuple[Line, ...]
    day: dt.date | None
    today: dt.date
    decision: str = ""


@dataclass(frozen=True, slots=True)
class PlanClosedMessage:
    """To a unit: a plan was closed; what it had open goes on in the next one or is dropped.

    `decision` is what the dropping rests on.
    """

    outbox_id: int
    title: str
    carried: tuple[str, ...]
    dropped: tuple[str, ...]
    decision: str = ""
