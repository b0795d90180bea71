"""Words typed without tone marks against codes, titles and products. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_WORD = re.compile(r"[a-z0-9]+")
_PIECE = re.compile(r"[ivxlc]+|[0-9]+[a-z]?")
_MARKS = re.compile(r"[\u0300-\u036f]+")
# As much of a search as the data of a button holds.
LONGEST_ARGUMENT = 36
_END = " |"


class Hit(NamedTuple):
    """An item that matches, with its text as `searched_text` wrote it; `closed` is its plan's id.

    None: the plan is in use.
    """

    item_id: int
    text: str
    closed: int | None = None


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without marks, đ as d: "III.5" is two, as is "123/BC".

    Where a tone mark stands does not matter once it is dropped, so that this can be quicker than
    `vietnamese.fold`: a whole plan is read at once.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    return tuple(_WORD.findall(bare.replace("đ", "d")))


def as_read(argument: str) -> str:
    """Return what is searched for as people read it: a code with its dots, III.5, else words."""
    words = words_of(argument)
    if len(words) > 1 and all(_PIECE.fullmatch(word) for word in words):
        return ".".join(words).upper()
    return " ".join(words)


def as_argument(text: str) -> str:
    """Return what is searched for as a list's argument, cut at a word that no longer fits."""
    argument = ""
    for word in words_of(text):
        longer = f"{argument}-{word}" if argument else word[:LONGEST_ARGUMENT]
        if len(longer) > LONGEST_ARGUMENT:
            break
        argument = longer
    return argument


def searched_text(code: str, title: str, product: str) -> str:
    """Return the text of an item in which words are looked for, each behind a space."""
    return "".join(f" {' '.join(words_of(text))}{_END}" for text in (code, title, product))


def rank(words: Sequence[str], hits: Iterable[Hit]) -> list[Hit]:
    """Return the items, best first: the code asked for, codes that begin so, then titles.

    Those of closed plans stand behind, each plan's together, in the order in which plans came.
    """
    found = list(hits)
    order = {plan: place for place, plan in enumerate(dict.fromkeys(h.closed for h in found), 1)}
    order[None] = 0
    return sorted(found, key=lambda hit: (order[hit.closed], _place(words, hit.text)))


def _place(words: Sequence[str], text: str) -> int:
    phrase = f" {' '.join(words)}"
    code, title, *_ = text.split(_END)
    if code == phrase:
        return 0
    if code.startswith(f"{phrase} ") or code.startswith(phrase):
        return 1
    if phrase in title:
        return 2
    return 3 if all(f" {word}" in title for word in words) else 4
