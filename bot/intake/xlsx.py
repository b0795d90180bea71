"""Excel workbooks (.xlsx): every visible sheet as a table, the rows above it as paragraphs."""

import datetime as dt
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_
from bot.domain.table import Document, Row, Table
from bot.intake.archive import OfficeFile, broken
from bot.intake.cells import tidy_cell

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
BOOK = "xl/workbook.xml"
MAX_ROWS = 20_000
MAX_COLUMNS = 60
# Built-in number formats that show a day.
DATE_FORMATS = frozenset((14, 15, 16, 17, 22))
DATE_CODE = re.compile(r"[dy]", re.I)
NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_xlsx(file: OfficeFile) -> Document:
    """Return the sheets of a workbook in order; a real date is written as "30/06/2026".

    Raises:
        UnreadableDocument: the file is broken, locked, too large or too long.
    """
    book = file.read_xml(BOOK)
    if book is None:
        raise broken(file.name)
    strings = _shared_strings(file.read_xml("xl/sharedStrings.xml"))
    dates = _date_styles(file.read_xml("xl/styles.xml"))
    since = dt.date(1904, 1, 1) if _is_1904(book) else dt.date(1899, 12, 30)
    blocks: list[str | Table] = []
    for part in _sheet_parts(book, file):
        sheet = file.read_xml(part)
        if sheet is not None:
            rows = list(_rows(sheet, strings, dates, since, file.name))
            blocks += _blocks(rows)
    return Document(tuple(blocks), file.name)


def _blocks(rows: list[Row]) -> list[str | Table]:
    """Return rows as one table; those with a single cell above it are paragraphs."""
    start = 0
    lines: list[str | Table] = []
    while start < len(rows) and sum(map(bool, rows[start])) <= 1:
        lines += [" ".join(cell.split()) for cell in rows[start] if cell]
        start += 1
    return [*lines, Table(tuple(rows[start:]))] if start < len(rows) else lines


def _shared_strings(root: Element | None) -> list[str]:
    items = [] if root is None else root.iter(f"{S}si")
    return [_text(item) for item in items]


def _text(item: Element) -> str:
    """Return a string's runs joined, without its reading aids."""
    pieces = []
    for child in item:
        if child.tag == f"{S}t":
            pieces.append(child.text or "")
        elif child.tag == f"{S}r":
            pieces += [text.text or "" for text in child.iter(f"{S}t")]
    return "".join(pieces)


def _date_styles(root: Element | None) -> frozenset[str]:
    """Return the indices of the cell styles that show a day."""
    if root is None:
        return frozenset()
    codes = {
        form.get("numFmtId", ""): NOT_CODE.sub("", form.get("formatCode", ""))
        for form in root.iter(f"{S}numFmt")
    }
    styles = root.find(f"{S}cellXfs")
    found = set()
    for index, style in enumerate([] if styles is None else styles):
        key = style.get("numFmtId", "")
        built_in = key.isdecimal() and int(key) in DATE_FORMATS
        if built_in or DATE_CODE.search(codes.get(key, "")):
            found.add(str(index))
    return frozenset(found)


def _is_1904(book: Element) -> bool:
    properties = book.find(f"{S}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _sheet_parts(book: Element, file: OfficeFile) -> Iterator[str]:
    """Yield the parts of the visible sheets in the book's order."""
    relations = file.read_xml("xl/_rels/workbook.xml.rels")
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in ([] if relations is None else relations.iter(RELATION))
    }
    for sheet in book.iter(f"{S}sheet"):
        target = targets.get(sheet.get(f"{R}id", ""), "")
        if target and sheet.get("state", "visible") == "visible":
            yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _rows(
    sheet: Element, strings: list[str], dates: frozenset[str], since: dt.date, name: str
) -> Iterator[Row]:
    """Yield the rows that hold anything, hidden ones too: a filter hides no duty."""
    for count, row in enumerate(sheet.iter(f"{S}row")):
        if count >= MAX_ROWS:
            raise UnreadableDocument(
                N_("The table has more than {limit} rows; split the file."),
                name=name,
                limit=MAX_ROWS,
            )
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.iter(f"{S}c")):
            at = _column(cell.get("r", ""), place)
            if at < MAX_COLUMNS:
                cells[at] = tidy_cell(_value(cell, strings, dates, since))
        if any(cells.values()):
            yield tuple(cells.get(at, "") for at in range(max(cells) + 1))


def _column(reference: str, place: int) -> int:
    """Return a cell's column, counted from 0: "C7" is 2."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return place
    column = 0
    for letter in letters.group():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _value(cell: Element, strings: list[str], dates: frozenset[str], since: dt.date) -> str:
    """Return what a cell shows: its text, a whole number without decimals, or a day."""
    inline = cell.find(f"{S}is")
    if inline is not None:
        return _text(inline)
    found = cell.find(f"{S}v")
    value = (found.text or "") if found is not None else ""
    kind = cell.get("t", "n")
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    if kind in ("str", "b", "d"):
        return value
    if kind == "e" or not re.fullmatch(r"-?\d{1,15}(?:\.\d+)?(?:E[-+]?\d{1,2})?", value):
        return ""
    number = float(value)
    if cell.get("s", "") in dates and 1 <= number < 200_000:
        return f"{since + dt.timedelta(days=int(number)):%d/%m/%Y}"
    return str(int(number)) if number == int(number) else value
