"""A new item in one message: a line for each thing said of it, "Hạn: 30/6". Pure."""

from bot.domain.change_phrases import FIELDS
from bot.domain.vietnamese import fold

_NAMES = {fold(word): name for name, words in FIELDS.items() for word in words}


def read_form(text: str) -> dict[str, str]:
    """Return what the lines of a message say, by name; a first line without a name is the title.

    A line without a name goes on with the one above it.
    """
    found: dict[str, str] = {}
    current = "title"
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        name = _NAMES.get(fold(head).strip(" -•*.")) if colon else None
        if name is not None:
            current, line = name, rest
        if line.strip():
            found[current] = (
                f"{found[current]}\n{line.strip()}" if current in found else line.strip()
            )
    return found
