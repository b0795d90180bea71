"""Targets in a sentence ("chỉ tiêu"): "đạt từ 95% trở lên", "Từ 13 TTHC trở lên".

A figure is a target where it is a share, or where a word of measure stands beside it; other
numbers ("02 đơn vị", "mức độ 3", dates, numbers of documents) are none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.indicator_phrases import (
    AT_LEAST_AFTER,
    AT_LEAST_BEFORE,
    AT_MOST_AFTER,
    AT_MOST_BEFORE,
    NO_UNIT,
    NONE_ALLOWED,
    REACHES,
    UNIT_END,
    UNIT_WORDS,
)
from bot.domain.vietnamese import canonical


class Direction(StrEnum):
    """On which side of its number a value meets the target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NONE_ALLOWED = "none_allowed"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target; `number` is 0 where none is allowed. `text` is the phrase as written.

    `unit` is "%" or the noun counted ("TTHC"); "" where the sentence has none. `exclusive` marks
    "trên 30%": the number itself does not meet the target.
    """

    direction: Direction
    number: Decimal
    unit: str
    text: str
    exclusive: bool = False

    @property
    def has_figure(self) -> bool:
        """Tell whether the sentence writes a number: "không có trường hợp nào" does not."""
        return self.direction is not Direction.NONE_ALLOWED


# "1.500" groups thousands, "97,5" and "97.5" are decimals; no date, ordinal or document number.
_NUMBER = r"(?<![\d/.,\w-])(?P<number>\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?)(?![\d/])(?!\.\d)"
_FIGURE = re.compile(
    rf"(?P<before>(?:(?:{AT_LEAST_BEFORE}|{AT_MOST_BEFORE}|{REACHES})\s+)*(?:≥|>=|≤|<=|>|<)?\s*)"
    rf"{_NUMBER}\s*(?P<percent>%|phần trăm)?(?=(?P<after>[^.;:,()\d]*))"
)
_NONE = re.compile(NONE_ALLOWED)


def find_indicator(text: str) -> Indicator | None:
    """Return the first target of `text`; None where it states none."""
    found = find_indicators(text)
    return found[0] if found else None


def find_indicators(text: str) -> tuple[Indicator, ...]:
    """Return the targets of `text`, figures in order, then what must not happen at all."""
    plain = canonical(text)
    found = []
    for match in _FIGURE.finditer(plain.text):
        if target := _read(match):
            direction, unit, exclusive, end = target
            first = match.start() + len(match[0]) - len(match[0].lstrip())
            words = text[plain.origin[first] : plain.origin[end]].strip()
            number = _number(match["number"])
            unit_text = "%" if unit == "%" else _as_written(text, plain.origin, match, unit)
            found.append(Indicator(direction, number, unit_text, words, exclusive))
    for match in _NONE.finditer(plain.text):
        words = text[plain.origin[match.start()] : plain.origin[match.end()]]
        found.append(Indicator(Direction.NONE_ALLOWED, Decimal(0), "", words))
    return tuple(found)


def _number(written: str) -> Decimal:
    """Return the value of "97,5", "1.500" or "05"."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        return Decimal(written.replace(".", ""))
    return Decimal(written.replace(",", "."))


def _read(match: re.Match[str]) -> tuple[Direction, str, bool, int] | None:
    """Return direction, unit, whether exclusive, and the end of the phrase; None for no target."""
    before, after = match["before"], match["after"]
    tail = re.match(rf"\s*(?P<unit>.*?)\s*(?P<word>{AT_LEAST_AFTER}|{AT_MOST_AFTER})", after)
    unit = "%" if match["percent"] else _unit(after, tail)
    if unit is None:
        return None
    near = tail if tail and len(tail["unit"].split()) <= UNIT_WORDS + 2 else None
    word = near["word"] if near else ""
    end = match.start("after") + (near.end() if near else 0)
    if not near and unit != "%":
        end += len(after) - len(after.lstrip()) + len(unit)
    at_most = re.search(rf"{AT_MOST_BEFORE}|≤|<", before) or re.fullmatch(AT_MOST_AFTER, word)
    at_least = re.search(rf"{AT_LEAST_BEFORE}|≥|>", before) or re.fullmatch(AT_LEAST_AFTER, word)
    if unit != "%" and not (at_most or at_least):
        return None
    if unit != "%" and re.search(r"(?:^|\s)từ\s*$", before) and not near:
        return None
    exclusive = bool(re.search(r"(?<!không )\b(?:trên|dưới)$|[<>]$", before.strip())) and not near
    return (Direction.AT_MOST if at_most else Direction.AT_LEAST), unit, exclusive, end


def _unit(after: str, tail: re.Match[str] | None) -> str | None:
    """Return the noun counted after a number; None where the number counts time or age."""
    words = (tail["unit"] if tail else after).split()
    cut = next((at for at, word in enumerate(words) if re.fullmatch(UNIT_END, word)), len(words))
    unit = " ".join(words[: min(cut, UNIT_WORDS)])
    return unit if unit and not re.match(NO_UNIT, unit) else None


def _as_written(text: str, origin: tuple[int, ...], match: re.Match[str], unit: str) -> str:
    """Return the unit in the letters of the text ("TTHC")."""
    after = match["after"]
    start = match.start("after") + len(after) - len(after.lstrip())
    return text[origin[start] : origin[start + len(unit)]]
