"""Keys for comparing Vietnamese names: with and without diacritics, tone placement aside."""

import re
import unicodedata

from bot.domain.vietnamese import fold

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
DASHES = re.compile(r"[-\u2010-\u2015\u2212]")
WORD = re.compile(r"[^\W_]+")
# "PLtổng hợp": an abbreviation and the next word run together in scans.
GLUED = re.compile(r"(?<=[A-ZĐ]{2})(?=[a-zđà-ỹ]{2})")


def bare(text: str) -> str:
    """Return `text` in lower case without diacritics, its white space single."""
    return " ".join(fold(text).split())


def word_key(word: str) -> str:
    """Return a word's key: lower case, its tone mark moved to the end ("hòa" as "hoà")."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(char for char in decomposed if char in TONES)
    rest = "".join(char for char in decomposed if char not in TONES)
    return unicodedata.normalize("NFC", rest) + tones


def word_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of `text`; dashes, commas and brackets only separate."""
    return tuple(word_key(word) for word in WORD.findall(text))


def unglue(text: str) -> str:
    """Return `text` with a space where an abbreviation runs into the next word."""
    return GLUED.sub(" ", text)
