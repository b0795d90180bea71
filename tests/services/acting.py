"""An office with a small plan, where anybody may do anything: what the stateful test acts on."""

import asyncio
import datetime as dt
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.errors import AlreadyHandled, UserError
from bot.domain.roles import Role
from bot.domain.work import Part
from bot.domain.workdays import WeekendRule
from bot.services import changing, updates
from bot.services.actor import Actor
from bot.services.change_steps import Ready
from storage import parts
from storage.db import Database
from storage.models import AuditRow
from tests import trail
from tests.builders import Office, after_event, as_told, every, make_item, on, rows, vn
from tests.conftest import Templates

VP, HC, VB, TG = "Văn phòng", "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp"
HEADS = {VP: "hoa", HC: "minh", VB: "dung", TG: "tam"}
EVERYBODY = ("lan", "hoa", "minh", "thao", "dung", "tam", "viet", "khach")
ACTIVATED = vn("2024-03-01 08:00")
FOLLOWED = (
    "item", "item_unit", "deadline", "occurrence", "part", "report", "evidence", "extension",
    "difficulty", "plan", "unit", "unit_alias", "role_grant", "chat_binding", "check_in",
)  # fmt: skip
Doing = Callable[[Actor, dt.datetime], Awaitable[object]]
# Three leads with a Saturday, a recurring duty, a relative one, an internal date beside Văn
# phòng's own, one without a date, one that was past already, and a short one.
ITEMS = (
    make_item("I.1", due="2024-03-16", lead=(HC, VB, TG)),
    make_item("I.2", due=every("2024-03-14", "2024-06-14"), lead=(HC,), cooperate=(VB,)),
    make_item("I.3", due=after_event(), lead=(VB,)),
    make_item("I.4", due="2024-03-29", lead=(VP,), internal=((HC, on("2024-03-25")),)),
    make_item("I.5", due=as_told(), lead=(TG,)),
    make_item("I.6", due="2024-02-15", lead=(HC, VB)),
    make_item("I.7", due=on("2024-03-09", before=True), lead=(VB,), cooperate=(HC, TG)),
)


@dataclass
class Told:
    """What became of an act: nothing, because it was refused, or something."""

    refused: UserError | None = None


@dataclass
class World:
    """The office, its clock, and what the record of changes says of it so far."""

    office: Office
    loop: asyncio.AbstractEventLoop
    folder: str
    weekend: WeekendRule
    clock: dt.datetime = ACTIVATED
    updates: int = 0
    last_audit: int = 0
    rows: trail.State = field(default_factory=dict)
    replayed: trail.State = field(default_factory=dict)
    parts: dict[int, Part] = field(default_factory=dict)
    last: tuple[Doing, Actor] | None = None

    @classmethod
    def open(cls, templates: Templates, weekend: WeekendRule) -> "World":
        """Return a world of its own, its plan active."""
        folder = tempfile.mkdtemp()
        path = Path(folder) / "acts.db"
        shutil.copy(templates.furnished, path)
        made = templates.office
        db = Database(f"sqlite+aiosqlite:///{path}", fleeting=True)
        office = Office(db, made.id, dict(made.units), dict(made.persons), dict(made.chats))
        world = cls(office, asyncio.new_event_loop(), folder, weekend)
        world.run(world._begin())
        return world

    async def _begin(self) -> None:
        await self.office.enrol("hoa", Role.HEAD, VP)
        await self.office.enrol("hoa", Role.COORDINATOR)
        await self.office.enrol("tam", Role.HEAD, TG)
        await self.office.activate(*ITEMS, now=ACTIVATED, settings={"weekend": self.weekend})
        self.last_audit = max(row.id for row in await rows(self.db, AuditRow))
        await self._look()
        self.replayed = self.rows

    @property
    def db(self) -> Database:
        """The database of the office."""
        return self.office.db

    def run(self, doing: Awaitable[Any]) -> Any:
        """Wait for something in the world's own loop."""
        return self.loop.run_until_complete(doing)

    def close(self) -> None:
        """Forget the world."""
        self.run(self.db.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def of(self, table: str, **wanted: Any) -> list[tuple[int, dict[str, Any]]]:
        """Return (id, row) of a table's rows that hold some values."""
        return [
            (key, row)
            for (name, key), row in sorted(self.rows.items())
            if name == table and all(row[column] == value for column, value in wanted.items())
        ]

    def unit_of(self, part_id: int) -> str:
        """Return the unit of a part, "" for none."""
        unit_id = self.rows["part", part_id]["unit_id"]
        return next((name for name, key in self.office.units.items() if key == unit_id), "")

    def do(self, who: str, doing: Doing) -> Told:
        """Let somebody do something in one update, a minute after what was done before."""
        self.clock += dt.timedelta(minutes=1)
        return self.run(self._do(self._actor(who), doing))

    def do_together(self, *acts: tuple[str, Doing]) -> list[Told]:
        """Let several people act at the same time."""
        self.clock += dt.timedelta(minutes=1)
        doing = [self._do(self._actor(who), one, looks=False) for who, one in acts]

        async def together() -> list[Told]:
            told = await asyncio.gather(*doing)
            await self._look()
            return told

        return self.run(together())

    def repeat(self) -> None:
        """Let the last update come once more: it has acted, so nothing happens."""
        if self.last is not None:
            doing, actor = self.last
            before = self.rows
            self.run(self._do(actor, doing))
            assert self.rows == before

    def _actor(self, who: str) -> Actor:
        self.updates += 1
        return self.office.actor(who, update_id=self.updates)

    async def _do(self, actor: Actor, doing: Doing, *, looks: bool = True) -> Told:
        now = self.clock
        await updates.take_in(self.db, [{"update_id": actor.update_id}], now)
        told = Told()
        try:
            await doing(actor, now)
            self.last = doing, actor
        except AlreadyHandled as error:
            told = Told(UserError(str(error)))
        except UserError as error:
            told = Told(error)
        if looks:
            before = self.rows
            await self._look()
            if told.refused:
                assert self.rows == before, f"refused ({told.refused}), and yet something changed"
        return told

    async def _look(self) -> None:
        """Read the rows as they are, and what the record says since the last look."""
        entries = await rows(self.db, AuditRow, AuditRow.id > self.last_audit)
        self.replayed, wrong = trail.replay(self.replayed, entries)
        assert wrong == []
        self.last_audit = max((row.id for row in entries), default=self.last_audit)
        async with self.db.read() as session:
            found = await trail.present(session, FOLLOWED)
            if found != self.rows:
                self.rows = found
                ids = [key for key, _ in self.of("part")]
                self.parts = await parts.parts_with_ids(session, ids)

    def change(self, who: str, name: str, **args: Any) -> Told:
        """Let somebody make a change of an item, read back and confirmed."""
        return self.do(who, self.changing(name, **args))

    def changing(self, name: str, **args: Any) -> Doing:
        """Return what changes an item, read back and confirmed."""

        async def step_by_step(actor: Actor, now: dt.datetime) -> None:
            shown = await changing.begin(self.db, actor, name, dict(args), now)
            if isinstance(shown.step, Ready):
                await changing.confirm(self.db, actor, shown.token, now)

        return step_by_step
