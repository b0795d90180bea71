"""The only place that reads the system clock."""

import datetime as dt
import time
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present instant, aware UTC."""
    return dt.datetime.now(dt.UTC)


def steady() -> float:
    """Return seconds that only run forward, also while the machine sleeps.

    A host's clock that is set back or forward does not move them.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
