"""HTML pages and Markdown tables: other forms of text that scans and exports come in."""

import re
from html.parser import HTMLParser

from bot.domain.table import Document, Row, Table
from bot.intake.cells import tidy_cell, tidy_line

HTML_TABLE = re.compile(r"<\s*(?:table|html|body)\b", re.I)
PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
PIPE_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
PIPE = re.compile(r"(?<!\\)\|")
BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "title", "section"))
# What makes lines inside a cell; all other tags say nothing about the text.
KEPT = frozenset(("br", "ul", "ol", "li", "p", "div", "tr"))
IGNORED = frozenset(("script", "style", "del", "head"))
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
    return Document(tuple(reader.blocks), name)


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
        self._text: list[str] = []
        self._rows: list[Row] = []
        self._row: list[str] = []
        self._depth = 0
        self._ignored = 0
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in IGNORED:
            self._ignored += 1
        elif tag == "table":
            if not self._depth:
                self.end_paragraph()
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._row = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._text = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MAX_SPAN) if span.isascii() and span.isdigit() else 1
        elif not self._depth and tag in BLOCKS:
            self.end_paragraph()
        elif tag in KEPT:
            self._text.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in IGNORED:
            self._ignored = max(0, self._ignored - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth == 1 and tag in ("td", "th"):
            self._row += [tidy_cell("".join(self._text)), *[""] * (self._span - 1)]
            self._text = []
        elif self._depth == 1 and tag == "tr":
            self._rows.append(tuple(self._row))
        elif not self._depth and tag in BLOCKS:
            self.end_paragraph()
        elif tag in KEPT:
            self._text.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._ignored:
            self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self._text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text.append(f"&#{name};")

    def end_paragraph(self) -> None:
        """Close the paragraph read so far."""
        for line in tidy_cell("".join(self._text)).splitlines():
            self.blocks.append(tidy_line(line))
        self._text = []

    def _end_table(self) -> None:
        if self._rows:
            self.blocks.append(Table(tuple(self._rows)))
        self._rows, self._row, self._text = [], [], []
