"""Automatic numbers and bullets of a Word file, which stand in no text of it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: "decimal", "%1." and the first number."""

    kind: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are asked for."""

    def __init__(self, root: Element | None) -> None:
        lists = {} if root is None else _abstract_lists(root)
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        for number in [] if root is None else root.iter(f"{W}num"):
            abstract = number.find(f"{W}abstractNumId")
            key = number.get(f"{W}numId", "")
            self._list_of[key] = abstract.get(f"{W}val", "") if abstract is not None else ""
            self._levels[key] = lists.get(self._list_of[key], {})
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def mark(self, paragraph: Element) -> str:
        """Return "- " or the number before a paragraph, counting it; "" for a plain one."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            return ""
        key = _value(found.find(f"{W}numId"))
        depth = _value(found.find(f"{W}ilvl"))
        at = min(int(depth), LEVELS - 1) if depth.isdecimal() else 0
        level = self._levels.get(key, {}).get(at)
        if level is None or key == "0" or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "+ " if at else "- "
        counts = self._counts[self._list_of[key]]
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in range(at + 1, LEVELS):
            counts.pop(deeper, None)
        return f"{self._written(key, level, counts)} "

    def _written(self, key: str, level: Level, counts: dict[int, int]) -> str:
        """Return the number as the level's pattern writes it: "%1.%2." gives "2.1."."""

        def one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            its = self._levels[key].get(at, level)
            return _figure(counts.get(at, its.start), its.kind)

        return re.sub(r"%([1-9])", one, level.text)


def _abstract_lists(root: Element) -> dict[str, dict[int, Level]]:
    lists = {}
    for abstract in root.iter(f"{W}abstractNum"):
        levels = {}
        for level in abstract.iter(f"{W}lvl"):
            at = level.get(f"{W}ilvl", "0")
            start = _value(level.find(f"{W}start"))
            levels[int(at) if at.isdecimal() else 0] = Level(
                _value(level.find(f"{W}numFmt")),
                _value(level.find(f"{W}lvlText")),
                int(start) if start.isdecimal() else 1,
            )
        lists[abstract.get(f"{W}abstractNumId", "")] = levels
    return lists


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _figure(count: int, kind: str) -> str:
    """Return a count in the figures of a list."""
    if kind in ("upperRoman", "lowerRoman"):
        figure = ""
        for value, letters in ROMAN:
            while count >= value and len(figure) < 12:
                figure, count = figure + letters, count - value
        return figure.lower() if kind == "lowerRoman" else figure
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(count)
