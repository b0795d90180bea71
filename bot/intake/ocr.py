"""Scans: pictures of pages have no text; `ocrmypdf` makes some, on this machine only."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_
from bot.intake.limits import OCR_SECONDS

WITH_OCR = N_(
    "The file {name} is a scan: pictures without text. Send the Word file it was printed from, or"
    " have its text recognised and check every date."
)
WITHOUT_OCR = N_(
    "The file {name} is a scan: pictures without text. Send the Word file it was printed from, or"
    " install ocrmypdf with tesseract for Vietnamese to have its text recognised."
)
SCANNED = frozenset((WITH_OCR, WITHOUT_OCR))


class ScannedDocument(UnreadableDocument):
    """A file of pictures only; `ocr_pdf` can make text of it where it is installed."""


def scanned(name: str) -> ScannedDocument:
    """Return the error for a scan, with what can be done on this machine."""
    return ScannedDocument(WITH_OCR if can_recognise() else WITHOUT_OCR, name=name)


def can_recognise() -> bool:
    """Tell whether `ocr_pdf` can work: ocrmypdf and tesseract with Vietnamese are installed."""
    if not shutil.which("ocrmypdf") or not (tesseract := shutil.which("tesseract")):
        return False
    try:
        listed = subprocess.run(
            [tesseract, "--list-langs"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "vie" in f"{listed.stdout}\n{listed.stderr}".split()


def ocr_pdf(data: bytes, name: str) -> bytes:
    """Return the PDF with a layer of recognised text; its tables come as lines of text.

    It takes seconds a page and at most `OCR_SECONDS`; it runs here, the file goes nowhere.

    Raises:
        UnreadableDocument: it is not installed, failed, or took too long.
    """
    if not can_recognise():
        raise scanned(name)
    with tempfile.TemporaryDirectory(prefix="nhacviec-ocr-") as folder:
        source, target = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        command = ["ocrmypdf", "--language", "vie", "--skip-text", "--output-type", "pdf"]
        command += ["--jobs", "1", "--quiet", str(source), str(target)]
        try:
            subprocess.run(command, capture_output=True, timeout=OCR_SECONDS, check=True)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UnreadableDocument(
                N_("The text of {name} could not be recognised; send the Word file instead."),
                name=name,
            ) from error
