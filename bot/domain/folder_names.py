"""Names of the files in a folder of proofs: safe on every system, and each its own. Pure."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100
# What some system forbids in names, with control and direction marks.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def safe_name(name: str) -> str:
    """Return a file's name without a path, or marks that a system forbids; never empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = " ".join(_FORBIDDEN.sub("", last).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[:LONGEST] or "tep"
    return f"{stem[: LONGEST - len(ending) - 1].rstrip() or 'tep'}.{ending}"


def member_names(files: Iterable[tuple[str, str]]) -> list[str]:
    """Return the place of each (item code, file name): "III.5/001 bao-cao.pdf", numbered by item."""
    counts: dict[str, int] = {}
    names = []
    for code, name in files:
        counts[code] = counts.get(code, 0) + 1
        folder = safe_name(code) or "_"
        names.append(f"{folder}/{counts[code]:03d} {safe_name(name)}")
    return names
