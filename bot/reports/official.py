"""A draft document as offices lay it out (Nghị định 30/2020/NĐ-CP, Phụ lục I). Knows no language.

A draft: no number, no day of issue, no signature. What only people can write is a marked gap.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell

from bot.reports.official_parts import (
    GridTable,
    add_grid,
    add_page_number,
    keep_rules,
    line_under,
    no_borders,
    plain_style,
    say,
)

TOP, BOTTOM, LEFT, RIGHT = Mm(21), Mm(21), Mm(31), Mm(17)
# The annex is on landscape pages, whose margins are the same; its table needs all of the width.
ANNEX_LEFT, ANNEX_RIGHT = Mm(30), Mm(16)
BODY, SMALL, HEAD, NATION = Pt(14), Pt(11), Pt(13), Pt(12)
FIRST_LINE = Cm(1.27)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a person still has to write; shown in brackets on yellow."""

    text: str


Block = Heading | Paragraph | Gap | GridTable


@dataclass(frozen=True, slots=True)
class Official:
    """A draft document: its heading, body and signature block, then an annex on landscape pages.

    `parent` may be empty. `receivers` are the lines of "Nơi nhận"; `signer` the lines above the
    empty place of the signature.
    """

    parent: str
    body_name: str
    nation: str
    motto: str
    number: str
    place_and_day: str
    kind: str
    about: str
    to: str
    blocks: tuple[Block, ...]
    receivers_title: str
    receivers: tuple[str, ...]
    signer: tuple[str, ...]
    annex_title: tuple[str, ...]
    annex: GridTable


def write_official(draft: Official) -> bytes:
    """Return the document as DOCX."""
    document = Document()
    plain_style(document, BODY)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    add_page_number(section)
    _head(document, draft)
    _title(document, draft)
    for block in draft.blocks:
        _block(document, block)
    _foot(document, draft)
    _annex(document, draft)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = draft.kind, draft.body_name, ""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _head(document: Docx, draft: Official) -> None:
    table = document.add_table(rows=2, cols=2)
    no_borders(table, (Cm(6.7), Cm(9.5)))
    left, right = table.rows[0].cells
    lines = [(draft.parent, False), (draft.body_name, True)] if draft.parent else []
    _stack(left, lines or [(draft.body_name, True)], NATION)
    line_under(left, share=0.4)
    _stack(right, [(draft.nation, True)], NATION)
    say(right.add_paragraph(), draft.motto, HEAD, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    line_under(right, share=1.0, like=draft.motto)
    left, right = table.rows[1].cells
    _stack(left, [(draft.number, False)], HEAD)
    _stack(right, [(draft.place_and_day, False)], HEAD, italic=True)


def _stack(
    cell: _Cell, lines: Iterable[tuple[str, bool]], size: Pt, *, italic: bool = False
) -> None:
    """Write centred lines into a cell, each bold or not."""
    for number, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        say(paragraph, text, size, bold=bold, italic=italic, align=WD_ALIGN_PARAGRAPH.CENTER)


def _title(document: Docx, draft: Official) -> None:
    kind = document.add_paragraph()
    say(kind, draft.kind, BODY, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    kind.paragraph_format.space_before = Pt(18)
    about = document.add_paragraph()
    say(about, draft.about, BODY, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    line_under(about, share=0.3)
    to = document.add_paragraph()
    say(to, draft.to, BODY, align=WD_ALIGN_PARAGRAPH.CENTER)
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(12)


def _block(document: Docx, block: Block) -> None:
    if isinstance(block, GridTable):
        add_grid(document, block, Pt(12))
        document.add_paragraph().paragraph_format.space_after = Pt(0)
        return
    paragraph = document.add_paragraph()
    bold = isinstance(block, Heading)
    run = say(paragraph, block.text, BODY, bold=bold, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    if isinstance(block, Gap):
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        run.italic = True
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold


def _foot(document: Docx, draft: Official) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    table = document.add_table(rows=1, cols=2)
    no_borders(table, (Cm(8.1), Cm(8.1)))
    keep_rules(table)
    left, right = table.rows[0].cells
    say(left.paragraphs[0], draft.receivers_title, Pt(12), bold=True, italic=True)
    for line in draft.receivers:
        say(left.add_paragraph(), line, SMALL)
    _stack(right, [(line, True) for line in draft.signer], BODY)
    for _ in range(4):
        right.add_paragraph()


def _annex(document: Docx, draft: Official) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = ANNEX_LEFT, ANNEX_RIGHT
    section.top_margin = Mm(20)
    section.different_first_page_header_footer = False
    for number, line in enumerate(draft.annex_title):
        paragraph = document.add_paragraph()
        say(
            paragraph,
            line,
            BODY,
            bold=number < len(draft.annex_title) - 1,
            italic=number == len(draft.annex_title) - 1,
            align=WD_ALIGN_PARAGRAPH.CENTER,
        )
        paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    add_grid(document, draft.annex, Pt(11))
