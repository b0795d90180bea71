"""The paragraphs of a plan as a tree of headings and what stands under them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.reading.column_phrases import Column
from bot.domain.reading.prose_lines import END, Level, Line
from bot.domain.reading.prose_phrases import ATTRIBUTES
from bot.domain.units.text import bare

# A numbered text this short is a heading where anything stands under it, with a full stop or not.
HEADING_LENGTH = 100
LABEL_LENGTH = 60
LABEL = re.compile(r"^(.{2,60}?)\s*:\s*(.*)$", re.S)
INLINE_LABEL = re.compile(
    r"(?:^|(?<=[.;(])|(?<=[.;] ))\s*([^\W\d_][^:.;()\n]{2,50}?)\s*:\s*([^.;)\n]+)[.;)]*"
)
Attributes = dict[Column, str]


@dataclass(slots=True)
class Node:
    """A line with what stands under it; `attributes` are its "Đơn vị chủ trì: …" by column."""

    line: Line
    children: list["Node"] = field(default_factory=list)
    attribute: Column | None = None

    @property
    def text(self) -> str:
        """The line's own words."""
        return self.line.text

    @property
    def level(self) -> int:
        """How deep the line stands."""
        return self.line.level

    @property
    def members(self) -> list["Node"]:
        """What stands under the line, without its attributes."""
        return [child for child in self.children if child.attribute is None]

    @property
    def is_heading(self) -> bool:
        """Tell whether the line only heads what stands under it."""
        if not self.members or self.level == Level.BARE:
            return False
        if self.level <= Level.ROMAN or self.text.endswith(":"):
            return True
        if self.level >= Level.BULLET:
            return False
        return len(self.text) <= HEADING_LENGTH or not END.search(self.text)

    def whole_text(self) -> str:
        """Return the words of the line and of all under it, list items on lines of their own."""
        parts = [self.text]
        for child in self.members:
            mark = "+ " if child.level == Level.PLUS else "- "
            bare_line = child.level in (Level.BARE, Level.LEAD_IN)
            words = child.whole_text()
            parts.append(words if bare_line else f"{mark}{words}")
        return "\n".join(part for part in parts if part)


def build_tree(lines: Iterable[Line]) -> Node:
    """Return the root of `lines`: each stands under the last line before it that is less deep."""
    root = Node(Line(-1, "", ""))
    path = [root]
    for line in lines:
        node = Node(line)
        if found := attribute_of(line):
            column, value = found
            node = Node(Line(line.level, line.number, value), attribute=column)
        while path[-1].level >= line.level or (path[-1].level == Level.BARE):
            path.pop()
        path[-1].children.append(node)
        path.append(node)
    return root


def attribute_of(line: Line) -> tuple[Column, str] | None:
    """Return what a line such as "Thời gian thực hiện: Quý II" says; None for other lines."""
    found = LABEL.match(line.text)
    if not found or line.level <= Level.ROMAN:
        return None
    column = label_column(found[1])
    return (column, found[2]) if column else None


def label_column(label: str) -> Column | None:
    """Return the column whose label `label` is, whole."""
    folded = bare(label).strip(" .-+*")
    for column, pattern in ATTRIBUTES:
        if len(folded) <= LABEL_LENGTH and re.fullmatch(pattern, folded):
            return column
    return None


def attributes_of(nodes: Iterable[Node]) -> Attributes:
    """Return the words of attribute lines by column; several of a column on lines of their own."""
    found: Attributes = {}
    for node in nodes:
        if node.attribute is not None and (words := node.whole_text()):
            before = found.get(node.attribute)
            found[node.attribute] = f"{before}\n{words}" if before else words
    return found


def inline_attributes(text: str) -> Attributes:
    """Return the attributes inside a sentence: "… (Đơn vị chủ trì: X; thời gian: quý II)"."""
    found: Attributes = {}
    for match in INLINE_LABEL.finditer(text):
        column = label_column(match[1])
        if column not in (None, Column.TITLE, Column.NOTE):
            found.setdefault(column, match[2].strip())
    return found
