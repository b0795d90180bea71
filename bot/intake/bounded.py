"""Read a file in a process of its own, with limits on time and memory that nothing can pass."""

import json
import logging
import os
import subprocess
import sys

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import Problem
from bot.domain.reading.table import Document, Table
from bot.intake import refusals
from bot.intake.formats import Format
from bot.intake.limits import MAX_SECONDS
from bot.intake.ocr import SCANNED, ScannedDocument

log = logging.getLogger(__name__)


def read_in_child(kind: Format, data: bytes, name: str) -> Document:
    """Return the document in `data`, read within `MAX_SECONDS` and `MAX_MEMORY`.

    Raises:
        UnreadableDocument: the reader refused the file, or passed a limit.
    """
    command = [sys.executable, "-m", "bot.intake.child", kind, name]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MAX_SECONDS, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_heavy(name) from error
    if done.returncode:
        log.warning("the reader of a file died", extra={"format": kind, "code": done.returncode})
        raise refusals.too_heavy(name)
    return _unpack(json.loads(done.stdout), name)


def _environment() -> dict[str, str]:
    """Return what a child needs to find its modules, and nothing secret."""
    kept = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    return {**environment, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}


def _unpack(answer: dict[str, list[object]], name: str) -> Document:
    """Return the document a child wrote, or raise the error it met."""
    if "error" in answer:
        refused = _problem(answer["error"])
        kind = ScannedDocument if refused.msgid in SCANNED else UnreadableDocument
        raise kind(refused.msgid, **dict(refused.params))
    blocks: list[str | Table] = []
    for block in answer["blocks"]:
        if isinstance(block, str):
            blocks.append(block)
        else:
            assert isinstance(block, dict)  # the child writes nothing else
            rows = tuple(tuple(row) for row in block["rows"])
            blocks.append(Table(rows, starts_anew=block["starts_anew"]))
    return Document(tuple(blocks), name, tuple(map(_problem, answer["problems"])))


def _problem(written: object) -> Problem:
    """Return a problem out of [msgid, [[name, value], …]]."""
    assert isinstance(written, list)  # the child writes nothing else
    msgid, params = written
    return Problem(msgid, tuple((key, value) for key, value in params))
