"""The text of a Word file as it stands once every tracked change is accepted.

Footnote marks typed as superscripts are no part of the text, nor is what is struck out.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.intake.cells import is_footnote_mark

if TYPE_CHECKING:
    from bot.intake.docx_numbering import Numbering

# An element of lxml, as python-docx parses them; lxml has no types of its own.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What holds no text of the document as it stands: deletions, field codes, notes, properties,
# older variants of a drawing.
SKIPPED = frozenset(
    f"{W}{tag}"
    for tag in (
        *("del", "moveFrom", "instrText", "delText", "delInstrText"),
        *("footnoteReference", "endnoteReference", "commentReference", "rt"),
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"),
    )
) | {f"{MC}Fallback"}
CHARACTERS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}sym": "•",
}


def children(parent: Element, *tags: str, apart: Sequence[Element] = ()) -> Iterator[Element]:
    """Yield the elements of some kinds in order, none inside another of them or one `apart`."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in SKIPPED and child not in apart:
            yield from children(child, *tags, apart=apart)


def paragraph_lines(paragraphs: Sequence[Element], numbering: "Numbering") -> list[str]:
    """Return each paragraph after its own number or bullet; one whose end was deleted goes on."""
    lines: list[str] = []
    open_line = False
    for paragraph in paragraphs:
        text = _paragraph_text(paragraph)
        gone = is_gone(paragraph, f"pPr/{W}rPr", "del")
        if open_line:
            lines[-1] += text
        elif text.strip() or not gone:
            lines.append(f"{numbering.mark(paragraph)}{text}")
        else:
            continue
        open_line = gone
    return lines


def is_gone(element: Element, properties: str, mark: str) -> bool:
    """Tell whether an element's properties say that it was deleted."""
    return element.find(f"{W}{properties}/{W}{mark}") is not None


def has_hidden_text(body: Element) -> bool:
    """Tell whether some text is formatted as hidden."""
    return any(_is_hidden(run) and "".join(_texts(run)).strip() for run in body.iter(f"{W}r"))


def has_struck_text(body: Element) -> bool:
    """Tell whether some text is struck out."""
    return any(_is_struck(run) and "".join(_texts(run)).strip() for run in body.iter(f"{W}r"))


def _is_hidden(run: Element) -> bool:
    return _is_on(run, "vanish")


def _is_struck(run: Element) -> bool:
    return _is_on(run, "strike") or _is_on(run, "dstrike")


def _is_on(run: Element, name: str) -> bool:
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_raised(run: Element) -> bool:
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and align.get(f"{W}val") == "superscript"


def _paragraph_text(paragraph: Element) -> str:
    """Return a paragraph's text without the footnote marks in it."""
    text = ""
    for piece, raised in _pieces(paragraph, raised=False):
        if not (raised and is_footnote_mark(piece, text)):
            text += piece
    return text


def _texts(element: Element) -> Iterator[str]:
    """Yield the pieces of text in an element."""
    return (piece for piece, _ in _pieces(element, raised=False))


def _pieces(element: Element, *, raised: bool) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of text in an element, each with whether it is a superscript."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or "", raised
        elif child.tag in CHARACTERS:
            yield CHARACTERS[child.tag], raised
        elif child.tag == f"{W}r":
            if not _is_hidden(child) and not _is_struck(child):
                yield from _pieces(child, raised=_is_raised(child))
        elif child.tag not in SKIPPED:
            yield from _pieces(child, raised=raised)
