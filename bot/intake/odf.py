"""OpenDocument text and sheets (.odt, .ods): their tables as they look.

No kept library reads .odt within our bounds, and calamine reads .ods without its formats ("6/2026"
becomes a day), hidden rows and merged cells; the words shown stand in the file itself, in the same
elements for both, so a short walk of our own reads them.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.table import Document, Table
from bot.intake.archive import OfficeFile
from bot.intake.cells import tidy_cell, tidy_line
from bot.intake.grid import Cell, settle_rows
from bot.intake.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from bot.intake.odf_text import TABLE, TEXT, Lists, lines_of
from bot.intake.refusals import broken, locked, too_many_pages, too_many_rows
from bot.intake.sheets import sheet_blocks

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
ENCRYPTED = b"encryption-data"
GROUPS = frozenset(
    f"{TABLE}{tag}" for tag in ("table-header-rows", "table-row-group", "table-rows")
)


def read(file: OfficeFile) -> Document:
    """Return the paragraphs and tables of a text, or the sheets of a workbook, in order.

    Raises:
        UnreadableDocument: locked, without a body, or past the bounds on rows and sheets.
    """
    if ENCRYPTED in file.read("META-INF/manifest.xml"):
        raise locked(file.name)
    root = file.read_xml("content.xml")
    body = root.find(f"{OFFICE}body") if root is not None else None
    if root is None or body is None:
        raise broken(file.name)
    lists = Lists(root, file.read_xml("styles.xml"))
    problems: list[Problem] = []
    if (book := body.find(f"{OFFICE}spreadsheet")) is not None:
        blocks = list(_sheets(book, root, lists, file.name, problems))
    else:
        blocks = [block for part in body for block in _blocks(part, lists, file.name)]
    return Document(tuple(blocks), file.name, tuple(problems))


def _blocks(parent: Element, lists: Lists, name: str) -> Iterator[str | Table]:
    """Yield a text's paragraphs and tables."""
    for child in parent:
        if child.tag == f"{TABLE}table":
            yield Table(settle_rows(list(_rows(child, lists, name, []))))
        elif child.tag in (f"{TEXT}section", f"{TEXT}index-body"):
            yield from _blocks(child, lists, name)
        else:
            yield from filter(None, map(tidy_line, lines_of([child], lists)))


def _sheets(
    book: Element, root: Element, lists: Lists, name: str, problems: list[Problem]
) -> Iterator[str | Table]:
    """Yield what the sheets hold; hidden ones and hidden rows are read and said."""
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }
    sheets = book.findall(f"{TABLE}table")
    if len(sheets) > MAX_SHEETS:
        raise too_many_pages(name, MAX_SHEETS)
    for sheet in sheets:
        hidden: list[str] = []
        title = sheet.get(f"{TABLE}name", "")
        blocks = sheet_blocks(list(_rows(sheet, lists, name, hidden)))
        if blocks and sheet.get(f"{TABLE}style-name") in unseen:
            text = N_("The hidden sheet {sheet} was read too; delete it if it is not in the plan.")
            problems.append(problem(text, sheet=title))
        if hidden:
            text = N_("Hidden rows of sheet {sheet} were read too: {rows}.")
            problems.append(problem(text, sheet=title, rows=", ".join(hidden[:20])))
        yield from blocks


def _rows(table: Element, lists: Lists, name: str, hidden: list[str]) -> Iterator[list[Cell]]:
    """Yield a table's rows; the numbers of hidden ones that hold anything join `hidden`."""
    at = 0
    filled = 0
    for row in _row_elements(table):
        repeated = _count(row, "number-rows-repeated")
        at += repeated
        cells = list(_cells(row, lists))
        if not any(cells) and None not in cells:
            continue
        filled += repeated
        if filled > MAX_ROWS:
            raise too_many_rows(name, MAX_ROWS)
        if row.get(f"{TABLE}visibility", "visible") != "visible":
            hidden.append(str(at))
        for _ in range(repeated):
            yield cells


def _row_elements(table: Element, depth: int = 0) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in GROUPS and depth < MAX_SHEETS:
            yield from _row_elements(child, depth + 1)


def _cells(row: Element, lists: Lists) -> Iterator[Cell]:
    """Yield a row's cells, at most `MAX_COLUMNS`; one covered from above is None."""
    count = 0
    sideways = 0
    for cell in row:
        covered = cell.tag == f"{TABLE}covered-table-cell"
        if not covered and cell.tag != f"{TABLE}table-cell":
            continue
        text = "" if covered else tidy_cell("\n".join(lines_of(cell, lists)))
        for _ in range(min(_count(cell, "number-columns-repeated"), MAX_COLUMNS - count)):
            yield (None if not sideways else "") if covered else text
            count += 1
            sideways = max(0, sideways - 1) if covered else sideways
        if not covered:
            sideways = _count(cell, "number-columns-spanned") - 1


def _count(element: Element, attribute: str) -> int:
    value = element.get(f"{TABLE}{attribute}", "1")
    return int(value) if value.isdecimal() and len(value) < 9 else 1
