"""Which files are taken as evidence, and what they are called here. Pure."""

import unicodedata
from pathlib import PurePath

from bot.domain.errors import UserError
from bot.domain.problem import N_

LONGEST_NAME = 120
NAMELESS = "file"
ENDINGS = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "ods", "odt", "ppt", "pptx"}
    | {
        "jpg",
        "jpeg",
        "png",
        "heic",
        "webp",
        "tif",
        "tiff",
        "rtf",
        "txt",
        "csv",
        "zip",
        "rar",
        "7z",
    }
)
WRONG_KIND = N_(
    "Files of this kind are not taken as evidence: {name}. Send a PDF, Word, Excel, PowerPoint "
    "or OpenDocument file, a picture, a text or an archive (ZIP, RAR, 7Z), or a link. "
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


def check_kind(name: str) -> None:
    """Refuse what is neither a document, a picture nor an archive, by the name's ending.

    Raises:
        UserError: it is of another kind.
    """
    if PurePath(name).suffix.lower().lstrip(".") not in ENDINGS:
        raise UserError(WRONG_KIND, name=name)
