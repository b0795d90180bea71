"""Parts of an Office file (a zip of XML), read within bounds and without following entities."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_

# Bytes of all parts read from one file, and how often a part may exceed its packed size.
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 400
MAX_PARTS = 5000
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


class OfficeFile:
    """The parts of one zip; every read counts against the bound for the whole file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = MAX_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.parts = frozenset(self._zip.namelist()[:MAX_PARTS])
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise broken(name) from error

    def read_xml(self, part: str) -> ElementTree.Element | None:
        """Return the root of a part; None where there is none.

        Raises:
            UnreadableDocument: the part is broken, encrypted, or too large when unpacked.
        """
        if part not in self.parts:
            return None
        try:
            data = self._read(part)
            if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
                raise broken(self.name)
            return ElementTree.fromstring(data)
        except DAMAGE as error:
            raise broken(self.name) from error

    def _read(self, part: str) -> bytes:
        """Return the bytes of a part, counted against the bound."""
        info = self._zip.getinfo(part)
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > self._left or ratio > MAX_RATIO:
            raise too_large(self.name)
        with self._zip.open(info) as file:
            data = file.read(self._left + 1)
        if len(data) > self._left:
            raise too_large(self.name)
        self._left -= len(data)
        return data


def broken(name: str) -> UnreadableDocument:
    """Return the error for a file that is damaged or locked."""
    return UnreadableDocument(
        N_("The file {name} is broken or protected by a password; save it again without one."),
        name=name,
    )


def too_large(name: str) -> UnreadableDocument:
    """Return the error for a file that unpacks to more than the bound."""
    return UnreadableDocument(
        N_("The file {name} is too large when unpacked; send the plan alone."), name=name
    )
