"""Files kept by their content: the same content is kept once, and a name never becomes a path."""

import asyncio
import hashlib
import os
import re
import tempfile
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileStore:
    """A folder of files named by the SHA-256 of what is in them (`ab/abcdef…`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, data: bytes) -> str:
        """Keep `data` and return its SHA-256 in hex; what is kept already stays as it is."""
        return await asyncio.to_thread(self._put, data)

    def path_of(self, sha256: str) -> Path:
        """Return where a content is kept; nothing says that it is.

        Raises:
            ValueError: this is no SHA-256 in hex.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / sha256

    async def read(self, sha256: str | None) -> bytes | None:
        """Return a content, None where it is not kept."""
        if sha256 is None:
            return None
        path = self.path_of(sha256)
        return await asyncio.to_thread(lambda: path.read_bytes() if path.is_file() else None)

    async def drop(self, sha256: str) -> None:
        """Forget a content."""
        await asyncio.to_thread(self.path_of(sha256).unlink, missing_ok=True)

    def _put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path_of(sha256)
        if path.is_file() and path.stat().st_size == len(data):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)  # whole or not at all
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha256
