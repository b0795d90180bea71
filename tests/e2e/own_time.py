"""Run a module as a process that measures its own time from SIGTERM to its end.

Own time is what the process waits for, by the timers it sets, and the processor time it uses. What
a busy machine adds, by letting it or its disk wait for a turn, is not its own: the loop's clock
stands still meanwhile. So a promise about seconds can be tested on any machine.

Arguments: the module and its arguments. The seconds are written into the file that `OWN_TIME`
names when the loop closes.
"""

import asyncio
import os
import runpy
import selectors
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FILE = "OWN_TIME"


class _Waits(selectors.DefaultSelector):
    """Counts the seconds that were waited out: those until a timer was due."""

    seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout)
        if timeout and not ready:
            self.seconds += timeout
        return ready


class OwnTimeLoop(asyncio.SelectorEventLoop):
    """A loop whose clock runs only while it waits for a timer."""

    def __init__(self) -> None:
        self._waits = _Waits()
        self._signalled: float | None = None
        super().__init__(self._waits)

    def time(self) -> float:
        """Return the seconds waited out so far."""
        return self._waits.seconds

    def add_signal_handler(self, sig: int, callback: Callable[..., Any], *args: Any) -> None:
        """Handle a signal, and begin to measure."""

        def handle() -> None:
            self._signalled = self._own()
            callback(*args)

        super().add_signal_handler(sig, handle)

    def close(self) -> None:
        """Write down what was measured."""
        if self._signalled is not None:
            took = self._own() - self._signalled
            Path(os.environ[FILE]).write_text(str(took), encoding="ascii")
            self._signalled = None
        super().close()

    def _own(self) -> float:
        return self._waits.seconds + time.process_time()


class _Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = OwnTimeLoop


if __name__ == "__main__":
    asyncio.set_event_loop_policy(_Policy())
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
