"""Closed sets of states and settings that the tables keep."""

from enum import StrEnum


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"  # -> active
    ACTIVE = "active"  # -> closed
    CLOSED = "closed"


class ReportState(StrEnum):
    """The life of a report of completion."""

    AWAITING = "awaiting"  # -> accepted, returned
    ACCEPTED = "accepted"  # -> returned (confirmed by mistake)
    RETURNED = "returned"


class EvidenceKind(StrEnum):
    """What proves a completion: a link, a cited document, or a file in the chat."""

    LINK = "link"
    DOCUMENT = "document"
    FILE = "file"


class ExtensionState(StrEnum):
    """The life of a request for another date."""

    REQUESTED = "requested"  # -> approved, rejected, countered, withdrawn
    COUNTERED = "countered"  # -> approved, rejected, withdrawn
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
