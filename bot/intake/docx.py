"""Word files (.docx): paragraphs and tables, insertions kept, deletions and footnotes left out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.domain.table import Document, Table
from bot.intake.archive import OfficeFile, broken
from bot.intake.cells import tidy_cell, tidy_line
from bot.intake.docx_numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BODY = "word/document.xml"
# What holds no text of the document as it stands: deletions, field codes, notes, older variants.
SKIPPED = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr")
) | {f"{MC}Fallback", f"{W}footnoteReference", f"{W}endnoteReference"}
MAX_SPAN = 60
MAX_DEPTH = 80


def read_docx(file: OfficeFile) -> Document:
    """Return the paragraphs and tables of a Word file in order.

    Raises:
        UnreadableDocument: the file is broken, locked or too large.
    """
    root = file.read_xml(BODY)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise broken(file.name)
    numbering = Numbering(file.read_xml("word/numbering.xml"))
    blocks: list[str | Table] = []
    for element in _blocks(body):
        if element.tag == f"{W}tbl":
            blocks.append(_table(element, numbering))
        elif line := tidy_line(_paragraph(element, numbering)):
            blocks.append(line)
    return Document(tuple(blocks), file.name)


def _blocks(parent: Element, depth: int = 0) -> Iterator[Element]:
    """Yield paragraphs and tables in order, also those inside content controls."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in SKIPPED and depth < MAX_DEPTH:
            yield from _blocks(child, depth + 1)


def _paragraph(paragraph: Element, numbering: Numbering) -> str:
    """Return a paragraph's text after its own number or bullet."""
    text = "".join(_texts(paragraph))
    return f"{numbering.mark(paragraph)}{text}" if text.strip() else numbering.mark(paragraph)


def _texts(element: Element, depth: int = 0) -> Iterator[str]:
    """Yield the pieces of text in an element."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag not in SKIPPED and depth < MAX_DEPTH:
            yield from _texts(child, depth + 1)


def _table(table: Element, numbering: Numbering) -> Table:
    """Return a table's rows; a merged cell's text stands in its first place only."""
    rows = _inside(table, f"{W}tr")
    return Table(tuple(tuple(_cells(row, numbering)) for row in rows))


def _inside(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """Yield the elements of a kind in order, but none inside another of its kind."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in SKIPPED and depth < MAX_DEPTH:
            yield from _inside(child, tag, depth + 1)


def _cells(row: Element, numbering: Numbering) -> Iterator[str]:
    """Yield a row's cells from left to right; a table inside a cell gives its lines of text."""
    yield from [""] * _span(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _inside(row, f"{W}tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        lines = [_paragraph(paragraph, numbering) for paragraph in _inside(cell, f"{W}p")]
        yield "" if continued else tidy_cell("\n".join(lines))
        yield from [""] * (_span(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)


def _span(element: Element | None, default: int) -> int:
    """Return how many columns a cell takes."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), MAX_SPAN) if value.isdecimal() else default
