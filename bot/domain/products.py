"""The product column ("Sản phẩm") as products that can be ticked one by one. Pure.

A report says which were made by their places (from 0), so that the places must stay the same for
the same text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.products_phrases import CONJUNCTION, CONTINUATIONS, PRODUCT_NOUNS
from bot.domain.vietnamese import composed, fold, same_words

# A bullet, or a number that is one: "1.", "2)", "(3)", "a)". A figure ("100% hồ sơ") is none.
_BULLET = re.compile(r"^\s*(?:[-+*•●▪–—]+\s*|(?:\(?\d{1,2}[.)]|\(?[a-zđ]\))\s+)")
_NOUNS = "|".join(sorted(PRODUCT_NOUNS, key=len, reverse=True))
# "kế hoạch, báo cáo …", "kế hoạch và báo cáo …": the first is a name of at most five words.
_TWO = re.compile(
    rf"(?:{_NOUNS})(?: [^\s,;()]+){{0,3}}?(?P<join>,\s*| {CONJUNCTION} )(?={_NOUNS})"
)
_GOES_ON = re.compile(rf"(?:{'|'.join(CONTINUATIONS)})\b")
_OPENS, _CLOSES = "([{“", ")]}”"


@dataclass(frozen=True, slots=True)
class Products:
    """What a product text lists; `head` is what stands before its bullets, "" without."""

    head: str
    each: tuple[str, ...]


def split_products(text: str) -> tuple[str, ...]:
    """Return the products that a text of the product column names, in order."""
    return read_products(text).each


def read_products(text: str) -> Products:
    """Return the products of a text, and what introduces them.

    Where lines bear bullets, each is one product, whatever it lists itself; else semicolons part
    them, outside brackets, and two kinds of document in a row at the beginning.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    bulleted = [_BULLET.match(line) is not None for line in lines]
    if not any(bulleted):
        return Products("", tuple(_cleaned(one for line in lines for one in _parts(line))))
    first = bulleted.index(True)
    head = composed(" ".join(lines[:first]))
    products = list(_joined(lines[first:]))
    if head and not head.endswith(":"):
        return Products("", tuple(_cleaned([head, *products])))
    return Products(head.rstrip(" :"), tuple(_cleaned(products)))


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield each bullet with the lines that go on with it.

    A line without a bullet is one of its own when it begins like one after a finished line.
    """
    held = ""
    for line in lines:
        found = _BULLET.match(line)
        rest = line[found.end() :] if found else line.strip()
        begins = found or (held.rstrip().endswith((";", ".")) and rest[:1].isupper())
        if begins and held:
            yield held
            held = ""
        held = f"{held} {rest}" if held else rest
    if held:
        yield held


def _parts(line: str) -> Iterator[str]:
    """Yield what the semicolons of a line part; two documents at its head are two."""
    held = ""
    for piece in _outside_brackets(line):
        if held and _GOES_ON.match(same_words(piece)):
            held = f"{held};{piece}"
            continue
        if held:
            yield from _two(held)
        held = piece
    yield from _two(held)


def _outside_brackets(line: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(line):
        if letter in _OPENS:
            depth += 1
        elif letter in _CLOSES:
            depth = max(0, depth - 1)
        elif letter == ";" and not depth:
            yield line[start:at]
            start = at + 1
    yield line[start:]


def _two(text: str) -> Iterator[str]:
    whole = composed(text)
    bare = fold(whole)
    found = _TWO.match(bare) if len(bare) == len(whole) else None
    if found is None:
        yield whole
        return
    yield whole[: found.start("join")]
    yield whole[found.end("join") :]


def _cleaned(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        single = composed(text).strip(" ;.,")
        if single:
            yield single[0].upper() + single[1:]
