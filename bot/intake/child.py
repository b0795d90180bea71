"""The other side of `bot.intake.bounded`: bytes on stdin → the document as JSON on stdout."""

import json
import logging
import resource
import sys
from dataclasses import asdict

from bot.domain.errors import UserError
from bot.domain.problem import Problem
from bot.domain.reading.table import Document
from bot.intake.formats import Format, read_format
from bot.intake.limits import MAX_MEMORY, MAX_SECONDS

OUT_OF_MEMORY = 3


def main(kind: str, name: str) -> int:
    """Read stdin as `kind` and write what was found; return the exit code."""
    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = _written(read_format(Format(kind), sys.stdin.buffer.read(), name))
    except UserError as error:
        answer = {"error": _sentence(error.problem)}
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.write(json.dumps(answer))
    return 0


def _written(document: Document) -> dict[str, object]:
    blocks = [block if isinstance(block, str) else asdict(block) for block in document.blocks]
    return {"blocks": blocks, "problems": [_sentence(each) for each in document.problems]}


def _sentence(problem: Problem) -> list[object]:
    return [problem.msgid, problem.params]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
