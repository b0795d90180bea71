"""The only place that reads the system clock."""

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present instant, aware UTC."""
    return dt.datetime.now(dt.UTC)
