"""Old Word files (.doc), which only LibreOffice reads, where it is installed."""

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
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise old_word(name)
    with tempfile.TemporaryDirectory(prefix="nhacviec-doc-") as folder:
        source, target = Path(folder, "plan.doc"), Path(folder, "plan.docx")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--norestore", "--convert-to", "docx", "--outdir", folder, str(source)]
        if not _run(command, folder):
            raise too_heavy(name)
        if not target.is_file():
            raise broken(name)
        return target.read_bytes()


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
