"""Cutting long lists into messages that Telegram takes. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from bot.services.messages import Button, Outgoing

# Telegram counts 4096 after parsing; whether in code points or UTF-16 units is disputed. The raw
# HTML in UTF-16 units is never less than either.
LIMIT = 4000
PER_ROW = 4
MOST_BUTTONS = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a list that is never broken, with the button that opens what it speaks of.

    `title` is repeated at the head of the next message when its group runs over.
    """

    html: str
    button: Button | None = None
    title: str = ""


_TAG = re.compile(r"<[^<>]*>")


def size(html: str) -> int:
    """Return the length of `html` in UTF-16 units."""
    return len(html.encode("utf-16-le")) // 2


def visible_size(html: str) -> int:
    """Return the length in UTF-16 units of what is left of `html` after parsing."""
    return size(unescape(_TAG.sub("", html)))


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
    pages: list[tuple[str, list[Button]]] = []
    html, group = head, ""
    buttons: list[Button] = []
    for block in blocks:
        piece = _with_title(block, group)
        if size(html) + size(piece) + 1 > LIMIT or len(buttons) >= MOST_BUTTONS:
            pages.append((html, buttons))
            html, buttons = "", []
            piece = _with_title(block, "").lstrip("\n")
        html = f"{html}\n{piece}" if html else piece
        group = block.title
        if block.button and block.button not in buttons:
            buttons.append(block.button)
    if foot and size(html) + size(foot) + 2 > LIMIT:
        pages.append((html, buttons))
        html, buttons = foot, []
    elif foot:
        html = f"{html}\n\n{foot}"
    pages.append((html, buttons))
    return [
        Outgoing(text, (*_rows(keys), *(last_rows if number == len(pages) else ())))
        for number, (text, keys) in enumerate(pages, start=1)
    ]


def _with_title(block: Block, group: str) -> str:
    if not block.title or block.title == group:
        return block.html
    return f"\n{block.title}\n{block.html}"


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))
