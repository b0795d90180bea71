"""Names of the files in a folder of proofs: safe on every system, and each its own. Pure."""

import re
from collections.abc import Iterable

from bot.domain.proof_file import safe_name

# What some system forbids in names, beyond what a name that came with a file has lost already.
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def member_names(files: Iterable[tuple[str, str]]) -> list[str]:
    """Return the place of each (item code, file name), numbered: "III.5/001 bao-cao.pdf"."""
    counts: dict[str, int] = {}
    names = []
    for code, name in files:
        counts[code] = counts.get(code, 0) + 1
        folder, plain = (_FORBIDDEN.sub("", safe_name(one)) for one in (code, name))
        names.append(f"{folder or '_'}/{counts[code]:03d} {plain}")
    return names
