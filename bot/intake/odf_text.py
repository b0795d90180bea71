"""The text of OpenDocument paragraphs and lists, without notes, comments and deleted words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.intake.figures import figure

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SKIPPED = frozenset(
    (f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}ruby-text")
)
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
LETTERS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked: a bullet, or a number with what stands around it."""

    bullet: bool
    kind: str = "decimal"
    before: str = ""
    after: str = ""


class Lists:
    """The list styles of a file, and the counts of the lists met so far."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles = {
            style.get(f"{STYLE}name", ""): _levels(style)
            for root in roots
            if root is not None
            for style in root.iter(f"{TEXT}list-style")
        }
        self._counts: dict[tuple[str, int], int] = {}

    def mark(self, style: str, depth: int, *, goes_on: bool) -> str:
        """Return "- " or the number before an item; `goes_on` counts further in its list."""
        level = self._styles.get(style, {}).get(depth)
        if level is None or level.bullet:
            return "+ " if depth > 1 else "- "
        count = self._counts.get((style, depth), 0) + 1 if goes_on else 1
        self._counts[style, depth] = count
        return f"{level.before}{figure(count, level.kind)}{level.after} "


def _levels(style: Element) -> dict[int, Level]:
    levels = {}
    for level in style:
        depth = level.get(f"{TEXT}level", "1")
        numbered = level.tag == f"{TEXT}list-level-style-number"
        levels[int(depth) if depth.isdecimal() else 1] = Level(
            not numbered,
            LETTERS.get(level.get(f"{STYLE}num-format", "1"), "lowerLetter"),
            level.get(f"{STYLE}num-prefix", ""),
            level.get(f"{STYLE}num-suffix", ""),
        )
    return levels


def lines_of(
    elements: Iterable[Element], lists: Lists, style: str = "", depth: int = 0
) -> Iterator[str]:
    """Yield the paragraphs in some elements, list items after their mark, tables as lines."""
    for element in elements:
        if element.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield "".join(_texts(element))
        elif element.tag == f"{TEXT}list":
            yield from _list_lines(element, lists, style, depth + 1)
        elif element.tag not in SKIPPED:
            yield from lines_of(element, lists, style, depth)


def _list_lines(element: Element, lists: Lists, style: str, depth: int) -> Iterator[str]:
    """Yield the lines of a list, the first of each item marked."""
    name = element.get(f"{TEXT}style-name", style)
    goes_on = element.get(f"{TEXT}continue-numbering") == "true"
    for item in element:
        marked = item.tag != f"{TEXT}list-item"
        for part in item:
            for line in lines_of([part], lists, name, depth):
                own = not marked and part.tag != f"{TEXT}list"
                yield f"{lists.mark(name, depth, goes_on=goes_on)}{line}" if own else line
                goes_on = goes_on or own
                marked = marked or own


def _texts(element: Element) -> Iterator[str]:
    """Yield the pieces of text in a paragraph."""
    yield element.text or ""
    for child in element:
        if child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag not in SKIPPED:
            yield from _texts(child)
        yield child.tail or ""
