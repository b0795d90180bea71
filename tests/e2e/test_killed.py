"""Kill -9 at the worst moments: what is owed arrives after the restart."""

import asyncio
import datetime as dt
import os
import signal
import sys
from collections import Counter
from pathlib import Path

from bot.domain.roles import ChatPurpose
from bot.sandbox import Sandbox
from bot.services import invitations
from bot.services.actor import Actor
from storage.db import Database
from tests.e2e.conftest import TOKEN, at, load

UNITS = ["Phòng Một", "Phòng Hai", "Phòng Ba", "Phòng Bốn", "Phòng Năm"]
MORNING = at("2026-06-10", "07:31")
ROOT = Path(__file__).parents[2]


def plan() -> bytes:
    """Return a plan in which every unit owes something today."""
    rows = [f"{n}\tViệc của {u}\tBáo cáo\t10/6/2026\t{u} chủ trì" for n, u in enumerate(UNITS, 1)]
    head = ["PHỤ LỤC", "NHIỆM VỤ NĂM 2026", "TT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công"]
    return "\n".join([*head, "I\tVIỆC CHUNG\t\t\t", *rows]).encode()


async def run_bot(sandbox: Sandbox, database: str, now: dt.datetime, moment: str) -> int:
    """Run the bot as a process and return how it ended."""
    return await (await start_bot(sandbox, database, now, moment)).wait()


async def start_bot(
    sandbox: Sandbox, database: str, now: dt.datetime, moment: str, own_time: Path | None = None
) -> asyncio.subprocess.Process:
    """Start the bot as a process; it writes into `own_time` how long it takes to stop."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *(("tests.e2e.own_time",) if own_time else ()),
        "tests.e2e.killed_bot",
        sandbox.url,
        database,
        now.isoformat(),
        moment,
        cwd=ROOT,
        env={**os.environ, "PTB_TIMEDELTA": "1", "OWN_TIME": str(own_time)},
    )


async def prepare(sandbox: Sandbox, database: str) -> list[int]:
    """Load the plan and bind one group to every unit; return the groups."""
    db = Database(database.replace("sqlite:", "sqlite+aiosqlite:"))
    await db.migrate()
    units = "name,short,aliases,group\n" + "\n".join(f"{u},,,phòng chuyên môn" for u in UNITS)
    office_id = await load(db, plan(), units, at("2026-05-04", "08:00"))
    user = sandbox.add_user("Lan")
    chats = []
    for unit in UNITS:
        chat = sandbox.add_group(unit, [user])
        sandbox.add_bot_to_group(chat)
        code = await invitations.invite(
            db, office_id, MORNING, purpose=ChatPurpose.UNIT, unit_name=unit
        )
        await invitations.join(db, Actor(user, "Lan", chat, private=False), code, MORNING)
        chats.append(chat)
    await db.close()
    return chats


def reminders(sandbox: Sandbox, chats: list[int]) -> Counter[int]:
    """Return how many reminders each chat has."""
    return Counter(
        chat
        for chat in chats
        for message in sandbox.messages(chat)
        if "Việc cần làm" in message.get("text", "")
    )


async def test_killed_between_planning_and_sending_every_reminder_arrives_once(
    tmp_path: Path,
) -> None:
    database = f"sqlite:///{tmp_path / 'killed.db'}"
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        chats = await prepare(sandbox, database)

        killed = await run_bot(sandbox, database, MORNING, "planned")
        assert killed == -signal.SIGKILL
        assert not reminders(sandbox, chats)

        ended = await run_bot(sandbox, database, MORNING, "never")

        assert ended == 0
        assert reminders(sandbox, chats) == Counter(chats)


async def test_killed_after_a_message_arrived_costs_at_most_that_one_twice(
    tmp_path: Path,
) -> None:
    database = f"sqlite:///{tmp_path / 'killed.db'}"
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        chats = await prepare(sandbox, database)

        killed = await run_bot(sandbox, database, MORNING, "sent")
        assert killed == -signal.SIGKILL
        assert reminders(sandbox, chats).total() == 1

        # The message in flight is taken over once its lease has run out.
        await run_bot(sandbox, database, MORNING + dt.timedelta(minutes=3), "never")

        found = reminders(sandbox, chats)
        assert set(found) == set(chats)
        assert sorted(found.values()) == [1, 1, 1, 1, 2]
