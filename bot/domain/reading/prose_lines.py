"""Mend the paragraphs of a plan: page breaks and hard line ends inside a sentence are joined."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.reading.column_phrases import APPENDIX_PATTERN
from bot.domain.reading.prose_phrases import (
    CLOSING,
    ORDINALS,
    PAGE_NUMBER,
    RECIPIENTS,
    UNFINISHED,
)
from bot.domain.units.text import bare
from bot.domain.vietnamese import composed, same_words

# A text none of whose lines is longer than this was broken at the edge of its page.
MAX_WRAPPED = 130
MIN_WRAPPED_LINES = 8
FULL_LINE = 0.75
# A paragraph this long is not joined any further; it keeps the time bounded.
LONGEST = 10_000
END = re.compile(r"[.;:!?…]['\"”’)]*$")


class Level(IntEnum):
    """How deep a line stands; the gaps are for decimals of several parts."""

    PART = 0
    ROMAN = 10
    ARABIC = 20
    DECIMAL = 30
    LETTER = 60
    COUNTED = 65
    LEAD_IN = 68
    BARE = 70
    BULLET = 80
    PLUS = 90


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph by itself: how deep it stands, its own number ("2.3", "a"; "" for none)."""

    level: int
    number: str
    text: str


_MARKS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.PART, re.compile(r"^(?:PHẦN|Phần)\s+(?:(?:THỨ|[Tt]hứ)\s+)?(\w+)\s*[.:)-]?\s*(.*)$")),
    (Level.ROMAN, re.compile(r"^([IVXL]{1,5})\s*[.):/-]\s*(\S.*)$")),
    (Level.PART, re.compile(r"^([A-HK])\s*[.)-]\s+(\S.*)$")),
    (Level.DECIMAL, re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)[.):]?\s+(\S.*)$")),
    (Level.DECIMAL, re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)[.)](?=[^\W\d_])(.+)$")),
    (Level.COUNTED, re.compile(r"^\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(\S.*)$")),
    (Level.COUNTED, re.compile(r"^(\d{1,2})\)\s*(\S.*)$")),
    (Level.ARABIC, re.compile(r"^(\d{1,2})\s*[./](?=\s|[^\W\d_])\s*(\S.*)$")),
    (Level.LETTER, re.compile(r"^([a-zđ])[.)]\s*(\S.*)$")),
    (Level.BULLET, re.compile(r"^-(\s)+(\S.*)$")),
    (Level.PLUS, re.compile(r"^\+(\s)+(\S.*)$")),
)


def lines_of(paragraphs: Iterable[str]) -> list[Line]:
    """Return the whole paragraphs of a plan, each with its depth; page numbers left out."""
    return [read_line(text) for text in joined(_body(paragraphs))]


def read_line(text: str) -> Line:
    """Return `text` without its number or bullet; a bare one that ends in ":" leads in others."""
    for level, pattern in _MARKS:
        if found := pattern.match(text):
            number = found[1].strip()
            if level is Level.PART:
                number = ORDINALS.get(bare(number), number.upper())
            deeper = 10 * (number.count(".") - 1) if level is Level.DECIMAL else 0
            depth = min(level + deeper, Level.LETTER - 1) if deeper else int(level)
            return Line(depth, _plain(number), found[2].strip())
    return Line(int(Level.LEAD_IN if text.endswith(":") else Level.BARE), "", text)


def _plain(number: str) -> str:
    """Return "2.3" for "02.03"."""
    return ".".join(part.lstrip("0") or part for part in number.split("."))


def _body(paragraphs: Iterable[str]) -> list[str]:
    """Return the paragraphs before "Nơi nhận" and those of appendixes after it."""
    body: list[str] = []
    ended = False
    for paragraph in paragraphs:
        text = composed(paragraph)
        folded = bare(text)
        ended = ended or bool(re.match(RECIPIENTS, folded))
        if ended and re.match(APPENDIX_PATTERN, folded):
            ended = False
        if text and not ended and not re.match(f"{CLOSING}|{PAGE_NUMBER}", folded):
            body.append(text)
    return body


def joined(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs, one that breaks off joined with what goes on after it."""
    width = _wrapped_at(paragraphs)
    whole: list[str] = []
    last = ""
    for text in paragraphs:
        if whole and _goes_on(whole[-1], last, text, width):
            whole[-1] = f"{whole[-1]} {text}"
        else:
            whole.append(text)
        last = text
    return whole


def _wrapped_at(paragraphs: Sequence[str]) -> int:
    """Return the length of a full line where the text was broken at a page's edge, else 0."""
    longest = max(map(len, paragraphs), default=0)
    full = sum(len(text) >= FULL_LINE * longest for text in paragraphs)
    wrapped = longest <= MAX_WRAPPED and full >= max(MIN_WRAPPED_LINES, len(paragraphs) / 3)
    return longest if wrapped else 0


def _goes_on(before: str, last: str, text: str, width: int) -> bool:
    """Tell whether `text` goes on with `before`, whose last line as written is `last`."""
    if len(before) > LONGEST:
        return False
    head = read_line(before)
    filled = len(last) + 1 + len(text.split(" ", 1)[0])
    broken_off = bool(width) and filled >= FULL_LINE * width and not END.search(last)
    line = read_line(text)
    if line.level not in (Level.BARE, Level.LEAD_IN):
        return broken_off and line.level in (Level.BULLET, Level.PLUS) and len(before) > width
    if head.level <= Level.ROMAN or before.isupper():
        return before.isupper() and text.isupper() and len(last) > FULL_LINE * width > 0
    if text[0].islower() or (text[0] == "(" and not END.search(before)):
        return True
    if END.search(before):
        return False
    open_bracket = before.count("(") > before.count(")")
    return broken_off or open_bracket or bool(re.search(UNFINISHED, same_words(before)))
