"""What only LibreOffice can do, where it is installed: reading .doc, and making PDF of drafts."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from bot.intake.limits import CONVERT_SECONDS
from bot.intake.refusals import broken, old_word, too_heavy

PROGRAMS = ("soffice", "libreoffice")


def doc_to_docx(data: bytes, name: str) -> bytes:
    """Return an old Word file as .docx, its tracked changes and tables kept.

    Raises:
        UnreadableDocument: LibreOffice is not installed, refuses the file (damage, a password)
            or takes longer than `CONVERT_SECONDS`.
    """
    if not installed():
        raise old_word(name)
    made = _convert(data, "doc", "docx")
    if made is None:
        raise too_heavy(name)
    if not made:
        raise broken(name)
    return made


def docx_to_pdf(data: bytes) -> bytes:
    """Return a Word file as PDF; empty where LibreOffice fails, or is not installed."""
    return (_convert(data, "docx", "pdf") or b"") if installed() else b""


def installed() -> bool:
    """Tell whether LibreOffice is on this machine."""
    return _program() is not None


def _program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def _convert(data: bytes, kind: str, wanted: str) -> bytes | None:
    """Return a file in another format: empty when refused, None when it took too long."""
    program = _program()
    assert program is not None  # the caller has looked
    with tempfile.TemporaryDirectory(prefix="nhacviec-doc-") as folder:
        source, target = Path(folder, f"file.{kind}"), Path(folder, f"file.{wanted}")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--norestore", "--convert-to", wanted, "--outdir", folder, str(source)]
        if not _run(command, folder):
            return None
        return target.read_bytes() if target.is_file() else b""


def _run(command: list[str], folder: str) -> bool:
    """Run LibreOffice with all the processes it starts; False where it took too long."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(CONVERT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True
