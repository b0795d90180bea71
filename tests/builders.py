"""Values with defaults, an office with its people, and a double of the messenger."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel, select

from bot.domain.days import VIETNAM, local_day
from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    SpanUnit,
    Unspecified,
    calendar_year,
)
from bot.domain.errors import DeliveryError
from bot.domain.plan import PlanItem, PlanReading, Unit, UnitDeadline, UnitRef
from bot.domain.reminder import Line
from bot.domain.roles import ChatPurpose, Role
from bot.domain.status import Progress
from bot.domain.tally import PartFact
from bot.domain.work import DeadlineKind, Duty, Part
from bot.i18n import translator
from bot.intake.calendar import vietnam_calendar
from bot.services import changing, units
from bot.services import plans as plan_service
from bot.services.actor import Actor
from bot.services.change_flows import STAND_IN
from bot.services.change_steps import Done
from bot.services.courier import deliver_all
from bot.services.delivery import Delivery, deliver_one
from bot.services.lending import read_typed
from bot.services.messages import Address, Outgoing
from bot.services.planner import Planner
from bot.services.plans import Activated
from handlers.render import render
from storage import chats, grants, offices, people
from storage.db import Database
from storage.models import OfficeRow, PlanRow

CALENDAR = vietnam_calendar(range(2022, 2032))


def vn(text: str) -> dt.datetime:
    """Return the UTC instant of a Vietnamese "2024-04-26 07:30"."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- domain values -----------------------------------------------------------------------------


def make_part(**other: Any) -> Part:
    values: dict[str, Any] = {
        "id": 1,
        "occurrence_id": 1,
        "item_id": 1,
        "plan_id": 1,
        "code": "I.1",
        "title": "Lập danh mục hồ sơ",
        "unit_id": 2,
        "unit": "Phòng Hành chính",
        "duty": Duty.LEAD,
        "progress": Progress.NOT_STARTED,
        "kind": DeadlineKind.DATE,
        "phrase": "26/4/2024",
        "due": day("2024-04-26"),
        "activated_on": day("2024-01-02"),
    }
    due = other.get("due")
    return Part(**{**values, **other, **({"due": day(due)} if isinstance(due, str) else {})})


def fact_of(part: Part, plan_id: int = 1) -> PartFact:
    """Return a part as the figures see it, accepted on the day of its report."""
    done = part.progress is Progress.DONE
    return PartFact(
        part.id,
        part.occurrence_id,
        part.unit_id,
        part.unit,
        part.duty,
        part.due,
        part.original_due or part.due,
        part.before,
        reported_on=local_day(part.submitted_at) if part.submitted_at else None,
        accepted=done,
        plan_id=plan_id,
    )


def make_line(today: str = "2024-04-19", **other: Any) -> Line:
    part = make_part(**other)
    return Line(part, part.standing(day(today), CALENDAR))


def on(due: str, *, before: bool = False, units: Sequence[str] = (), text: str = "") -> Deadline:
    return DateDeadline(day(due), text or due, units=tuple(units), before=before)


def every(*dates: str, before: bool = False) -> Deadline:
    rule = "FREQ=MONTHLY;BYMONTHDAY=14"
    return Recurring(rule, tuple(map(day, dates)), "ngày 14 hằng tháng", before=before)


def ongoing() -> Deadline:
    return Ongoing("Thường xuyên")


def after_event() -> Deadline:
    return Relative(30, SpanUnit.DAY, "nhận kết luận", "30 ngày kể từ ngày nhận kết luận")


def as_told() -> Deadline:
    return Unspecified("cấp trên", "Theo hướng dẫn của cấp trên")


def ref(name: str) -> UnitRef:
    return UnitRef(name, certain=name in UNIT_NAMES, collective=name.startswith("các "))


def make_item(
    code: str = "I.1",
    *,
    due: str | Deadline | Sequence[Deadline] | None = "2024-04-26",
    lead: Sequence[str] = ("Phòng Hành chính",),
    cooperate: Sequence[str] = (),
    internal: Sequence[tuple[str, Deadline]] = (),
    title: str = "Lập danh mục hồ sơ",
    section: str = "I. CHUNG",
    product: str = "Danh mục",
) -> PlanItem:
    if due is None:
        deadlines: tuple[Deadline, ...] = ()
    elif isinstance(due, str):
        deadlines = (on(due),)
    elif isinstance(due, Sequence):
        deadlines = tuple(due)
    else:
        deadlines = (due,)
    return PlanItem(
        code,
        section,
        title,
        product,
        deadline_text=deadlines[0].text if deadlines else "",
        deadlines=deadlines,
        lead=tuple(map(ref, lead)),
        cooperate=tuple(map(ref, cooperate)),
        unit_deadlines=tuple(
            UnitDeadline((ref(name),), deadline, f"{name} gửi trước hạn")
            for name, deadline in internal
        ),
    )


def make_reading(
    *items: PlanItem, year: int = 2024, title: str = "Kế hoạch công tác"
) -> PlanReading:
    return PlanReading(title, calendar_year(year), items)


# --- an office, in the database ----------------------------------------------------------------

UNITS = (
    Unit("Văn phòng", "VP", (), "văn phòng"),
    Unit("Phòng Hành chính", "HC", ("Phòng HC",), "phòng chuyên môn"),
    Unit("Phòng Văn bản", "VB", (), "phòng chuyên môn"),
    Unit("Trung tâm Trợ giúp", "TG", (), "đơn vị sự nghiệp"),
)
UNIT_NAMES = frozenset(unit.name for unit in UNITS)

# Who they are: (role, unit); khach is a stranger.
PERSONAS: dict[str, tuple[Role, str | None]] = {
    "lan": (Role.COORDINATOR, None),
    "minh": (Role.HEAD, "Phòng Hành chính"),
    "thao": (Role.STAFF, "Phòng Hành chính"),
    "viet": (Role.LEADER, None),
    "dung": (Role.HEAD, "Phòng Văn bản"),
}
ACCOUNTS = {name: 101 + number for number, name in enumerate((*PERSONAS, "khach", "hoa", "tam"))}
GROUPS: dict[str, tuple[int, ChatPurpose, str | None]] = {
    "hc": (-1001, ChatPurpose.UNIT, "Phòng Hành chính"),
    "vb": (-1002, ChatPurpose.UNIT, "Phòng Văn bản"),
    "office": (-1003, ChatPurpose.OFFICE, None),
    "leaders": (-1004, ChatPurpose.LEADERS, None),
}
LONG_AGO = vn("2024-01-02 08:00")


@dataclass
class Office:
    """A small office: ids by name, and who speaks where."""

    db: Database
    id: int
    units: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    chats: dict[str, int] = field(default_factory=dict)

    def actor(self, who: str, where: str = "private", update_id: int | None = None) -> Actor:
        """Return a persona who speaks in private, in a group of `GROUPS`, or in "nowhere"."""
        account = ACCOUNTS[who]
        if where == "private":
            return Actor(account, who, account, update_id=update_id)
        chat_id = GROUPS[where][0] if where in GROUPS else -1999
        return Actor(account, who, chat_id, private=False, update_id=update_id)

    async def enrol(self, who: str, role: Role, unit: str | None = None) -> int:
        """Give somebody a role, with a private chat."""
        async with self.db.begin() as session:
            account = ACCOUNTS[who]
            person_id = await people.put_person(session, self.id, account, who, LONG_AGO)
            unit_id = self.units[unit] if unit else None
            await grants.put_grant(
                session, self.id, person_id, role, unit_id, today=local_day(LONG_AGO)
            )
            chat = await chats.put_chat(session, self.id, account, 0, person_id=person_id)
        self.persons[who] = person_id
        self.chats[who] = chat.id
        return person_id

    async def bind(self, key: str) -> int:
        """Bind a group of `GROUPS`."""
        telegram_id, purpose, unit = GROUPS[key]
        async with self.db.begin() as session:
            chat = await chats.put_chat(session, self.id, telegram_id, 0, title=f"Nhóm {key}")
            await chats.bind(session, chat, purpose, self.units[unit] if unit else None)
        self.chats[key] = chat.id
        return chat.id

    async def load(
        self, *items: PlanItem, source: bytes = b"plan", now: dt.datetime = LONG_AGO, **other: Any
    ) -> int:
        """Store a plan as a draft and return its id."""
        reading = make_reading(*items, **other)
        loaded = await plan_service.store(
            self.db, self.id, reading, source, "ke-hoach.txt", now, accept_suggestions=True
        )
        return loaded.plan_id

    async def activate(
        self,
        *items: PlanItem,
        now: dt.datetime = LONG_AGO,
        source: bytes = b"plan",
        settings: dict[str, Any] | None = None,
        **other: Any,
    ) -> Activated:
        """Store a plan and make it active; `settings` are columns of the plan."""
        plan_id = await self.load(*items, source=source, now=now, **other)
        if settings:
            await change(self.db, PlanRow, plan_id, **settings)
        return await plan_service.activate(self.db, self.id, plan_id, now)


# Nobody beyond a unit hears of its dates, so that a test sees what it is about.
QUIET = {"risk_days": 0, "office_after": 0, "leader_after": 0, "director_after": 0}


async def make_office(
    db: Database,
    name: str = "Sở Thử",
    *,
    groups: Sequence[str] = tuple(GROUPS),
    settings: dict[str, Any] | None = None,
) -> Office:
    """Return an office with its units, personas and bound groups; it is quiet by default."""
    async with db.begin() as session:
        office = Office(db, await offices.add_office(session, name, "vi"))
    await change(db, OfficeRow, office.id, settings=QUIET if settings is None else settings)
    async with db.begin() as session:
        for position, unit in enumerate(UNITS, start=1):
            office.units[unit.name] = await offices.put_unit(session, office.id, position, unit)
    for who, (role, unit_name) in PERSONAS.items():
        await office.enrol(who, role, unit_name)
    for key in groups:
        await office.bind(key)
    return office


async def keep_units(
    office: Office, text: str, now: dt.datetime, who: str = "lan", where: str = "private"
) -> None:
    """Let somebody type behind /don_vi, and agree to what is read back."""
    actor = office.actor(who, where)
    asked = await units.change(office.db, actor, text, now)
    if asked is not None:
        shown = await changing.begin(office.db, actor, *asked, now)
        await changing.confirm(office.db, actor, shown.token, now)


async def name_stand_in(office: Office, who: str, text: str, now: dt.datetime) -> Done:
    """Let somebody type behind /thay_mat, and agree to what is read back."""
    actor = office.actor(who)
    shown = await changing.begin(office.db, actor, STAND_IN, read_typed(text), now)
    return await changing.confirm(office.db, actor, shown.token, now)


async def rows(db: Database, model: type[SQLModel], *conditions: Any) -> list[Any]:
    """Return the rows of a table, by id."""
    async with db.read() as session:
        statement = select(model).where(*conditions)
        return list(await session.exec(statement))


async def change(db: Database, model: type[SQLModel], row_id: int, **values: Any) -> None:
    """Change columns of a row behind everybody's back."""
    async with db.begin() as session:
        row = await session.get(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


async def parts_of(db: Database, office: Office) -> list[Part]:
    """Return every open part of the office."""
    from storage import parts

    async with db.read() as session:
        return await parts.open_parts(session, office.id)


async def only_part(db: Database, office: Office, unit: str | None = None) -> Part:
    """Return the one open part (of a unit)."""
    found = [p for p in await parts_of(db, office) if unit is None or p.unit == unit]
    assert len(found) == 1, [(p.code, p.unit, p.duty) for p in found]
    return found[0]


# --- time and the messenger ----------------------------------------------------------------------


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.now

    def move_to(self, text: str) -> dt.datetime:
        self.now = vn(text)
        return self.now


@dataclass
class FakeSender:
    """Keeps what was sent as (chat, text); raises the errors queued for a chat first."""

    sent: list[tuple[int, Outgoing]] = field(default_factory=list)
    errors: dict[int, list[Exception]] = field(default_factory=dict)
    tries: list[int] = field(default_factory=list)

    async def send(self, address: Address, message: Outgoing) -> int:
        self.tries.append(address.telegram_id)
        if waiting := self.errors.get(address.telegram_id):
            raise waiting.pop(0)
        self.sent.append((address.telegram_id, message))
        return len(self.sent)

    def fail(self, key: str, *errors: Exception) -> None:
        """Let the next messages to a persona or group fail."""
        self.errors.setdefault(chat_of(key), []).extend(errors)

    def to(self, key: str) -> list[str]:
        """Return the texts that a persona or group got."""
        return [message.html for chat, message in self.sent if chat == chat_of(key)]

    def chats(self) -> list[str]:
        """Return who got something, once each, in order."""
        names = {chat_of(key): key for key in (*GROUPS, *ACCOUNTS)}
        return list(dict.fromkeys(names.get(chat, str(chat)) for chat, _ in self.sent))

    def clear(self) -> None:
        self.sent.clear()
        self.tries.clear()


def chat_of(key: str) -> int:
    return GROUPS[key][0] if key in GROUPS else ACCOUNTS[key]


BLOCKED = DeliveryError("Forbidden: bot was kicked", permanent=True, chat_lost=True)
LINE_DOWN = DeliveryError("ConnectError")


@dataclass
class Delivered:
    """Plans and delivers as a tick does, at the clock's time."""

    db: Database
    sender: FakeSender
    clock: Clock
    render: Any = render

    @property
    def delivery(self) -> Delivery:
        return Delivery(
            self.db, self.sender, self.render, translator, self.clock, spread=lambda: 0.0
        )

    async def tick(self, at: str | None = None) -> list[str]:
        """Tick, at a Vietnamese time if one is given; return who got something in this tick."""
        if at:
            self.clock.move_to(at)
        before = len(self.sender.sent)
        await Planner(self.db).plan(self.clock())
        await deliver_all(self.delivery)
        return [chat_name(chat) for chat, _ in self.sender.sent[before:]]

    async def one(self) -> bool:
        """Deliver one message owed."""
        return await deliver_one(self.delivery)


def chat_name(telegram_id: int) -> str:
    names = {chat_of(key): key for key in (*GROUPS, *ACCOUNTS)}
    return names.get(telegram_id, str(telegram_id))
