"""A folder of files as ZIP, in parts that a chat takes; an index stands in each."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Telegram takes 50 MB; what stands around the files needs a little.
PART_LIMIT = 48 * 1024 * 1024
# Of each member: its two headers, beside its name twice.
MEMBER_ROOM = 256
STAMP = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive


@dataclass(frozen=True, slots=True)
class Member:
    """A file on disk and where it stands in the archive."""

    path: Path
    name: str
    size: int


def plan_parts(members: Sequence[Member], index_size: int) -> list[list[Member]]:
    """Return the members of each part, in their order; at least one part, perhaps empty.

    `index_size` is kept free in each. A file is never cut: none is larger than a part, since
    what bots may fetch is smaller.
    """
    parts: list[list[Member]] = [[]]
    room = PART_LIMIT - index_size
    left = room
    for member in members:
        needs = member.size + 2 * len(member.name.encode()) + MEMBER_ROOM
        if parts[-1] and needs > left:
            parts.append([])
            left = room
        parts[-1].append(member)
        left -= needs
    return parts


def write_parts(
    members: Sequence[Member], index_name: str, index: bytes
) -> Iterator[tuple[int, int, bytes]]:
    """Yield (number, how many, bytes) of each part, one at a time to spare memory.

    Files are stored as they are: office files and pictures are packed already.
    """
    parts = plan_parts(members, len(index) + MEMBER_ROOM)
    for number, part in enumerate(parts, start=1):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(index_name, STAMP), index)
            for member in part:
                archive.writestr(zipfile.ZipInfo(member.name, STAMP), member.path.read_bytes())
        yield number, len(parts), data.getvalue()
