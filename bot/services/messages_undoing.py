"""What is said about taking back, before it is put into words."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.reminder import Line
from bot.domain.roles import Role
from bot.domain.work import Part


@dataclass(frozen=True, slots=True)
class LastAct:
    """What somebody did last and may take back until `until`; `key` names it.

    `code` names several items where it was about more than one; `item_id` is None, and `settings`
    says which, where it was about the office's or a plan's settings.
    """

    key: int
    act: str
    subject: str
    at: dt.datetime
    until: dt.datetime
    item_id: int | None
    code: str
    title: str
    units: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoneMessage:
    """To who was told of an act: it was taken back.

    `line` is how the part stands now, where it was about one; `on_behalf`: Văn phòng had done it
    for the unit. `accepted`: it took a date that Văn phòng had proposed, as only the unit can.
    `event` counts from the event that it recorded. `without_it` are the units told that have
    nothing to do with the item any more; `lost` and `regained` are roles of the person told.
    """

    outbox_id: int
    last: LastAct
    day: dt.date
    line: Line | None = None
    on_behalf: bool = False
    accepted: bool = False
    event: Part | None = None
    without_it: tuple[str, ...] = ()
    lost: tuple[tuple[Role, str], ...] = ()
    regained: tuple[tuple[Role, str], ...] = ()
