"""Automatic numbers and bullets of a Word file, which stand in no text of it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from bot.intake.docx_text import Element, W
from bot.intake.figures import figure

LEVELS = 9
MAX_STYLES = 20


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: "decimal", "%1." and the first number."""

    kind: str
    text: str
    start: int
    style: str = ""


@dataclass(slots=True)
class List:
    """A list as paragraphs name it; lists of one `family` count on, but for `restarts`."""

    family: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are asked for."""

    def __init__(self, root: Element | None, styles: Element | None) -> None:
        self._lists = {} if root is None else dict(_lists(root))
        self._styles = {} if styles is None else _styles(styles)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def mark(self, paragraph: Element) -> str:
        """Return "- " or the number before a paragraph, counting it; "" for a plain one."""
        key, at = self._place(paragraph)
        found = self._lists.get(key)
        level = found.levels.get(at) if found is not None else None
        if found is None or level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "+ " if at else "- "
        counts = self._counts[found.family]
        while found.restarts:
            restarted, start = found.restarts.popitem()
            counts[restarted] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in range(at + 1, LEVELS):
            counts.pop(deeper, None)
        return f"{_written(found, level, counts)} "

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return list and level of a paragraph, its own or its style's; ("", 0) where none."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None and (key := _value(own.find(f"{W}numId"))):
            return key, _whole(_value(own.find(f"{W}ilvl")), 0)
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        for _ in range(MAX_STYLES):
            if style not in self._styles:
                break
            properties, above = self._styles[style]
            if properties is not None and (key := _value(properties.find(f"{W}numId"))):
                return key, self._level_of(key, style, properties)
            style = above
        return "", 0

    def _level_of(self, key: str, style: str, properties: Element) -> int:
        """Return the level that a style stands for in its list."""
        levels = self._lists[key].levels if key in self._lists else {}
        linked = (at for at, level in levels.items() if level.style == style)
        return next(linked, _whole(_value(properties.find(f"{W}ilvl")), 0))


def _written(found: List, level: Level, counts: dict[int, int]) -> str:
    """Return the number as the level's pattern writes it: "%1.%2." gives "2.1."."""

    def one(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        its = found.levels.get(at, level)
        return figure(counts.get(at, its.start), its.kind)

    return re.sub(r"%([1-9])", one, level.text)


def _lists(root: Element) -> list[tuple[str, List]]:
    """Return the lists by the key that paragraphs name them with."""
    families = {
        abstract.get(f"{W}abstractNumId", ""): _levels(abstract)
        for abstract in root.iter(f"{W}abstractNum")
    }
    lists = []
    for number in root.iter(f"{W}num"):
        family = _value(number.find(f"{W}abstractNumId"))
        found = List(family, dict(families.get(family, {})))
        for override in number.iter(f"{W}lvlOverride"):
            found.levels |= _levels(override)
            start = _value(override.find(f"{W}startOverride"))
            if start.isdecimal():
                found.restarts[_whole(override.get(f"{W}ilvl", ""), 0)] = int(start)
        lists.append((number.get(f"{W}numId", ""), found))
    return lists


def _levels(parent: Element) -> dict[int, Level]:
    return {
        _whole(level.get(f"{W}ilvl", ""), 0): Level(
            _value(level.find(f"{W}numFmt")),
            _value(level.find(f"{W}lvlText")),
            _whole(_value(level.find(f"{W}start")), 1),
            _value(level.find(f"{W}pStyle")),
        )
        for level in parent.iter(f"{W}lvl")
    }


def _styles(root: Element) -> dict[str, tuple[Element | None, str]]:
    """Return each style's numbering and the style it is based on."""
    return {
        style.get(f"{W}styleId", ""): (
            style.find(f"{W}pPr/{W}numPr"),
            _value(style.find(f"{W}basedOn")),
        )
        for style in root.iter(f"{W}style")
    }


def _value(element: Element | None) -> str:
    return str(element.get(f"{W}val", "")) if element is not None else ""


def _whole(value: str, default: int) -> int:
    return int(value) if value.isdecimal() and len(value) < 7 else default
