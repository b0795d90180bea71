"""Parts of an Office file (a zip of XML), read within bounds and without following entities."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from bot.intake.limits import MAX_PARTS, MAX_UNPACKED
from bot.intake.refusals import broken, locked, too_large

# What reading a damaged or locked zip can raise (RuntimeError: a password is needed).
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
ENCRYPTED = 0x1


class OfficeFile:
    """The parts of one zip, whose unpacked sizes together are within the bound."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the zip.

        Raises:
            UnreadableDocument: it is broken, locked, or too large when unpacked.
        """
        self.data = data
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except DAMAGE as error:
            raise broken(name) from error
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise locked(name)
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise too_large(name)
        self.parts = frozenset(entry.filename for entry in entries)

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, b"" where there is none; never more than its stated size.

        Raises:
            UnreadableDocument: the part is broken.
        """
        if part not in self.parts:
            return b""
        try:
            return self._zip.read(part)
        except DAMAGE as error:
            raise broken(self.name) from error

    def read_xml(self, part: str) -> ElementTree.Element | None:
        """Return the root of a part; None where there is none.

        Raises:
            UnreadableDocument: the part is broken or declares entities.
        """
        data = self.read(part)
        if not data:
            return None
        if declares_entities(data):
            raise broken(self.name)
        try:
            return ElementTree.fromstring(data)
        except DAMAGE as error:
            raise broken(self.name) from error

    def check_xml(self) -> None:
        """Check that no part declares entities, before a library reads the whole file.

        Raises:
            UnreadableDocument: a part is broken or declares entities.
        """
        for part in self.parts:
            if part.lower().endswith((".xml", ".rels")) and declares_entities(self.read(part)):
                raise broken(self.name)


def declares_entities(data: bytes) -> bool:
    """Tell whether XML has a document type, in whichever encoding: no Office file has one."""
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:200] else data
    return b"<!DOCTYPE" in plain[:8192] or b"<!ENTITY" in plain
