"""What is said about taking back, before it is put into words."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastAct:
    """What somebody did last and may take back until `until`; `key` names it."""

    key: int
    act: str
    subject: str
    at: dt.datetime
    until: dt.datetime
    item_id: int
    code: str
    title: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoneMessage:
    """To who was told of an act: it was taken back."""

    outbox_id: int
    last: LastAct
