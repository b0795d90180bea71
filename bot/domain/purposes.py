"""What a command that names no item is about to do with the one that is chosen."""

from enum import StrEnum


class Purpose(StrEnum):
    """The acts for which an item is chosen; a button names its place in this order."""

    REPORT = "report"
    EXTEND = "extend"
    STUCK = "stuck"
    VIEW = "view"
    PROOFS = "proofs"
    LOG = "log"
    EVENT = "event"
    DATE = "date"
    OWNERS = "owners"
    EDIT = "edit"
    DROP = "drop"
