"""A trouble that lasts is written to the log when it begins and when it is over, not between."""

import logging

logger = logging.getLogger(__name__)


class Trouble:
    """What is wrong just now with one thing; nothing at first."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._reason: str | None = None

    def began(self, reason: str) -> None:
        """Note what is wrong; the same reason again says nothing."""
        if reason != self._reason:
            logger.error("%s: %s; trying again until it works", self._what, reason)
        self._reason = reason

    def over(self) -> None:
        """Note that it works."""
        if self._reason is not None:
            logger.warning("%s: works again", self._what)
        self._reason = None
