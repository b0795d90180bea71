"""Ruled tables of a page, and their joining over page breaks."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdfplumber.page import Page
from pdfplumber.table import Table as RuledTable

from bot.domain.reading.table import Table
from bot.intake.cells import tidy_cell
from bot.intake.grid import Cell, settle_rows
from bot.intake.limits import MAX_COLUMNS
from bot.intake.pdf_lines import Line, Word, is_wrapped, join, join_lines, lines_of

Box = tuple[float, float, float, float]
# Rules this near are one rule; text starts this far from a cell's rule in Word.
NEAR = 3
PADDING = 5.5
MAX_HEADER_ROWS = 3


@dataclass(slots=True)
class PageCell:
    """A cell's lines and inner width; `text` is what joined it before a page break."""

    lines: list[Line]
    width: float
    text: str = ""

    def plain(self) -> str:
        """Return the cell's paragraphs, one a line."""
        return self.text or join_lines(self.lines, self.width)


@dataclass(slots=True)
class PageTable:
    """A page's table: rows of cells by column; None where a cell goes on from above."""

    top: float
    edges: list[float]
    rows: list[list[PageCell | None]]
    merged: list["PageTable"] = field(default_factory=list)

    def taken(self, other: "PageTable") -> bool:
        """Tell whether `other` has become part of this one."""
        return any(other is each for each in self.merged)


def page_tables(page: Page, words: Sequence[Word]) -> tuple[list[PageTable], list[Word]]:
    """Return a page's tables from top to bottom, and the words outside them.

    A single ruled cell is a frame around text, not a table.
    """
    ruled = [table for table in page.find_tables() if len(table.cells) > 1]
    ruled = sorted(
        (t for t in ruled if len(t.rows[0].cells) <= MAX_COLUMNS), key=lambda t: t.bbox[1]
    )
    tables: list[PageTable] = []
    rest = list(words)
    for table in ruled:
        inside = [word for word in rest if _within(word, table.bbox)]
        rest = [word for word in rest if not _within(word, table.bbox)]
        tables.append(_page_table(table, inside))
    return tables, rest


def _within(word: Word, box: Box) -> bool:
    """Tell whether a word's middle is in a box."""
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _page_table(table: RuledTable, words: list[Word]) -> PageTable:
    """Return a table's cells with the lines in each."""
    edges = sorted({box[0] for box in table.cells})
    tops = sorted({box[1] for box in table.cells})
    edges = [edge for at, edge in enumerate(edges) if not at or edge - edges[at - 1] > NEAR]
    tops = [top for at, top in enumerate(tops) if not at or top - tops[at - 1] > NEAR]
    empty: list[list[PageCell | None]] = [[PageCell([], 0) for _ in edges] for _ in tops]
    left = words
    for box in table.cells:
        own = [word for word in left if _within(word, box)]
        left = [word for word in left if not _within(word, box)]
        column, row = _place(edges, box[0]), _place(tops, box[1])
        empty[row][column] = _cell(lines_of(own), box)
        for below in range(row + 1, len(tops)):
            if tops[below] < box[3] - NEAR:
                empty[below][column] = None
    return PageTable(table.bbox[1], edges, empty)


def _cell(lines: list[Line], box: Box) -> PageCell:
    padding = min([PADDING, *(max(0.0, line.left - box[0]) for line in lines)])
    return PageCell(lines, box[2] - box[0] - 2 * padding)


def _place(edges: list[float], edge: float) -> int:
    return max(0, bisect_right(edges, edge + NEAR) - 1)


def join_pages(table: PageTable, following: PageTable) -> bool:
    """Add the next page's table to `table` where it goes on; False where it is another table.

    It goes on where its rules stand at the same places. The first row of the second may be the
    rest of the last row: it has no number, and not every cell.
    """
    if not all(any(abs(edge - own) <= NEAR for own in table.edges) for edge in following.edges):
        return False
    rows = [_aligned(row, following.edges, table.edges) for row in following.rows]
    rows = rows[_repeated(table.rows, rows) :]
    if rows and table.rows and _goes_on(rows[0]):
        for own, more in zip(table.rows[-1], rows.pop(0), strict=True):
            if own is not None and more is not None:
                _extend(own, more)
    table.rows += rows
    table.merged.append(following)
    return True


def _aligned(
    row: list[PageCell | None], edges: list[float], onto: list[float]
) -> list[PageCell | None]:
    """Return a row of one page by the columns of the page before."""
    cells: list[PageCell | None] = [PageCell([], 0) for _ in onto]
    for edge, cell in zip(edges, row, strict=True):
        cells[_place(onto, edge)] = cell
    return cells


def _repeated(rows: list[list[PageCell | None]], following: list[list[PageCell | None]]) -> int:
    """Return how many rows of a page repeat the head of the table."""
    count = 0
    for own, other in zip(rows[:MAX_HEADER_ROWS], following, strict=False):
        if _texts(own) != _texts(other) or not any(_texts(own)):
            break
        count += 1
    return count


def _texts(row: list[PageCell | None]) -> list[str]:
    return [" ".join(cell.plain().split()) if cell else "" for cell in row]


def _goes_on(row: list[PageCell | None]) -> bool:
    """Tell whether a page's first row is the rest of the row before."""
    cells = _texts(row)
    return not cells[0] and any(cells) and not all(cells[1:])


def _extend(cell: PageCell, more: PageCell) -> None:
    """Add to a cell what stands on the next page, as if no page had ended."""
    if not more.lines:
        return
    before = cell.plain()
    wrapped = bool(cell.lines) and is_wrapped(
        _moved(cell.lines[-1]), _moved(more.lines[0]), cell.width
    )
    rest = more.plain()
    first, _, others = rest.partition("\n")
    line = Line(first, *(0.0,) * 5)
    joined = join(before, line, wrapped) if before else first
    cell.text = f"{joined}\n{others}" if others else joined
    cell.lines = more.lines


def _moved(line: Line) -> Line:
    """Return a line as if it stood at no place: the gap of a page break says nothing."""
    return Line(line.text, line.left, line.right, 0.0, line.bottom - line.top, line.first)


def to_table(table: PageTable) -> Table:
    """Return the plain table."""
    rows: list[list[Cell]] = [
        [tidy_cell(cell.plain()) if cell is not None else None for cell in row]
        for row in table.rows
    ]
    return Table(settle_rows([row for row in rows if any(row)]))
