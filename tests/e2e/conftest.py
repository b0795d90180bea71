"""A bot over HTTP: the sandbox, a database file, people and chats that join as they would."""

import datetime as dt
import functools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from httpx._transports import default
from pydantic import SecretStr

from bot.domain.days import instant
from bot.domain.reading.reader import read_plan
from bot.domain.roles import ChatPurpose, Role
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document
from bot.runtime.bot_process import BotProcess, running_bot
from bot.sandbox import Sandbox
from bot.services import invitations, offices, plans
from bot.services.pace import no_limits
from bot.settings import Settings
from storage.db import Database

if TYPE_CHECKING:
    from tests.e2e.stories import Story
    from tests.e2e.story_stage import Stages

TOKEN = "1:demo"
SHARED = Path(__file__).parents[2].parent / "shared"
REAL_PLAN = SHARED / "plans" / "khanh-hoa-2024.txt"
REAL_UNITS = SHARED / "plans" / "khanh-hoa-units.csv"

needs_real_plan = pytest.mark.skipif(
    not REAL_PLAN.exists(), reason="the real plans (../shared/plans) are not beside this checkout"
)


def at(day: str, time: str = "07:30") -> dt.datetime:
    """Return the instant of a Vietnamese day and clock time."""
    return instant(dt.date.fromisoformat(day), dt.time.fromisoformat(time))


@dataclass
class Office:
    """An office on the sandbox: its chats and people by name."""

    sandbox: Sandbox
    bot: BotProcess
    db: Database
    office_id: int
    chats: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    async def join(self, name: str, role: Role, unit: str | None = None) -> int:
        """Let a person register with a code, in private."""
        if name not in self.people:
            self.people[name] = self.sandbox.add_user(name)
        user = self.people[name]
        code = await invitations.invite(
            self.db, self.office_id, self.sandbox.now(), role=role, unit_name=unit
        )
        said = self.sandbox.press_start(user, code)
        await self.sandbox.wait_for_message(user, "✅", after=said["message_id"])
        return user

    async def bind(
        self, title: str, members: list[int], purpose: ChatPurpose, unit: str | None = None
    ) -> int:
        """Let a group be bound with a code, in the group."""
        chat = self.chats.get(title) or self.sandbox.add_group(title, members)
        if title not in self.chats:
            self.sandbox.add_bot_to_group(chat)
        self.chats[title] = chat
        code = await invitations.invite(
            self.db, self.office_id, self.sandbox.now(), purpose=purpose, unit_name=unit
        )
        said = self.sandbox.say(chat, members[0], f"/dang_ky {code}")
        await self.sandbox.wait_for_message(chat, "✅", after=said["message_id"])
        return chat

    async def ask(self, chat: int, user: int, text: str, containing: str = "") -> dict[str, Any]:
        """Say something and return the bot's answer."""
        said = self.sandbox.say(chat, user, text)
        return await self.sandbox.wait_for_message(chat, containing, after=said["message_id"])

    async def press(self, chat: int, user: int, message: dict[str, Any], label: str) -> str:
        """Press a button and return the notice that answers it."""
        query = self.sandbox.press(chat, user, message["message_id"], label)
        answer = await self.sandbox.wait_for_answer(query)
        return answer.text or ""

    async def settled(self) -> None:
        """Wait until everything that was said is handled and answered."""
        await self.sandbox.wait_for(lambda: not self.sandbox.pending_updates)
        await self.bot.handling.idle.wait()

    def said_by_bot(self, chat: int) -> list[str]:
        """Return the texts that the bot has written in a chat."""
        bot_id = self.sandbox.world.bot["id"]
        return [m["text"] for m in self.sandbox.messages(chat) if m["from"]["id"] == bot_id]

    async def clock(self, day: str, time: str = "07:30") -> None:
        """Move the clock; the bot ticks at once."""
        await self.sandbox.move_clock(at(day, time))


def settings_for(path: Path) -> Settings:
    """Return the settings of an office whose database is this file."""
    return Settings(telegram_bot_token=SecretStr(TOKEN), database_url=f"sqlite:///{path}")


@asynccontextmanager
async def at_work(
    path: Path,
    db: Database,
    office_id: int,
    *,
    now: dt.datetime,
    clock_runs: bool = True,
    furnish: Callable[[Sandbox], None] = lambda _: None,
) -> AsyncIterator[Office]:
    """Let a bot work over the office in `db`, on a sandbox that `furnish` fills beforehand."""
    async with await Sandbox.start(now=now, token=TOKEN, clock_runs=clock_runs) as sandbox:
        settings = settings_for(path).model_copy(update={"telegram_api_url": sandbox.url})

        furnish(sandbox)

        def clock() -> dt.datetime:
            return sandbox.now().astimezone(dt.UTC)

        try:
            async with running_bot(settings, db, clock, pace=no_limits(clock)) as bot:
                sandbox.on_clock_moved = bot.ticker.tick
                here = Office(sandbox, bot, db, office_id)
                yield here
                # What is still on its way ends before its connection is taken away.
                await bot.ticker.tick()
        finally:
            await db.close()


MakeOffice = Callable[..., Any]


@pytest.fixture
def office(tmp_path: Path) -> MakeOffice:
    """Return a context manager that opens an office with a plan on a given morning."""

    @asynccontextmanager
    async def opened(
        plan: bytes,
        units: str,
        *,
        activated: dt.datetime,
        now: dt.datetime,
        clock_runs: bool = True,
    ) -> AsyncIterator[Office]:
        path = tmp_path / "office.db"
        db = Database(settings_for(path).async_database_url())
        await db.migrate()
        office_id = await load(db, plan, units, activated)
        async with at_work(path, db, office_id, now=now, clock_runs=clock_runs) as here:
            yield here

    return opened


async def load(db: Database, plan: bytes, units: str, activated: dt.datetime) -> int:
    """Load a list of units and a plan, and activate it; return the office's id."""
    found, _ = read_units_csv(units)
    reading = read_plan(read_document(plan, "plan.txt"), UnitRegistry(found))
    office_id = await offices.ensure_office(db, "Sở Tư pháp", "vi")
    await offices.load_units(db, office_id, found, activated)
    loaded = await plans.store(
        db, office_id, reading, plan, "plan.txt", activated, accept_suggestions=True
    )
    await plans.activate(db, office_id, loaded.plan_id, activated)
    return office_id


@pytest.fixture(autouse=True, scope="session")
def certificates_read_once() -> Iterator[None]:
    """Let every client share what it would read anew: the sandbox speaks plain HTTP anyway."""
    once = functools.cache(default.create_ssl_context)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default, "create_ssl_context", once)
        yield


@pytest.fixture(params=["vi", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> "Stages":
    """The offices of the stories, each furnished when it is first asked for."""
    from tests.e2e.story_stage import Stages  # it builds on this module

    return Stages(tmp_path_factory.mktemp("stories"))


@pytest.fixture
async def story(stages: "Stages", tmp_path: Path, locale: str) -> AsyncIterator["Story"]:
    """The office of the stories on Monday 22/4/2024 at 09:00, in each language."""
    async with stages.story(tmp_path, locale) as opened:
        yield opened
