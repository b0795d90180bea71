"""The steps of a change that Văn phòng makes: what is asked, what is read back, what came of it.

A change is a name and arguments (JSON), kept with the question in the database. Its flow looks at
them again at every step, so that nothing rests on memory or on what was true a step ago.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import Period
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.intake.dates import read_typed_date
from bot.services.access import NOT_COORDINATOR, access_item
from bot.services.closed_plans import items_in_use, refuse_closed
from bot.services.loading import DraftKey
from bot.services.removed_items import in_force, refuse_removed
from storage import item_changes
from storage.audit import Act
from storage.models import ItemRow, PlanRow

Args = dict[str, Any]
WHICH_PLAN = N_("Several plans have an item {code}. Which one?")
NO_DATE = N_(
    "I could not read “{text}” as a day. Write it like 30/6/2024 or “end of month”. "
    "Nothing has changed."
)
TYPED = "?"  # at the end of a name: as typed, not read yet


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to say; days among its parameters are shown with their weekday."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)


def words(msgid: str, **params: object) -> Words:
    """Return a sentence with its parameters."""
    return Words(msgid, params)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer by button; `value` is what the argument becomes (JSON).

    With a `draft` the button answers nothing but shows that draft.
    """

    label: Words
    value: Any
    draft: DraftKey | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: the argument it fills, buttons, and whether it can be typed."""

    name: str
    question: Words
    choices: tuple[Choice, ...] = ()
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """What will be done, read back in full."""

    title: Words
    lines: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and what to show with it; `forget` are files by SHA-256."""

    said: Words
    item_id: int | None = None
    draft: DraftKey | None = None
    forget: tuple[str, ...] = ()
    unit_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to choose from."""

    said: Words


Step = Ask | Ready | Nothing


class NeedsAnswer(Exception):
    """Something must be asked before the change can be read back."""

    def __init__(self, ask: Ask | Nothing) -> None:
        self.ask = ask
        super().__init__()


@dataclass(slots=True)
class At:
    """A change at one of its steps: who makes it, when, and what is known so far."""

    session: AsyncSession
    viewer: Viewer
    act: Act
    today: dt.date
    args: Args

    async def item(self) -> ItemRow:
        """Return the item that the change is about.

        Raises:
            NeedsAnswer: several plans have one with this code.
            NotFound: there is none here.
            UserError: its plan was closed, or it is no longer carried out.
        """
        if "item" not in self.args:
            self.args["item"] = await self._item_called(str(self.args.get("code", "")))
        item = await access_item(self.session, self.viewer, self.args["item"])
        await refuse_closed(self.session, item.plan_id)
        refuse_removed(item)
        return await item_changes.item_row(self.session, self.args["item"])

    async def _item_called(self, code: str) -> int:
        found = await items_in_use(self.session, self.viewer, code)
        if len(found) == 1:
            return found[0][0]
        rows = [await item_changes.item_row(self.session, key) for key, _ in found]
        kept = in_force(found, rows)
        if len(kept) == 1:
            return kept[0][0]
        if any(row.secret for row in rows):
            # Which one is meant is not known yet: what was typed about it is asked for later.
            for name in (f"{TYPED}decision", "said"):
                self.args.pop(name, None)
        choices = tuple(Choice(words("{text}", text=plan.title), key) for key, plan in kept)
        raise NeedsAnswer(Ask("item", words(WHICH_PLAN, code=code), choices, typed=False))

    async def plan_of(self, item: ItemRow) -> PlanRow:
        """Return the plan of an item."""
        return await item_changes.plan_row(self.session, item.plan_id)

    def text(self, name: str, question: Words, *choices: Choice) -> str:
        """Return an argument as text.

        Raises:
            NeedsAnswer: it is not known yet.
        """
        if TYPED + name in self.args:
            self.args[name] = str(self.args.pop(TYPED + name)).strip()
        if self.args.get(name) is None:
            raise NeedsAnswer(Ask(name, question, choices))
        return str(self.args[name])

    def day(self, name: str, question: Words, period: Period) -> dt.date:
        """Return an argument as a day, read once, on the day it was typed.

        Raises:
            NeedsAnswer: it is not known yet.
            UserError: what was typed is no day.
        """
        typed = self.args.pop(TYPED + name, None)
        if typed is not None:
            read = read_typed_date(str(typed), self.today, period)
            if read is None:
                raise UserError(NO_DATE, text=str(typed)[:60])
            self.args[name] = read.due.isoformat()
        if self.args.get(name) is None:
            raise NeedsAnswer(Ask(name, question))
        return dt.date.fromisoformat(self.args[name])


def choose(at: At, name: str, question: Words, choices: tuple[Choice, ...]) -> Any:
    """Return an argument that is one of `choices`.

    Raises:
        NeedsAnswer: it is not known yet.
    """
    if name not in at.args:
        raise NeedsAnswer(Ask(name, question, choices, typed=False))
    return at.args[name]


def period_of(plan: PlanRow) -> Period:
    """Return the days that a plan covers."""
    return Period(plan.starts_on, plan.ends_on)


@dataclass(frozen=True, slots=True)
class Flow:
    """A kind of change: `look` reads it back or asks (NeedsAnswer), `apply` makes it."""

    look: Callable[[At], Awaitable[Ready]]
    apply: Callable[[At], Awaitable[Done]]
    every_unit: bool = False  # only where all units may be seen
    private: bool = False  # only in private: it names people
    allowed: Callable[[Viewer], bool] = coordinates
    refusal: str = NOT_COORDINATOR  # what is said to others
