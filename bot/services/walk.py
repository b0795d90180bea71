"""Walking through days: the real planning and delivery on a virtual clock, to a recording sender.

The preview walks on a copy of the database; the tests of a whole year walk on their own.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from bot.domain.days import VIETNAM, instant
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import Line
from bot.domain.rules import Rules
from bot.i18n import Translator, Translators
from bot.services.briefings import plan_briefings
from bot.services.courier import deliver_all
from bot.services.delivery import Delivery
from bot.services.messages import Address, Content, Outgoing, Renderer
from bot.services.messages_briefing import BriefingDraftMessage
from bot.services.messages_reminders import CalendarGapMessage, MiddayMessage, MorningMessage
from bot.services.messages_summary import SummaryMessage
from bot.services.planner import Planner
from bot.services.rules import rules_of
from bot.services.summaries_closing import plan_summaries
from storage import copies, offices
from storage.db import Database

REMINDERS = (MorningMessage, MiddayMessage)
# What is scheduled besides, with its kind.
OTHERS: dict[type[object], OutboxKind] = {
    CalendarGapMessage: OutboxKind.CALENDAR_GAP,
    BriefingDraftMessage: OutboxKind.BRIEFING_DRAFT,
    SummaryMessage: OutboxKind.SUMMARY,
}
_TAG = re.compile(r"<[^<>]*>")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A scheduled message, all its pages as one: when, to which chat, about what, in which words.

    `at` is local; `units` are those of the items it names; `lines` what it lists.
    """

    at: dt.datetime
    address: Address
    chat: str
    kind: str
    lines: tuple[Line, ...]
    text: str
    buttons: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes of the items it names, each once."""
        return list(dict.fromkeys(line.part.code for line in self.lines))

    @property
    def units(self) -> list[str]:
        """The units of those items, each once."""
        return list(dict.fromkeys(line.part.unit for line in self.lines if line.part.unit))


@dataclass(frozen=True, slots=True)
class _Tagged(Outgoing):
    """A message that still knows what it says."""

    content: Content | None = None


@dataclass
class Walk:
    """A virtual clock over a database; `sent` grows by what each moment sends.

    `office_too`: also what Văn phòng and the leaders get by itself, weekly and by period.
    """

    db: Database
    render: Renderer
    translators: Translators
    now: dt.datetime
    office_too: bool = False
    sent: list[Sent] = field(default_factory=list)
    _out: list[tuple[Address, _Tagged]] = field(default_factory=list)
    _planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        self._planner = Planner(self.db)

    async def day(self, day: dt.date, rules: Rules, *, after: dt.datetime | None = None) -> None:
        """Live through the moments of a local day at which something may be sent."""
        times = {rules.morning_at, rules.midday_at}
        for time in sorted(times | ({rules.briefing_at} if self.office_too else set())):
            at = instant(day, time)
            if after is None or at > after:
                await self.moment(at)

    async def moment(self, at: dt.datetime) -> list[Sent]:
        """Plan and deliver at an instant; return the scheduled messages that went out."""
        self.now = at
        self._out.clear()
        await self._planner.plan(at)
        if self.office_too:
            await plan_briefings(self.db, at)
            await plan_summaries(self.db, at)
        await deliver_all(
            Delivery(self.db, self, self._tag, self.translators, self._clock, lambda: 0.0)
        )
        new = await self._gather()
        self.sent += new
        return new

    async def send(self, address: Address, message: Outgoing) -> int:
        """Keep a message (the Sender port)."""
        if isinstance(message, _Tagged):
            self._out.append((address, message))
        return len(self._out)

    def _clock(self) -> dt.datetime:
        return self.now

    def _tag(self, content: Content, tr: Translator) -> Sequence[Outgoing]:
        return [
            _Tagged(page.html, page.buttons, page.asks, content=content)
            for page in self.render(content, tr)
        ]

    async def _gather(self) -> list[Sent]:
        wanted = (*REMINDERS, *OTHERS)
        scheduled = [(a, m) for a, m in self._out if isinstance(m.content, wanted)]
        if not scheduled:
            return []
        ids = {
            message.content.outbox_id
            for _, message in scheduled
            if isinstance(message.content, REMINDERS)
        }
        async with self.db.read() as session:
            kinds = await copies.kinds(session, sorted(ids))
            names = await copies.names(session)
        pages: dict[tuple[Address, int], list[_Tagged]] = {}
        for address, message in scheduled:
            pages.setdefault((address, id(message.content)), []).append(message)
        return [self._sent(address, found, kinds, names) for (address, _), found in pages.items()]

    def _sent(
        self,
        address: Address,
        pages: list[_Tagged],
        kinds: dict[int, str],
        names: dict[tuple[int, int], str],
    ) -> Sent:
        content = pages[0].content
        kind = str(OTHERS.get(type(content), ""))
        lines: tuple[Line, ...] = ()
        if isinstance(content, MorningMessage):
            kind, lines = kinds[content.outbox_id], tuple(content.lines())
        elif isinstance(content, MiddayMessage):
            kind, lines = kinds[content.outbox_id], content.lines
        return Sent(
            self.now.astimezone(VIETNAM),
            address,
            names.get((address.telegram_id, address.thread_id), ""),
            kind,
            lines,
            "\n\n".join(plain(page.html) for page in pages),
            tuple(
                " ".join(f"[{button.label}]" for button in row)
                for page in pages
                for row in page.buttons
            ),
        )


def plain(html: str) -> str:
    """Return the text of a message without its marks."""
    return unescape(_TAG.sub("", html))


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield every day from `first` to `last`."""
    for count in range((last - first).days + 1):
        yield first + count * ONE_DAY


async def widest_rules(db: Database) -> Rules:
    """Return the rules of the first office: the clock times at which something may be sent."""
    async with db.read() as session:
        office_id = await offices.find_office(session)
        return await rules_of(session, office_id) if office_id else Rules()
