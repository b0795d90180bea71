"""What a document is built of: runs in one font, rules under lines, tables with lines."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
# Of Times New Roman at 13 points, bold: how wide a letter is, on average.
LETTER = Pt(13) * 0.5


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table with lines: headings with their widths in centimetres, and rows.

    A row of a single text is a section's head over the whole width. `centred` columns hold short
    things: numbers, dates.
    """

    headings: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    centred: frozenset[int] = frozenset()


def plain_style(document: Docx, size: Pt) -> None:
    """Let everything be black Times New Roman, also for letters beyond Latin."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def say(
    paragraph: Paragraph,
    text: str,
    size: Pt,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Run:
    """Write `text` into a paragraph and return its run."""
    run = paragraph.add_run(_printable(text))
    run.font.size, run.bold, run.italic = size, bold, italic
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    return run


def _printable(text: str) -> str:
    """Drop what XML cannot hold."""
    return "".join(mark for mark in text if mark in "\n\t" or mark >= " ")


def line_under(holder: _Cell | Paragraph, *, share: float, like: str = "") -> None:
    """Draw a rule under a paragraph or a cell's last one, as long as `like` or `share` of it.

    A border of an empty paragraph with indents: it stays in its place wherever it is opened.
    """
    if isinstance(holder, _Cell):
        width, rule = holder.width or Cm(6), holder.add_paragraph()
    else:
        width, rule = Cm(16.2), Paragraph(OxmlElement("w:p"), holder._parent)
        holder._p.addnext(rule._p)
    length = min(len(like) * LETTER, float(width)) if like else float(width) * share
    side = Length(int(max(0.0, float(width) - length) / 2))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side
    rule.paragraph_format.space_before = rule.paragraph_format.space_after = Pt(0)
    rule.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    rule._p.get_or_add_pPr().append(borders)


def no_borders(table: Table, widths: tuple[Length, ...]) -> None:
    """Let a table only hold things in their places."""
    _set_widths(table, widths)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _set_widths(table: Table, widths: tuple[Length, ...]) -> None:
    """Fix the columns' widths; some programs heed the grid, others the cells."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def keep_rules(table: Table) -> None:
    """Keep a row of a table on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_grid(document: Docx, grid: GridTable, size: Pt) -> None:
    """Add a table with lines whose heading stands on every page."""
    table = document.add_table(rows=1, cols=len(grid.headings))
    table.style = "Table Grid"
    widths = tuple(Cm(width) for _, width in grid.headings)
    _set_widths(table, widths)
    head = table.rows[0]
    for cell, (text, _), width in zip(head.cells, grid.headings, widths, strict=True):
        cell.width = width
        say(cell.paragraphs[0], text, size, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    # The library is asked for one row of each kind; a thousand rows are copies of these.
    plain, whole = _empty_row(table, grid, size), _empty_section(table, size)
    keep_rules(table)
    for row in (plain, whole):
        row.getparent().remove(row)
    for texts in grid.rows:
        table._tbl.append(_filled(whole if len(texts) == 1 else plain, texts))


def _empty_row(table: Table, grid: GridTable, size: Pt) -> Any:
    """Add a row whose cells are laid out but empty."""
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    for place, (cell, (_, width)) in enumerate(zip(row.cells, grid.headings, strict=True)):
        cell.width = Cm(width)
        align = WD_ALIGN_PARAGRAPH.CENTER if place in grid.centred else None
        say(cell.paragraphs[0], "", size, align=align)
    return row._tr


def _empty_section(table: Table, size: Pt) -> Any:
    """Add a row that is a single cell, empty and bold."""
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    cells = row.cells
    say(cells[0].merge(cells[-1]).paragraphs[0], "", size, bold=True)
    return row._tr


def _filled(row: Any, texts: tuple[str, ...]) -> Any:
    """Return a copy of an empty row with texts in its cells."""
    copy = deepcopy(row)
    for cell, text in zip(copy.tc_lst, texts, strict=True):
        cell.p_lst[0].r_lst[0].text = _printable(text)
    return copy


def add_page_number(section: Section) -> None:
    """Number the pages on top, centred; the section's first page may be left out."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field(kind, text))


def _field(kind: str, text: str) -> Any:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        return mark
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = text
    return code
