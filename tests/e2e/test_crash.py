"""Kills at random moments while a tenth of the calls fail: nothing is lost.

`make crash` runs it whole: CRASH_KILLS=200 CRASH_REMINDERS=2000.
"""

# ruff: noqa: T201 - the counts, for the person who runs it

import asyncio
import datetime as dt
import multiprocessing
import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.roles import ChatPurpose
from bot.sandbox import Sandbox
from bot.sandbox.faults import Cut, Fault
from storage import chats, offices
from storage.db import Database
from tests.e2e import crash_bot
from tests.e2e.conftest import TOKEN, at, load

KILLS = int(os.environ.get("CRASH_KILLS", "6"))
REMINDERS = int(os.environ.get("CRASH_REMINDERS", "100"))
UNITS = 50  # with as many chats each as there shall be reminders
LIMIT = 90 + 10 * KILLS  # seconds for all of it, on a busy machine too
MORNING = at("2026-06-10", "07:31")
LOADED = at("2026-06-01", "08:00")
PLAN = """PHỤ LỤC
NHIỆM VỤ NĂM 2026
TT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công
I\tVIỆC CHUNG\t\t\t
1\tRà soát hồ sơ\tBáo cáo\t10/6/2026\tCác phòng chuyên môn chủ trì
"""
SHARE = 0.10
FAILURES = [
    Fault(retry_after=dt.timedelta(seconds=1)),
    Fault(status=500),
    Fault(cut=Cut.BEFORE),
    Fault(cut=Cut.AFTER),
]
# Of ten lives one ends while the bot begins, the others while it delivers.
BEGINNING = 0.5
BETWEEN_SENDS = 1 / 15  # two of the thirtieths of a second at which messages leave
LOOK_AGAIN = dt.timedelta(seconds=1)


@dataclass
class Counts:
    """How many reminders the bot asked the sandbox to send, and what the sandbox did to them."""

    sends: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def note(self, fault: Fault | None) -> None:
        """Count a send, and its failure by its kind."""
        self.sends += 1
        if fault is not None:
            self.failed[f"cut {fault.cut}" if fault.cut else str(fault.status or 429)] += 1

    @property
    def ambiguous(self) -> int:
        """Sends that were acted on, and whose answer never came."""
        return self.failed[f"cut {Cut.AFTER}"]


def is_reminder(message: dict[str, Any]) -> bool:
    """Tell whether a message, or a call that sends one, is a morning's reminder."""
    return "Việc cần làm" in message.get("text", "")


def count(sandbox: Sandbox) -> Counts:
    """Count the reminders that the bot sends from now on."""
    counts, take = Counts(), sandbox.faults.take

    def counted(method: str, params: dict[str, Any]) -> Fault | None:
        fault = take(method, params)
        if is_reminder(params):
            counts.note(fault)
        return fault

    sandbox.faults.take = counted  # type: ignore[method-assign]
    return counts


async def prepare(sandbox: Sandbox, path: Path) -> list[int]:
    """Let one item be due today in as many chats as there shall be reminders."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.migrate()
    names = [f"Phòng Số {number}" for number in range(1, UNITS + 1)]
    units = "name,short,aliases,group\n" + "\n".join(f"{n},,,phòng chuyên môn" for n in names)
    office_id = await load(db, PLAN.encode(), units, LOADED)
    user = sandbox.add_user("Lan")
    groups = [sandbox.add_group(f"Nhóm {number}", [user]) for number in range(REMINDERS)]
    async with db.begin() as session:
        ids = {unit.unit.name: unit.id for unit in await offices.units_of(session, office_id)}
        for number, group in enumerate(groups):
            sandbox.add_bot_to_group(group)
            chat = await chats.put_chat(session, office_id, group, 0, title=f"Nhóm {number}")
            await chats.bind(session, chat, ChatPurpose.UNIT, ids[names[number % UNITS]])
    await db.close()
    sandbox.world.updates.drop_all()  # nobody need be greeted
    return groups


class Mortal:
    """A bot that is begun again and again, and killed each time."""

    def __init__(self, sandbox: Sandbox, path: Path) -> None:
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload([crash_bot.__name__])
        self._given = (sandbox.url, f"sqlite:///{path}", MORNING, time.time())
        self._life: Any = None

    def begin(self) -> None:
        """Run a new process."""
        self._life = self._processes.Process(target=crash_bot.main, args=self._given, daemon=True)
        self._life.start()

    async def kill(self) -> None:
        """Send SIGKILL, and see that it was this that ended the process."""
        self._life.kill()
        await asyncio.to_thread(self._life.join)
        assert self._life.exitcode == -9


async def wait_for_sends(sandbox: Sandbox, counts: Counts, path: Path, sends: int) -> None:
    """Wait until so many more messages were asked for, or until all are delivered."""
    goal = counts.sends + sends
    while counts.sends < goal and owed(path):
        with suppress(TimeoutError):
            await sandbox.wait_for(lambda: counts.sends >= goal, LOOK_AGAIN)


async def kill_again_and_again(sandbox: Sandbox, counts: Counts, path: Path) -> None:
    """Kill the bot at moments spread over the whole delivery; let the last one finish it."""
    chance, bot = random.Random(20260610), Mortal(sandbox, path)
    per_life = REMINDERS / KILLS
    for number in range(KILLS):
        bot.begin()
        if number % 10:
            await wait_for_sends(sandbox, counts, path, chance.randint(1, round(2 * per_life)))
            await asyncio.sleep(chance.uniform(0, BETWEEN_SENDS))
        else:
            await asyncio.sleep(chance.uniform(0, BEGINNING))
        await bot.kill()
    bot.begin()
    await wait_for_sends(sandbox, counts, path, 100 * REMINDERS)
    await bot.kill()


def reminders(sandbox: Sandbox, groups: list[int]) -> Counter[int]:
    """Return how many reminders each group has."""
    return Counter(
        group for group in groups for message in sandbox.messages(group) if is_reminder(message)
    )


def asked(path: Path, what: str) -> int:
    """Return what the database says of the reminders."""
    with closing(sqlite3.connect(path)) as found:
        statement = f"SELECT {what} FROM outbox WHERE kind = 'morning'"
        return int(found.execute(statement).fetchone()[0] or 0)


def owed(path: Path) -> int:
    """Return how many reminders are not delivered yet; before they are planned, that is all."""
    return REMINDERS - asked(path, "sum(state NOT IN ('pending', 'sending'))")


async def test_however_often_it_is_killed_no_reminder_is_lost(tmp_path: Path) -> None:
    path, began = tmp_path / "crash.db", time.monotonic()
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        groups = await prepare(sandbox, path)
        counts = count(sandbox)
        sandbox.faults.fail_randomly(SHARE, 1, FAILURES)
        async with asyncio.timeout(LIMIT):
            await kill_again_and_again(sandbox, counts, path)
        found = reminders(sandbox, groups)

    lost, doubled = len(groups) - len(found), found.total() - len(found)
    unsure = asked(path, "sum(uncertain)")
    print(
        f"\n{KILLS} kills while {REMINDERS} reminders were delivered in "
        f"{time.monotonic() - began:.0f} s; sends failed: {dict(sorted(counts.failed.items()))}\n"
        f"lost {lost}, came twice {doubled} (at most {KILLS} kills + {counts.ambiguous} "
        f"ambiguous closings), recorded as uncertain {unsure}"
    )
    assert lost == 0
    assert asked(path, "sum(state = 'sent')") == REMINDERS
    assert doubled <= KILLS + counts.ambiguous
    assert unsure >= doubled, "whatever came twice was recorded as uncertain"
