"""The text of a Word file as it stands once every tracked change is accepted."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

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
        text = "".join(_texts(paragraph))
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


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false", "off")


def _texts(element: Element) -> Iterator[str]:
    """Yield the pieces of text in an element."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in CHARACTERS:
            yield CHARACTERS[child.tag]
        elif child.tag not in SKIPPED and not (child.tag == f"{W}r" and _is_hidden(child)):
            yield from _texts(child)
