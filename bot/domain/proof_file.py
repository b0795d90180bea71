"""Which files are taken as evidence, and what they are called here. Pure."""

import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from bot.domain.errors import UserError
from bot.domain.problem import N_

LONGEST_NAME = 120
NAMELESS = "file"
WRONG_KIND = N_(
    "Files of this kind are not taken as evidence: {name}. These are: {kinds}; or send a link. "
    "Nothing has changed."
)
# No program may take these for a folder, a stream, a pattern or a quotation.
_UNSAFE = frozenset('/\\:*?"<>|')

# How programs begin: Windows, Linux, scripts, macOS.
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe",
)  # fmt: skip


def safe_name(name: str) -> str:
    """Return a file's name without path parts, control and bidi characters, at most 120 letters.

    The ending is kept where the name is shortened.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # "C…" are control, format (bidi among them), surrogate and unassigned characters; "Z…" spaces.
    shown = "".join(
        " " if unicodedata.category(letter)[0] == "Z" else letter
        for letter in last
        if unicodedata.category(letter)[0] != "C"
    )
    plain = "".join("_" if letter in _UNSAFE else letter for letter in shown)
    plain = " ".join(plain.split()).strip(". ") or NAMELESS
    if len(plain) <= LONGEST_NAME:
        return plain
    ending = PurePath(plain).suffix[:10]
    return plain[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def is_program(data: bytes) -> bool:
    """Tell whether a content begins as a program does, whatever its name says."""
    return data.startswith(_PROGRAMS)


def check_kind(name: str, allowed: Sequence[str], *, program: bool = False) -> None:
    """Refuse what is of none of the kinds that the office allows, by the name's ending.

    `program`: its content is a program's, whatever its name says.

    Raises:
        UserError: it is of another kind.
    """
    if PurePath(name).suffix.lower().lstrip(".") not in allowed or program:
        raise UserError(WRONG_KIND, name=name, kinds=", ".join(allowed))
