"""A document as paragraphs and tables in their order: what every file format is turned into.

Cells are plain text: no tags, list items on lines of their own beginning "- " or "+ ", other white
space single.
"""

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from top to bottom; they may differ in length, a merged cell's text stands once."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Paragraphs (one line each) and tables in reading order; `name` is the file's own."""

    blocks: tuple[str | Table, ...]
    name: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs outside tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, str))
