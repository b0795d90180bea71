"""Word files (.docx, .docm): python-docx opens the package, the text is walked here.

python-docx's own `.text` drops tracked insertions and repeats merged cells. Kept: insertions,
moved text, content controls, links. Left out: deletions, notes, comments, hidden and struck-out
text (each said in a problem), headers and footers.
"""

import io
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.oxml.parser import parse_xml

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.columns import find_layout
from bot.domain.reading.table import Document, Table
from bot.intake.archive import OfficeFile
from bot.intake.cells import tidy_cell, tidy_line
from bot.intake.docx_numbering import Numbering
from bot.intake.docx_text import (
    Element,
    W,
    children,
    has_hidden_text,
    has_struck_text,
    is_gone,
    paragraph_lines,
)
from bot.intake.grid import Cell, settle_rows
from bot.intake.left_out import hidden_text, struck_text
from bot.intake.refusals import broken

# A package of the "strict" kind names everything otherwise.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAX_SPAN = 60


def read(file: OfficeFile) -> Document:
    """Return the paragraphs and tables of a Word file in order.

    Raises:
        UnreadableDocument: the file has no body.
    """
    root, numbering_root, styles = _parts(file)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise broken(file.name)
    numbering = Numbering(numbering_root, styles)
    blocks: list[str | Table] = []
    pending: list[Element] = []
    for element in children(body, f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}p":
            pending.append(element)
            continue
        blocks += _paragraphs(pending, numbering)
        pending = []
        blocks += _tables(element, numbering)
    blocks += _paragraphs(pending, numbering)
    return Document(tuple(blocks), file.name, tuple(_problems(file, body)))


def _parts(file: OfficeFile) -> tuple[Element | None, Element | None, Element | None]:
    """Return the roots of the document, its numbering and its styles."""
    try:
        main = OpcPackage.open(io.BytesIO(file.data)).main_document_part
    except KeyError:
        # A link to a part that is not there, or a strict package: read by the customary names.
        names = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        document, numbering, styles = (_parse(file.read(name)) for name in names)
        return document, numbering, styles
    related = {
        link.reltype: link.target_part for link in main.rels.values() if not link.is_external
    }
    found = [related.get(kind) for kind in (RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.STYLES)]
    numbering, styles = (_parse(part.blob) if part is not None else None for part in found)
    return _parse(main.blob), numbering, styles


def _parse(data: bytes) -> Any:
    return parse_xml(data.replace(STRICT, TRANSITIONAL)) if data else None


def _paragraphs(paragraphs: list[Element], numbering: Numbering) -> list[str]:
    lines = paragraph_lines(paragraphs, numbering)
    return [line for line in map(tidy_line, lines) if line]


def _tables(table: Element, numbering: Numbering) -> Iterator[Table]:
    """Yield a table, then those inside its cells that are appendices of their own."""
    inner = [nested for nested in _nested(table) if _is_appendix(nested)]
    rows = [
        list(_cells(row, numbering, inner))
        for row in children(table, f"{W}tr")
        if not is_gone(row, "trPr", "del")
    ]
    yield Table(settle_rows(rows))
    for nested in inner:
        yield from _tables(nested, numbering)


def _nested(table: Element) -> Iterator[Element]:
    """Yield the tables inside a table's cells, one level down."""
    for row in children(table, f"{W}tr"):
        for cell in children(row, f"{W}tc"):
            yield from children(cell, f"{W}tbl")


def _is_appendix(table: Element) -> bool:
    """Tell whether a table within a cell has a plan's header: a page laid out as a table."""
    plain = Numbering(None, None)
    heads = [list(_cells(row, plain, [])) for row in list(children(table, f"{W}tr"))[:5]]
    return any(find_layout(tuple(cell or "" for cell in row)) for row in heads)


def _cells(row: Element, numbering: Numbering, apart: list[Element]) -> Iterator[Cell]:
    """Yield a row's cells from left to right; a table inside a cell gives its lines of text."""
    yield from [""] * _span(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in children(row, f"{W}tc"):
        if is_gone(cell, "tcPr", "cellDel"):
            continue
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        lines = paragraph_lines(list(children(cell, f"{W}p", apart=apart)), numbering)
        yield None if continued else tidy_cell("\n".join(lines))
        yield from [""] * (_span(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)


def _span(element: Element | None, default: int) -> int:
    """Return how many columns a cell takes."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), MAX_SPAN) if value.isdecimal() else default


def _problems(file: OfficeFile, body: Element) -> Iterator[Problem]:
    """Yield what was left out of the file."""
    if any(part.lower().endswith("vbaproject.bin") for part in file.parts):
        yield problem(N_("The file has macros; they were not run, only its text was read."))
    if has_hidden_text(body):
        yield hidden_text()
    if has_struck_text(body):
        yield struck_text()
