"""Closed sets of states and settings that the tables keep."""

from enum import StrEnum


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"  # -> active
    ACTIVE = "active"  # -> closed
    CLOSED = "closed"


class ReportState(StrEnum):
    """The life of a report of completion."""

    AWAITING = "awaiting"  # -> accepted, returned, withdrawn
    ACCEPTED = "accepted"  # -> returned (confirmed by mistake), awaiting (taken back)
    RETURNED = "returned"  # -> awaiting (taken back)
    WITHDRAWN = "withdrawn"  # taken back by who made it, as if not made


# What does not stand: such a report, and its evidence, is as if not made.
FALLEN = frozenset({ReportState.RETURNED, ReportState.WITHDRAWN})


class EvidenceKind(StrEnum):
    """What proves a completion: a link, a cited document, or a file in the chat."""

    LINK = "link"
    DOCUMENT = "document"
    FILE = "file"


class ExtensionState(StrEnum):
    """The life of a request for another date."""

    REQUESTED = "requested"  # -> approved, rejected, countered, withdrawn, lapsed
    COUNTERED = (
        "countered"  # -> approved, withdrawn, lapsed; requested: the proposal was taken back
    )
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # the part is not owed any more, so there is nothing to decide


OPEN_REQUESTS = frozenset({ExtensionState.REQUESTED, ExtensionState.COUNTERED})


class Answer(StrEnum):
    """What a unit says of an ongoing duty when the quarter ends."""

    GOING = "going"  # it goes on as it should
    STUCK = "stuck"  # it does not
