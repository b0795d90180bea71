"""The sandbox as tests and the demo hold it: the stage together with its server."""

import asyncio
import datetime as dt
import signal
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sandbox.clock import MovableClock
from bot.sandbox.control import add_control
from bot.sandbox.page import add_page
from bot.sandbox.server import MAX_BODY, add_bot_api
from bot.sandbox.stage import Stage
from bot.sandbox.world import World

DEFAULT_TOKEN = "1:demo"


class Sandbox(Stage):
    """A running server. Start one with `await Sandbox.start(now=...)`, end it with `close`.

    `async with await Sandbox.start(...)` closes by itself.
    """

    def __init__(self, world: World, token: str, days_off: Callable[[dt.date], bool]) -> None:
        super().__init__(world, token, days_off)
        self.url = ""
        self._runner: web.AppRunner | None = None

    @classmethod
    async def start(
        cls,
        *,
        now: dt.datetime,
        token: str = DEFAULT_TOKEN,
        bot_username: str = "nhacviec_demo_bot",
        host: str = "127.0.0.1",
        port: int = 0,
        days_off: Callable[[dt.date], bool] = lambda _: False,
        on_clock_moved: Callable[[], Awaitable[None]] | None = None,
        clock_runs: bool = True,
        first_update_id: int = 100_000_001,
    ) -> Self:
        """Serve at once; port 0 takes a free one, to be read from `url`.

        `days_off` knows the days without work besides Saturdays and Sundays. With
        `clock_runs=False` time stands still between jumps.
        """
        clock = MovableClock(now, running=clock_runs)
        sandbox = cls(World(bot_username, clock, first_update_id), token, days_off)
        sandbox.on_clock_moved = on_clock_moved
        app = web.Application(client_max_size=MAX_BODY)
        add_bot_api(app, sandbox)
        add_control(app, sandbox)
        add_page(app, sandbox)
        sandbox._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await sandbox._runner.setup()
        site = web.TCPSite(sandbox._runner, host, port)
        await site.start()
        taken = sandbox._runner.addresses[0][1]
        sandbox.url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{taken}"
        return sandbox

    async def close(self) -> None:
        """Stop serving; open polls end empty."""
        self.world.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as `base_file_url`."""
        return f"{self.url}/file/bot"


async def serve(*, ready: Callable[[Sandbox], None] | None = None, **options: Any) -> None:
    """Run a sandbox until SIGTERM or SIGINT; `options` are those of `Sandbox.start`."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with await Sandbox.start(**options) as sandbox:
        if ready is not None:
            ready(sandbox)
        await stop.wait()
