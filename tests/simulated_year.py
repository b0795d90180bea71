"""A year in an office, through the real code, in seconds: it is reminded, and it reports."""

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.days import instant, local_day
from bot.domain.reading.reader import read_plan
from bot.domain.roles import ChatPurpose, Role
from bot.domain.rules import Rules
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.domain.work import Duty, Part
from bot.domain.workdays import Calendar
from bot.i18n import translator
from bot.intake.document import read_document
from bot.services import offices, plans, progress
from bot.services.actor import Actor
from bot.services.progress import Claim
from bot.services.walk import Sent, Walk, days
from handlers.render import render
from storage import chats, grants, people, reminder_parts
from storage.db import Database
from storage.models import GrantRow, PlanRow
from tests.builders import CALENDAR, change

PROOF = Claim("https://van-ban.example.vn/ket-qua")
DIRECTOR, DEPUTY, COORDINATOR = 901, 902, 903
FIRST_HEAD, FIRST_GROUP, OFFICE_GROUP = 1000, -1000, -1

# Whether a part that is due, or late, is reported on the evening of a day.
Reports = Callable[[Part, dt.date], bool]


@dataclass
class Year:
    """An office with a plan; `walk` lives through its days, `reports` says who keeps up."""

    db: Database
    office_id: int
    walk: Walk
    units: dict[str, int] = field(default_factory=dict)

    async def live(
        self, first: dt.date, last: dt.date, reports: Reports, calendar: Calendar = CALENDAR
    ) -> list[Sent]:
        """Live through the days: what is due is reported on its last evening where it is."""
        for day in days(first, last):
            await self.walk.day(day, Rules())
            if calendar.is_working(day):
                await self._evening(day, reports, calendar)
        return self.walk.sent

    async def _evening(self, day: dt.date, reports: Reports, calendar: Calendar) -> None:
        at = instant(day, dt.time(18))
        horizon = calendar.next_working_day(day) - dt.timedelta(days=1)
        async with self.db.read() as session:
            due = await reminder_parts.due_until(session, self.office_id, horizon)
        for part in due:
            if part.pending and not part.unsettled and part.unit_id and reports(part, day):
                await self.report(part, at)

    async def report(self, part: Part, at: dt.datetime) -> None:
        """Let the head report a part with its proof; the plan asks for no confirmation."""
        assert part.unit_id is not None
        head = private(FIRST_HEAD + part.unit_id)
        await progress.report_done(self.db, head, part.id, PROOF, at)


def private(account: int) -> Actor:
    return Actor(account, str(account), account)


async def begin_year(
    empty: Path, folder: Path, plan: bytes, units_csv: str, activated: dt.datetime
) -> Year:
    """Return an office where every unit has a group and a head, and three people lead it.

    `empty` is a migrated database without a row.
    """
    shutil.copy(empty, folder / "year.db")
    db = Database(f"sqlite+aiosqlite:///{folder / 'year.db'}", fleeting=True)
    units, _ = read_units_csv(units_csv)
    reading = read_plan(read_document(plan, "plan.txt"), UnitRegistry(units))
    office_id = await offices.ensure_office(db, "Sở Tư pháp", "vi")
    await offices.load_units(db, office_id, units, activated)
    year = Year(db, office_id, Walk(db, render, translator, activated))
    await _enrol(year, activated)
    loaded = await plans.store(
        db, office_id, reading, plan, "plan.txt", activated, accept_suggestions=True
    )
    await change(db, PlanRow, loaded.plan_id, confirmation=False)
    await plans.activate(db, office_id, loaded.plan_id, activated)
    return year


async def _enrol(year: Year, now: dt.datetime) -> None:
    stored = await offices.units_of(year.db, year.office_id)
    year.units = {one.unit.name: one.id for one in stored}
    async with year.db.begin() as session:
        for account, role, name in (
            (DIRECTOR, Role.LEADER, "Giám đốc"),
            (DEPUTY, Role.LEADER, "Phó Giám đốc"),
            (COORDINATOR, Role.COORDINATOR, "Lan"),
        ):
            person = await people.put_person(session, year.office_id, account, name, now)
            await chats.put_chat(session, year.office_id, account, 0, person_id=person)
            session.add(
                GrantRow(
                    office_id=year.office_id,
                    person_id=person,
                    role=role,
                    director=account == DIRECTOR,
                )
            )
            if account == DEPUTY:
                for unit_id in year.units.values():
                    session.add(
                        GrantRow(
                            office_id=year.office_id, person_id=person, role=role, unit_id=unit_id
                        )
                    )
        for name, unit_id in year.units.items():
            account = FIRST_HEAD + unit_id
            person = await people.put_person(
                session, year.office_id, account, f"Trưởng {name}", now
            )
            await chats.put_chat(session, year.office_id, account, 0, person_id=person)
            await grants.put_grant(
                session, year.office_id, person, Role.HEAD, unit_id, today=dt.date(2024, 1, 1)
            )
            if name != "Văn phòng":
                group = await chats.put_chat(
                    session, year.office_id, FIRST_GROUP - unit_id, 0, title=name
                )
                await chats.bind(session, group, ChatPurpose.UNIT, unit_id)
        group = await chats.put_chat(session, year.office_id, OFFICE_GROUP, 0, title="Văn phòng")
        await chats.bind(session, group, ChatPurpose.OFFICE, None)


def leads(part: Part) -> bool:
    """Tell whether a unit answers for a part."""
    return part.duty is not Duty.COOPERATE


def transcript(sent: Sequence[Sent]) -> str:
    """Return every message of a year as a person would read it."""
    lines = []
    for one in sent:
        lines.append(f"── {local_day(one.at)} {one.at:%H:%M} · {one.chat} · {one.kind}")
        lines += [f"   {line}".rstrip() for line in (*one.text.split("\n"), *one.buttons)]
        lines.append("")
    return "\n".join(lines)
