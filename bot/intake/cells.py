"""Turn the markup of a cell or paragraph into plain lines, the same for every file format."""

import html
import re
import unicodedata

BREAKS = re.compile(r"<\s*(?:/\s*)?(?:p|br|div|ul|ol|tr|h\d|table|tbody)\b[^<>]*>", re.I)
ITEM = re.compile(r"<\s*li\b[^<>]*>", re.I)
TAGS = re.compile(
    r"<\s*(?:/\s*)?(?:a|b|i|u|s|em|strong|span|font|sup|sub|small|big|code|mark|li|td|th|img|ins)"
    r"\b[^<>]*>",
    re.I,
)
DELETED = tuple(
    (re.compile(rf"<\s*{tag}\b[^<>]*>", re.I), re.compile(rf"<\s*/\s*{tag}\s*>", re.I))
    for tag in ("del", "s", "strike", "script", "style")
)
# A footnote's mark typed as a superscript: "15/1" with a small "1" is no 11th of January.
RAISED = re.compile(r"(?<=[^\s<>/])<\s*sup\b[^<>]*>(.{1,200}?)<\s*/\s*sup\s*>", re.I | re.S)
MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|\*+|[†‡])(?:\s*[,;]\s*\d{1,3})*\s*[\])]?|\)|\]|,|;")
POWER = re.compile(r"(?<![^\W\d_])[kcdm]?m$")
COMMENT = (re.compile("<!--"), re.compile("-->"))
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
EMPHASIS = re.compile(r"(?<!\*)(\*{2,3})(?=\S)(.{1,2000}?)(?<=\S)\1(?!\*)", re.S)
# Private letters (\uf0b7) are bullets of the fonts Symbol and Wingdings.
BULLET = re.compile(r"^[-\uf000-\uf0ff\u2010-\u2015\u2212•·∙▪●◦➢*](?=\s|[^\W\d_])\s*")
PLUS = re.compile(r"^\+(?=\s|[^\W\d_])\s*")
# An item inside running text: after the end of a clause, or anywhere in a marked-up list.
AFTER_CLAUSE = re.compile(r"(?<=[.;:,)…])\s+(?=[-+](?:\s*[^\W\d_]|\s+\d))")
IN_LIST = re.compile(r"\s(?=[-+]\s+(?:[^\W\d_]|\d+\s?%))|(?<=[.;:])\s(?=[-+]\s+\d)")


def tidy_cell(raw: str) -> str:
    """Return the plain text of a cell: no tags, list items on lines beginning "- " or "+ "."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", _without(raw, COMMENT)))
    in_list = bool(re.search(r"<\s*[uo]l\b", text, re.I))
    for span in DELETED:
        text = _without(text, span)
    text = RAISED.sub(_without_mark, text)
    text = ITEM.sub("\n- ", BREAKS.sub("\n", text))
    text = html.unescape(TAGS.sub("", text))
    text = EMPHASIS.sub(r"\2", text)
    lines = [line for part in text.splitlines() for line in _split_items(part, in_list)]
    return "\n".join(_join_broken([line for line in map(_tidy_line, lines) if line]))


def tidy_line(raw: str) -> str:
    """Return a paragraph as one plain line."""
    return " ".join(tidy_cell(raw).split())


def is_footnote_mark(raised: str, before: str) -> bool:
    """Tell whether a superscript right after some text is a mark: no power of "m", no fraction."""
    follows = bool(before) and not before[-1].isspace() and before[-1] != "/"
    return follows and bool(MARK.fullmatch(raised.strip())) and not POWER.search(before)


def _without_mark(found: re.Match[str]) -> str:
    """Return a superscript's text, or nothing where it marks a footnote."""
    text = html.unescape(TAGS.sub("", found[1]))
    before = TAGS.sub("", found.string[max(0, found.start() - 40) : found.start()])
    return "" if is_footnote_mark(text, before or "…") else found[1]


def _without(text: str, span: tuple[re.Pattern[str], re.Pattern[str]]) -> str:
    """Return the text without what stands between two marks; an unclosed one removes nothing."""
    opening, closing = span
    kept: list[str] = []
    at = 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        kept.append(text[at : start.start()])
        at = end.end()
    return "".join(kept) + text[at:]


def _split_items(line: str, in_list: bool) -> list[str]:
    """Break a line before each list item that starts with a capital letter or a number."""
    pattern = IN_LIST if in_list else AFTER_CLAUSE
    parts: list[str] = []
    start = 0
    for match in pattern.finditer(line):
        after = line[match.end() :].lstrip("-+ ")
        if after[:1].isupper() or after[:1].isdecimal():
            parts.append(line[start : match.start()])
            start = match.end()
    return [*parts, line[start:]]


def _tidy_line(line: str) -> str:
    """Return a line with single spaces and the customary bullet."""
    line = " ".join(line.split())
    while BULLET.match(line):
        line, bulleted = BULLET.sub("", line, count=1), True
        if not BULLET.match(line):
            return f"- {line}" if bulleted and line else line
    return PLUS.sub("+ ", line) if PLUS.match(line) else line


def _join_broken(lines: list[str]) -> list[str]:
    """Join "- khen thưởng" to "thi đua": a dash inside a sentence is no list item."""
    joined: list[str] = []
    for line in lines:
        unfinished = joined and joined[-1][-1:].isalnum()
        if unfinished and re.match(r"- [^\W\d_A-Z]", line) and line[2].islower():
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined
