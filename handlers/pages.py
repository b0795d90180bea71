"""Cutting long lists into messages that Telegram takes. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from bot.services.messages import Button, Outgoing, Piece

# Telegram counts 4096 after parsing; whether in code points or UTF-16 units is disputed. The raw
# HTML in UTF-16 units is never less than either.
LIMIT = 4000
PER_ROW = 4
MOST_BUTTONS = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a list that is never broken, with the button that opens what it speaks of.

    `title` is repeated at the head of the next message when its group runs over. `row` are buttons
    of its own that stand beside each other.
    """

    html: str
    button: Button | None = None
    title: str = ""
    row: tuple[Button, ...] = ()


_TAG = re.compile(r"<[^<>]*>")


def size(html: str) -> int:
    """Return the length of `html` in UTF-16 units."""
    return len(html.encode("utf-16-le")) // 2


def visible_size(html: str) -> int:
    """Return the length in UTF-16 units of what is left of `html` after parsing."""
    return size(unescape(_TAG.sub("", html)))


@dataclass
class _Page:
    """A message that is being filled."""

    html: str = ""
    buttons: list[Button] = field(default_factory=list)
    rows: list[tuple[Button, ...]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def add(self, text: str, piece: Piece) -> None:
        self.html = f"{self.html}\n{text}" if self.html else text
        self.pieces.append(piece)

    def holds(self, text: str) -> bool:
        return size(self.html) + size(text) + 1 <= LIMIT

    def full(self) -> bool:
        return len(self.buttons) + sum(map(len, self.rows)) >= MOST_BUTTONS


def paginate(
    head: str,
    blocks: Sequence[Block],
    *,
    foot: str = "",
    last_rows: Sequence[tuple[Button, ...]] = (),
) -> list[Outgoing]:
    """Return the messages that say `head`, then every block, then `foot`.

    Buttons stand under the message that lists what they open; `last_rows` under the last one.
    """
    page, group = _Page(), ""
    pages = [page]
    if head:
        page.add(head, Piece(head, frame=True))
    for block in blocks:
        text = _with_title(block, group)
        if not page.holds(text) or page.full():
            page = _Page()
            pages.append(page)
            text = _with_title(block, "").lstrip("\n")
        page.add(text, Piece(block.html, block.title))
        group = block.title
        if block.button and block.button not in page.buttons:
            page.buttons.append(block.button)
        if block.row:
            page.rows.append(block.row)
    if foot:
        if not page.holds(f"\n{foot}"):
            page = _Page()
            pages.append(page)
        page.add(f"\n{foot}" if page.html else foot, Piece(f"\n{foot}", frame=True))
    return [
        Outgoing(
            page.html,
            (*_rows(page.buttons), *page.rows, *(last_rows if page is pages[-1] else ())),
            pieces=tuple(page.pieces),
        )
        for page in pages
    ]


def _with_title(block: Block, group: str) -> str:
    if not block.title or block.title == group:
        return block.html
    return f"\n{block.title}\n{block.html}"


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))
