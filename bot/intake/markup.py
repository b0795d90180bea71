"""HTML pages and Markdown tables: other forms of text that scans and exports come in."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from bot.domain.problem import Problem
from bot.domain.reading.table import Document, Row, Table
from bot.intake.cells import tidy_cell, tidy_line
from bot.intake.grid import Cell, settle_rows
from bot.intake.left_out import hidden_text, struck_text

HTML_TABLE = re.compile(r"<\s*(?:table|html|body)\b", re.I)
PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
PIPE_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
PIPE = re.compile(r"(?<!\\)\|")
BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "title", "section"))
# What makes lines inside a cell; all other tags say nothing about the text.
KEPT = frozenset(("br", "ul", "ol", "li", "p", "div", "tr", "sup"))
IGNORED = frozenset(("script", "style", "head"))
STRUCK = frozenset(("s", "strike", "del"))
# Elements without an end tag hold no text that could be left out.
EMPTY = frozenset(("br", "img", "input", "hr", "meta", "link", "col", "wbr", "area", "base"))
UNSEEN = re.compile(r"display\s*:\s*none", re.I)
CROSSED = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
CELL_TAGS = frozenset(("td", "th", "tr"))
MAX_SPAN = 60


def is_html(text: str) -> bool:
    """Tell whether `text` is a page; tags inside the cells of tab-separated text are none."""
    return bool(HTML_TABLE.search(text)) and "\t" not in text.partition("<")[0]


def read_html(text: str, name: str) -> Document:
    """Return the paragraphs and tables of a page; a nested table gives lines of its cell."""
    reader = _PageReader()
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    return Document(tuple(reader.blocks), name, tuple(reader.problems))


def pipe_cells(line: str) -> Row | None:
    """Return the cells of a Markdown row, () for the rule under a header, None for other lines."""
    if PIPE_RULE.match(line):
        return ()
    if not PIPE_ROW.match(line):
        return None
    cells = PIPE.split(line.strip()[1:-1])
    return tuple(tidy_cell(cell.replace("\\|", "|")) for cell in cells)


class _PageReader(HTMLParser):
    """Collects blocks; the markup inside a cell is kept for `tidy_cell`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str | Table] = []
        self.problems: list[Problem] = []
        self._left: _LeftOut | None = None
        self._text: list[str] = []
        self._rows: list[list[Cell]] = []
        self._row: list[Cell] = []
        self._depth = 0
        self._ignored = 0
        self._in_row = self._in_cell = False
        self._spans = (1, 1)
        # Columns still covered by a cell from above, and for how many rows.
        self._covered: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left and not self._left.ends_before(tag):
            self._left.opens(tag)
            return
        self._left = _left_out(tag, attrs)
        if self._left and tag in CELL_TAGS | BLOCKS:
            self._close_before(tag)
        if self._left:
            return
        if tag in IGNORED:
            self._ignored += 1
        elif tag == "table":
            if not self._depth:
                self.end_paragraph()
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._in_row = True
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._in_row = self._in_cell = True
            self._text = []
            self._spans = (_span(attrs, "colspan"), _span(attrs, "rowspan"))
        elif not self._depth and tag in BLOCKS:
            self.end_paragraph()
        elif tag in KEPT:
            self._text.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self._left:
            if not self._left.ends_after(tag):
                return
            own = self._left.tag == tag
            self._left = None
            if own:
                return
        if tag in IGNORED:
            self._ignored = max(0, self._ignored - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        elif not self._depth and tag in BLOCKS:
            self.end_paragraph()
        elif tag in KEPT:
            self._text.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._left:
            if data.strip() and self._left.said not in self.problems:
                self.problems.append(self._left.said)
        elif not self._ignored:
            self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _close_before(self, tag: str) -> None:
        """Close what an element that is left out would have closed."""
        if self._depth == 1 and tag in CELL_TAGS:
            self._end_row() if tag == "tr" else self._end_cell()
        elif not self._depth and tag in BLOCKS:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Close the paragraph read so far."""
        for line in tidy_cell("".join(self._text)).splitlines():
            self.blocks.append(tidy_line(line))
        self._text = []

    def _end_cell(self) -> None:
        """Close a cell, also one whose end tag was left out, after those that cover its place."""
        if not self._in_cell:
            return
        self._cover()
        across, down = self._spans
        for at in range(len(self._row), len(self._row) + across):
            if down > 1:
                self._covered[at] = down - 1
        self._row += [tidy_cell("".join(self._text)), *[""] * (across - 1)]
        self._text, self._in_cell = [], False

    def _cover(self) -> None:
        """Fill the places that a cell from above covers."""
        while self._covered.get(len(self._row), 0):
            self._covered[len(self._row)] -= 1
            self._row.append(None)

    def _end_row(self) -> None:
        self._end_cell()
        if self._in_row:
            self._cover()
            self._rows.append(self._row)
        self._row, self._in_row = [], False

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self.blocks.append(Table(settle_rows(self._rows)))
        self._rows, self._text, self._covered = [], [], {}


@dataclass(slots=True)
class _LeftOut:
    """An element left out while it is read, and the problem that says so if it holds text."""

    tag: str
    said: Problem
    same: int = 1
    tables: int = 0

    def opens(self, tag: str) -> None:
        """Count what begins inside the element."""
        self.same += tag == self.tag
        self.tables += tag == "table"

    def ends_before(self, tag: str) -> bool:
        """Tell whether a start tag ends the element, whose own end tag was left out."""
        if self.tables or self.tag == "table":
            return False
        if tag in CELL_TAGS:
            return self.tag != "tr" or tag == "tr"
        return self.tag == "p" and tag in BLOCKS

    def ends_after(self, tag: str) -> bool:
        """Tell whether an end tag ends the element, its own or that of a cell around it."""
        self.same -= tag == self.tag
        if not self.same:
            return True
        if self.tables:
            self.tables -= tag == "table"
            return False
        around = tag in CELL_TAGS and self.tag != "tr"
        return self.tag != "table" and (tag == "table" or around)


def _left_out(tag: str, attrs: list[tuple[str, str | None]]) -> _LeftOut | None:
    """Return an element that is left out; None for one that is read."""
    named = dict(attrs)
    style = named.get("style") or ""
    if tag in EMPTY:
        return None
    if "hidden" in named or UNSEEN.search(style):
        return _LeftOut(tag, hidden_text())
    if tag in STRUCK or CROSSED.search(style):
        return _LeftOut(tag, struck_text())
    return None


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    """Return how many columns or rows a cell takes."""
    span = dict(attrs).get(name) or "1"
    return max(1, min(int(span), MAX_SPAN)) if span.isascii() and span.isdigit() else 1
