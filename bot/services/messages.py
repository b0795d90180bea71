"""What is said and to whom, before it is put into words; and the two ports that say it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.evidence import Evidence
from bot.domain.listing import ListRef
from bot.domain.records import ClosedPlan, DifficultyFacts, ExtensionFacts, ItemFacts, Report
from bot.domain.reminder import Line
from bot.domain.roles import Role, Viewer
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.messages_briefing import (
    BriefingDraftMessage,
    BriefingMessage,
    BroadcastMessage,
)
from bot.services.messages_changes import ItemChangedMessage, PlanClosedMessage
from bot.services.messages_difficulties import DifficultyAnswerMessage, DifficultyMessage
from bot.services.messages_extensions import ExtensionAnswerMessage, ExtensionMessage
from bot.services.messages_items import ItemsGivenMessage
from bot.services.messages_people import RoleMessage, StandInMessage, UnitsMergedMessage
from bot.services.messages_process import (
    AwayMessage,
    RefusedMessage,
    TestMessage,
    TooLateMessage,
)
from bot.services.messages_reminders import (
    CalendarGapMessage,
    CalendarMessage,
    MiddayMessage,
    MorningMessage,
)
from bot.services.messages_reports import AssignedMessage, PreparedMessage, ReopenedMessage
from bot.services.messages_summary import SummaryMessage
from bot.services.messages_undoing import UndoneMessage


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes; `thread_id` is 0 outside topics."""

    telegram_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its words and the data it sends (at most 64 bytes)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a message says in one place; `title` stands above it where its group begins.

    `frame`: the head or foot, which says nothing by itself.
    """

    html: str
    title: str = ""
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One Telegram message: HTML of at most 4096 UTF-16 units, and rows of buttons.

    `asks` makes the app open an answer to it, for the person who is answered. With `file_id` a
    file or photo that Telegram has already, the text under it (at most 1024 units). `pieces` are
    what a list of several messages was cut into, in order: what was said need not be said again.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    file_id: str | None = None
    photo: bool = False
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmMessage:
    """To Văn phòng: a unit reported completion, with what proves it.

    `products` are those of the item's product column; the report says which were ticked.
    `changed_at`: the evidence was added to, corrected or taken out since the report was made.
    `names`: it goes to one person, so that people may be named. `by` is in which role it was
    decided, where it was: the question then says so.
    """

    report: Report
    line: Line
    proofs: tuple[Evidence, ...]
    products: tuple[str, ...] = ()
    changed_at: dt.datetime | None = None
    names: bool = False
    by: Role = Role.COORDINATOR


@dataclass(frozen=True, slots=True)
class DecisionMessage:
    """To the unit: its report was confirmed or returned, by somebody in the role `by`.

    `names`: it goes to one person, so that who decided may be named. `closed`: in a plan that is
    closed by now.
    """

    outbox_id: int
    report: Report
    line: Line
    by: Role = Role.COORDINATOR
    names: bool = False
    closed: ClosedPlan | None = None


@dataclass(frozen=True, slots=True)
class PastMessage:
    """To Văn phòng, once: what was past when a plan was activated."""

    plan_id: int
    plan_title: str
    day: dt.date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChatLostMessage:
    """To Văn phòng, once: a chat cannot be written to any more.

    `private`: it is the chat of somebody of `units`, by name in `title` where people may be named.
    """

    title: str
    units: tuple[str, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing left to say, for this reason (for the log, in English)."""

    reason: str


# What the outbox may owe; each kind's maker stands in `bot.services.contents`.
Content = (
    MorningMessage
    | MiddayMessage
    | CalendarMessage
    | CalendarGapMessage
    | ConfirmMessage
    | DecisionMessage
    | PastMessage
    | ChatLostMessage
    | TooLateMessage
    | RefusedMessage
    | AwayMessage
    | TestMessage
    | BriefingDraftMessage
    | StandInMessage
    | RoleMessage
    | UnitsMergedMessage
    | BriefingMessage
    | BroadcastMessage
    | DifficultyMessage
    | DifficultyAnswerMessage
    | UndoneMessage
    | ExtensionMessage
    | ExtensionAnswerMessage
    | SummaryMessage
    | ItemsGivenMessage
    | ItemChangedMessage
    | PlanClosedMessage
    | ReopenedMessage
    | AssignedMessage
    | PreparedMessage
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartView:
    """A part with where it stands, what proves it and what was reported.

    `late_after` is hạn tính, None without a date; `ticks` are the places of the products that its
    report ticks. `hidden`: another unit's, of which only whether it is done is told here.
    `prepared_by` prepares it, "" where nobody does or nobody may be named.
    `left`: its plan was closed without it, though it was not late.
    """

    line: Line
    proofs: tuple[Evidence, ...]
    report: Report | None
    returned: Report | None
    late_after: dt.date | None = None
    ticks: tuple[int, ...] = ()
    extensions: tuple[ExtensionFacts, ...] = ()
    difficulties: tuple[DifficultyFacts, ...] = ()
    hidden: bool = False
    prepared_by: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An item as its viewer may see it; `day` is the local day.

    `may_report`, `may_settle`, `may_prove` (add evidence), `may_extend` (ask for another date),
    `may_raise` (report a difficulty) and `may_start` (say that it is under way) are part ids;
    `may_decide` and `may_reopen` report ids; `may_grant` (decide on) and `may_answer` (for the
    unit) ids of open requests for another date. `viewer` is who looks, `origin` the list's page it
    was opened from. So many extensions as `many_extensions` are many; `audit_id` is the newest
    entry of the trail that it shows; `speaker_id` the part that says how the item stands; `closed`
    its plan once that is closed.
    """

    item: ItemFacts
    plan_title: str
    day: dt.date
    parts: tuple[PartView, ...]
    may_report: tuple[int, ...]
    may_decide: tuple[int, ...]
    may_settle: tuple[int, ...]
    may_prove: tuple[int, ...] = ()
    may_extend: tuple[int, ...] = ()
    may_raise: tuple[int, ...] = ()
    may_start: tuple[int, ...] = ()
    may_reopen: tuple[int, ...] = ()
    may_grant: tuple[int, ...] = ()
    may_answer: tuple[int, ...] = ()
    viewer: Viewer | None = None
    origin: ListRef = field(default_factory=ListRef)
    many_extensions: int = 3
    audit_id: int = 0
    speaker_id: int | None = None
    closed: ClosedPlan | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report of completion led to: `others` are open parts of the same item."""

    part: Part
    line: Line
    proofs: tuple[Evidence, ...]
    note: str
    awaiting: bool
    self_confirmed: bool
    others: tuple[Part, ...]
    on_behalf: bool = False


class Sender(Protocol):
    """The messenger: foreign, slow and unrepeatable."""

    async def send(self, address: Address, message: Outgoing) -> int:
        """Send a message and return its id.

        Raises:
            DeliveryError: it was not, or may not have been, delivered.
            ChatMoved: the group has a new id.
        """
        ...


class Renderer(Protocol):
    """Puts content into words."""

    def __call__(self, content: Content, tr: Translator) -> Sequence[Outgoing]:
        """Return the messages that say `content`."""
        ...
