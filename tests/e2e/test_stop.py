"""A bot that cannot reach Telegram stops all the same when it is told to, in under five seconds.

The seconds are the process's own (`tests.e2e.own_time`): how long a busy machine lets it wait for
its turn is nothing the bot could promise.
"""

import asyncio
import datetime as dt
import os
import signal
import sqlite3
import sys
from pathlib import Path

from bot.runtime.bot_process import GRACE
from bot.sandbox import Sandbox
from bot.sandbox.faults import Fault
from bot.services.delivery import CUT
from tests.e2e.conftest import TOKEN
from tests.e2e.test_killed import MORNING, prepare, start_bot

# Nothing listens on port 1, so every connection is refused at once.
NOWHERE = "http://127.0.0.1:1"
ROOT = Path(__file__).parents[2]
PROMISED = 5
# So that a bot that never ends fails the test instead of hanging it.
NEVER = 120


def own_seconds(file: Path) -> float:
    return float(file.read_text(encoding="ascii"))


async def test_sigterm_ends_a_bot_whose_line_is_down(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.e2e.own_time",
        "bot",
        "run",
        cwd=tmp_path,
        stderr=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OWN_TIME": str(tmp_path / "took"),
            "TELEGRAM_API_URL": NOWHERE,
            "TELEGRAM_BOT_TOKEN": "1:secret-token",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        },
    )
    assert process.stderr is not None
    said = await process.stderr.readline()

    process.send_signal(signal.SIGTERM)
    _, rest = await asyncio.wait_for(process.communicate(), NEVER)

    assert b"out of reach" in said
    assert process.returncode == 0
    assert own_seconds(tmp_path / "took") < PROMISED
    assert b"secret-token" not in said + rest
    assert b"Traceback" not in rest


async def test_a_send_that_hangs_is_cut_within_five_seconds_and_recorded_as_uncertain(
    tmp_path: Path,
) -> None:
    database = f"sqlite:///{tmp_path / 'killed.db'}"
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        await prepare(sandbox, database)
        sandbox.fail(Fault("sendMessage", delay=dt.timedelta(minutes=10), times=20))
        process = await start_bot(sandbox, database, MORNING, "never", tmp_path / "took")
        await sandbox.wait_for(
            lambda: any("Việc cần làm" in call.params.get("text", "") for call in sandbox.calls),
            dt.timedelta(seconds=60),
        )

        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), NEVER)

    assert GRACE <= own_seconds(tmp_path / "took") < PROMISED
    with sqlite3.connect(tmp_path / "killed.db") as found:
        cut = found.execute("SELECT state, reason FROM outbox WHERE uncertain = 1").fetchall()
    found.close()
    assert cut == [("pending", CUT)]
