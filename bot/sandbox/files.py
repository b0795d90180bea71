"""Files as the sandbox keeps them: in memory, found by id or by download path."""

import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bot.sandbox.refusal import FILE_EMPTY, FILE_TOO_BIG, WRONG_FILE, refuse

MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
# JPEG segments that carry the size of the picture.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the sandbox can hand out again."""

    id: str
    path: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0

    def as_document(self) -> dict[str, Any]:
        """Return the Document object of a message."""
        return {**self.as_file(), "file_name": self.name, "mime_type": self.mime}

    def as_photo(self) -> list[dict[str, Any]]:
        """Return the PhotoSize list of a message, the largest last."""
        whole = {**self.as_file(), "width": self.width, "height": self.height}
        scale = max(self.width, self.height) / 90
        if scale <= 1:
            return [whole]
        small = {
            **whole,
            "width": max(1, round(self.width / scale)),
            "height": max(1, round(self.height / scale)),
        }
        return [small, whole]

    def as_file(self) -> dict[str, Any]:
        """Return the fields that every object with a file has."""
        return {
            "file_id": self.id,
            "file_unique_id": f"unique-{self.id}",
            "file_size": len(self.data),
        }


class FileStore:
    """All files of one sandbox."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, *, as_photo: bool = False) -> StoredFile:
        """Store an upload; refuse what is empty, too big or not a picture where one is due."""
        if not upload.data:
            refuse(FILE_EMPTY)
        if len(upload.data) > (MAX_PHOTO if as_photo else MAX_UPLOAD):
            refuse(FILE_TOO_BIG)
        number = len(self._by_id) + 1
        folder = "photos" if as_photo else "documents"
        path = f"{folder}/file_{number}{PurePosixPath(upload.name).suffix}"
        width, height = _checked_size(upload.data) if as_photo else (0, 0)
        stored = StoredFile(
            f"file-{number}-{folder}", path, upload.name, upload.mime, upload.data, width, height
        )
        self._by_id[stored.id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Return the file with this id, else refuse."""
        if file_id not in self._by_id:
            refuse(WRONG_FILE)
        return self._by_id[file_id]

    def find_by_path(self, path: str) -> StoredFile | None:
        """Return the file at a download path; None when there is none."""
        return self._by_path.get(path)


def _checked_size(data: bytes) -> tuple[int, int]:
    size = picture_size(data)
    if size is None:
        refuse("Bad Request: IMAGE_PROCESS_FAILED")
    if sum(size) > MAX_PHOTO_SIDES or max(size) > MAX_PHOTO_RATIO * min(size):
        refuse("Bad Request: PHOTO_INVALID_DIMENSIONS")
    return size


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG picture; None when it is none of them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    else:
        return None
    return (width, height) if width and height else None


def picture_mime(data: bytes) -> str:
    """Return the media type of a picture whose size is known."""
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/gif" if data.startswith(b"GIF8") else "image/jpeg"


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
