"""A document as paragraphs and tables in their order: what every file format is turned into.

Cells are plain text: no tags, list items on lines of their own beginning "- " or "+ ", other white
space single.
"""

from dataclasses import dataclass

from bot.domain.problem import Problem

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from top to bottom; they may differ in length.

    A merged cell's text stands once, but is repeated downwards beside rows that begin with a cell
    of their own. A table that `starts_anew` (a sheet) never continues the one before it.
    """

    rows: tuple[Row, ...]
    starts_anew: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Paragraphs (one line each) and tables in reading order; `name` is the file's own.

    `problems` say what the file hides or holds that was not read as it looks.
    """

    blocks: tuple[str | Table, ...]
    name: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs outside tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, str))
