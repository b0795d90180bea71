"""A disk that is really full: what came and what went out is neither lost nor doubled."""

import asyncio
import datetime as dt
import os
import signal
import sys
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sandbox.faults import Fault
from tests.e2e.conftest import TOKEN
from tests.e2e.full_disk_bot import DISK_IS_FREE, DISK_IS_FULL
from tests.e2e.test_killed import MORNING, ROOT, prepare, reminders

LONG = dt.timedelta(seconds=60)
SLOW = dt.timedelta(seconds=2)


async def begin(sandbox: Sandbox, database: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.e2e.full_disk_bot",
        sandbox.url,
        database,
        MORNING.isoformat(),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PTB_TIMEDELTA": "1"},
    )


async def test_a_full_disk_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'full.db'}"
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        groups = await prepare(sandbox, database)
        sandbox.world.updates.drop_all()
        lan = sandbox.add_user("Lan")
        sandbox.fail(Fault("sendMessage", delay=SLOW))
        bot = await begin(sandbox, database)
        await sandbox.wait_for(
            lambda: any("Việc cần làm" in call.params.get("text", "") for call in sandbox.calls),
            LONG,
        )

        # One reminder is on its way: it arrives, and that cannot be written down.
        bot.send_signal(DISK_IS_FULL)
        sandbox.press_start(lan)
        await sandbox.wait_for(lambda: reminders(sandbox, groups), LONG)
        await asyncio.sleep(1.0)
        sent, unconfirmed = reminders(sandbox, groups), len(sandbox.pending_updates)
        bot.send_signal(DISK_IS_FREE)
        await sandbox.wait_for(lambda: len(reminders(sandbox, groups)) == len(groups), LONG)
        await sandbox.wait_for_message(lan, within=LONG)
        bot.send_signal(signal.SIGTERM)
        _, said = await bot.communicate()

        assert sent.total() == 1, "nothing more is sent while it could not be recorded"
        assert unconfirmed == 1, "what cannot be written down is not confirmed"
        assert set(reminders(sandbox, groups).values()) == {1}
        assert len([m for m in sandbox.messages(lan) if m["from"]["id"] != lan]) == 1
        assert bot.returncode == 0
        assert b"Traceback" not in said
