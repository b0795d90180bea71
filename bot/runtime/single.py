"""One bot at a time for a database: a lock that dies with its process, however that ends."""

import asyncio
import fcntl
import logging
import os
from pathlib import Path
from typing import TextIO

logger = logging.getLogger(__name__)

LOOK_AGAIN = 1.0


class SingleInstance:
    """The lock beside an SQLite file; None as file (in memory): nobody else can reach it.

    Beside the file itself, whatever links lead there.
    """

    def __init__(self, database: Path | None) -> None:
        real = database.resolve() if database else None
        self._path = real.with_name(f"{real.name}.lock") if real else None
        self._file: TextIO | None = None

    async def take(self) -> None:
        """Take the lock; where another process holds it, say so once and wait for its end."""
        if self._path is None or self._file is not None:
            return
        file = self._path.open("a+")
        try:
            told = False
            while not _lock(file):
                if not told:
                    logger.warning(
                        "another nhacviec runs on this database (process %s); waiting for its end",
                        _holder(file),
                    )
                told = True
                await asyncio.sleep(LOOK_AGAIN)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let another process begin."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: TextIO) -> str:
    file.seek(0)
    return file.read().strip() or "?"
