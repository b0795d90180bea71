"""Vietnamese text in one spelling: composed letters, plain spaces and dashes, one tone placement.

Nothing here knows what a phrase means; see `grammar.phrases` for words.
"""

import re
import unicodedata
from dataclasses import dataclass

_SPACES = dict.fromkeys(
    map(ord, "\t\x0b\x0c\x1c\x1d\x1e\x1f\xa0\u1680\u2007\u202f\u205f\u3000"), " "
) | dict.fromkeys(range(8192, 8203), " ")
_NOTHING: dict[int, str | None] = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"), None
)
_LINES = dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2044: "/", 0x2215: "/"}
_PLAIN: dict[int, str | None] = {**_SPACES, **_NOTHING, **_LINES, **_DASHES, **_QUOTES}

# "hoà" and "hòa" are one word: the mark goes on the first vowel of an open oa, oe, uy. After "q"
# the "u" is no vowel ("quý").
_NEW_STYLE = [
    "oà",
    "oá",
    "oả",
    "oã",
    "oạ",
    "oè",
    "oé",
    "oẻ",
    "oẽ",
    "oẹ",
    "uỳ",
    "uý",
    "uỷ",
    "uỹ",
    "uỵ",
]
_OLD_STYLE = [
    "òa",
    "óa",
    "ỏa",
    "õa",
    "ọa",
    "òe",
    "óe",
    "ỏe",
    "õe",
    "ọe",
    "ùy",
    "úy",
    "ủy",
    "ũy",
    "ụy",
]
_TONE = dict(zip(_NEW_STYLE, _OLD_STYLE, strict=True))
_TONE_RE = re.compile(rf"(?<!q)(?:{'|'.join(_NEW_STYLE)})(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical lower-case text and, for each of its letters, where that stood in the source.

    `origin` has one entry more than `text`: the source's length.
    """

    text: str
    origin: tuple[int, ...]


def canonical(source: str) -> Canonical:
    """Return `source` composed, lower-cased, with plain spaces, dashes and one tone placement."""
    letters: list[str] = []
    origin: list[int] = []
    for start, cluster in _clusters(source):
        for letter in unicodedata.normalize("NFC", cluster).translate(_PLAIN):
            lower = letter.lower()
            letters.append(lower if len(lower) == 1 else letter)
            origin.append(start)
    text = _TONE_RE.sub(lambda found: _TONE[found.group()], "".join(letters))
    return Canonical(text, (*origin, len(source)))


def _clusters(source: str) -> list[tuple[int, str]]:
    """Return each base letter with the combining marks that follow it, and its offset."""
    found: list[tuple[int, str]] = []
    start = 0
    for at in range(1, len(source) + 1):
        # A run of marks is cut at eight: nothing real has more, and hostile text may.
        if at < len(source) and unicodedata.combining(source[at]) and at - start < 8:
            continue
        found.append((start, source[start:at]))
        start = at
    return found if source else []


def same_words(text: str) -> str:
    """Return `text` in canonical form, white space single: equal for equal readings."""
    return " ".join(canonical(text).text.split())


def composed(text: str) -> str:
    """Return `text` for showing: composed letters, plain spaces, white space single, case kept."""
    return " ".join(unicodedata.normalize("NFC", text).translate({**_SPACES, **_NOTHING}).split())


def fold(text: str) -> str:
    """Return canonical `text` without any mark, đ as d, to compare words typed without marks."""
    decomposed = unicodedata.normalize("NFD", canonical(text).text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("đ", "d")


def has_marks(text: str) -> bool:
    """Tell whether any letter of `text` bears a Vietnamese mark (đ included)."""
    return fold(text) != canonical(text).text
