"""Words on a page → lines → paragraphs, the wrapping undone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Word = dict[str, Any]

PAGE_NUMBER = re.compile(r"^(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?$", re.I)
MARK = re.compile(
    r"^(?:[-+•·▪●–]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)(?=\s|[^\W\d_]|$)"
)
# A break after these stands inside a word: "271/STP-" + "VP".
INSIDE_WORD = re.compile(r"[^\W_][-/]$")
MARGIN = 72
SAME_LINE = 3
# How much room must have been left for the next word before a line counts as ended on purpose.
SLACK = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, in points from the page's top left; `first` is its first word's width."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return words as lines from top to bottom; those within `SAME_LINE` points are one line."""
    lines: list[Line] = []
    row: list[Word] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if row and word["bottom"] - row[0]["bottom"] > SAME_LINE:
            lines.append(_line(row))
            row = []
        row.append(word)
    return [*lines, _line(row)] if row else lines


def _line(row: list[Word]) -> Line:
    words = sorted(row, key=lambda word: float(word["x0"]))
    return Line(
        " ".join(str(word["text"]) for word in words),
        words[0]["x0"],
        words[-1]["x1"],
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        words[0]["x1"] - words[0]["x0"],
    )


def join_lines(lines: Sequence[Line], width: float) -> str:
    """Return lines as paragraphs, one a line: a line that was full goes on in the next."""
    text = ""
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        text = line.text if before is None else join(text, line, is_wrapped(before, line, width))
    return text


def join(text: str, line: Line, wrapped: bool) -> str:
    """Return `text` with a line after it, on the same paragraph where it was `wrapped`."""
    if not text:
        return line.text
    inside = wrapped and INSIDE_WORD.search(text)
    return f"{text}{'' if inside else ' ' if wrapped else chr(10)}{line.text}"


def is_wrapped(before: Line, line: Line, width: float) -> bool:
    """Tell whether a paragraph goes on: its next word had no room, and is no list's mark."""
    if MARK.match(line.text) and not before.text.endswith(("-", "/", ",")):
        # "thi đua / - khen thưởng": a dash before a small letter is inside a sentence.
        word = line.text.lstrip("-–+ ")[:1]
        return line.text[0] in "-–" and word.islower() and before.text[-1].isalnum()
    apart = line.top - before.bottom > (before.bottom - before.top)
    room = width - (before.right - before.left) - line.first
    return not apart and room < SLACK + (before.bottom - before.top) / 4


def without_page_numbers(lines: list[Line], height: float) -> list[Line]:
    """Return lines without the page's number at its top or bottom."""
    return [
        line
        for line in lines
        if MARGIN < line.top < height - MARGIN or not PAGE_NUMBER.match(line.text)
    ]
