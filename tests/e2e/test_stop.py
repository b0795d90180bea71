"""A bot that cannot reach Telegram stops all the same when it is told to."""

import asyncio
import os
import signal
import sys
from pathlib import Path

# Nothing listens on port 1, so every connection is refused at once.
NOWHERE = "http://127.0.0.1:1"
ROOT = Path(__file__).parents[2]
SOON = 5


async def test_sigterm_ends_a_bot_whose_line_is_down(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        stderr=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_API_URL": NOWHERE,
            "TELEGRAM_BOT_TOKEN": "1:secret-token",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        },
    )
    assert process.stderr is not None
    said = await process.stderr.readline()

    process.send_signal(signal.SIGTERM)
    _, rest = await asyncio.wait_for(process.communicate(), SOON)

    assert b"out of reach" in said
    assert process.returncode == 0
    assert b"secret-token" not in said + rest
    assert b"Traceback" not in rest
