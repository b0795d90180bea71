"""Small files made by the libraries that offices' own programs agree with."""

import io
import zipfile
from pathlib import Path

import docx
from openpyxl import Workbook

from bot.domain.units.registry import UnitRegistry

FILES = Path(__file__).parents[1] / "data" / "files"
REGISTRY = UnitRegistry()
HEADER = ("STT", "Nhiệm vụ", "Sản phẩm", "Thời hạn", "Đơn vị thực hiện")
PLAN = (
    HEADER,
    ("I", "CHỈ ĐẠO, ĐIỀU HÀNH"),
    ("1", "Ban hành Kế hoạch", "Kế hoạch", "15/6/2026", "Văn phòng chủ trì"),
    ("2", "Báo cáo năm", "Báo cáo", "Tháng 10/2026", "Thanh tra chủ trì"),
)
TITLE = "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026"


def save(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word_plan(rows=PLAN):
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        cells = table.add_row()._tr.tc_lst
        for cell, text in zip(cells, row, strict=False):
            cell.p_lst[0].add_r().text = text
    return save(document)


def excel_plan(rows=PLAN):
    book = Workbook()
    book.active.append((TITLE,))
    for row in rows:
        book.active.append(row)
    return save(book)


def edit_zip(data, changes):
    """Return a zip with parts changed: bytes, a function of the old bytes, or None to drop it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in dict.fromkeys((*old.namelist(), *changes)):
            change = changes.get(name, lambda before: before)
            before = old.read(name) if name in old.namelist() else b""
            content = change(before) if callable(change) else change
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def ole_file(*streams):
    """Return a container whose directory names some streams; there is nothing in them."""
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + entries.ljust(1024, b"\0")


class PdfPage:
    """A page of ruled cells and lines of text; Latin letters only, from the top left."""

    packing = b""

    def __init__(self):
        self._drawn = []

    def text(self, x, y, words, size=10):
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._drawn.append(f"BT /F1 {size} Tf {x} {800 - y} Td ({safe}) Tj ET")

    def grid(self, edges, tops):
        for x in edges:
            self._drawn.append(f"{x} {800 - tops[0]} m {x} {800 - tops[-1]} l S")
        for y in tops:
            self._drawn.append(f"{edges[0]} {800 - y} m {edges[-1]} {800 - y} l S")

    @property
    def content(self):
        return "\n".join(self._drawn).encode("latin-1")


class PackedPage:
    """A page whose content is packed already."""

    packing = b"/Filter /FlateDecode "

    def __init__(self, content):
        self.content = content


def pdf_file(pages, encrypt=b""):
    """Return a PDF 1.4 of such pages; `encrypt` is the body of an encryption dictionary."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources"
            b" << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(
            b"<< %s/Length %d >>\nstream\n%s\nendstream"
            % (page.packing, len(page.content), page.content)
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    locked = b"/Encrypt %s /ID [<00> <00>]" % encrypt if encrypt else b""
    trailer = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return data + trailer % (len(objects) + 1, locked, start)
