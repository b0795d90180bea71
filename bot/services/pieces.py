"""What is left to say of a message in several parts that was cut off and is written anew. Pure.

Between two attempts the world moves: an item is closed, another one falls due, and what was three
parts may be two. So a part is not known by its number but by what it said: of every part sent the
outbox keeps a digest of each piece and of what each button does.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.services.messages import Outgoing, Piece

# Digests of a message's pieces, then of its buttons.
Said = list[str]
LENGTH = 12


def said_by(message: Outgoing) -> Said:
    """Return the digests of what a message says and asks; no word can be read from them."""
    buttons = [_digest(button.data) for row in message.buttons for button in row]
    return [_digest(piece.html) for piece in _pieces(message)] + buttons


def left_to_say(messages: Sequence[Outgoing], said: Sequence[Said]) -> list[Outgoing]:
    """Return what to send of `messages` after those that said `said` were sent.

    Where these still say the same, the others follow as they are. Otherwise every piece that was
    not said is sent, under its title, with the buttons that were not sent; what was said is left
    out. A piece whose words changed counts as new, because saying something twice costs less than
    never saying it. A part that has nothing new but buttons is cut down to its head, or sent whole
    where it has none.
    """
    if [said_by(message) for message in messages[: len(said)]] == list(said):
        return list(messages[len(said) :])
    before = Counter(digest for one in said for digest in one)
    rest = (_without(message, before) for message in messages)
    return [message for message in rest if message is not None]


def _without(message: Outgoing, before: Counter[str]) -> Outgoing | None:
    """Return a message without what was said `before`, which it takes out of there."""
    pieces = [(piece, _take(before, piece.html)) for piece in _pieces(message)]
    rows = [[(button, _take(before, button.data)) for button in row] for row in message.buttons]
    if not any(was_said for piece, was_said in pieces if not piece.frame):
        return message
    kept = [piece for piece, was_said in pieces if piece.frame or not was_said]
    keys = [tuple(button for button, was_said in row if not was_said) for row in rows]
    if all(piece.frame for piece in kept) and not any(keys):
        return None
    if not kept:
        return message
    buttons = tuple(row for row in keys if row)
    return replace(message, html=_joined(kept), buttons=buttons, pieces=tuple(kept))


def _take(before: Counter[str], text: str) -> bool:
    digest = _digest(text)
    before[digest] -= 1
    return before[digest] >= 0


def _pieces(message: Outgoing) -> tuple[Piece, ...]:
    return message.pieces or (Piece(f"{message.html}{message.file_id or ''}"),)


def _joined(pieces: Sequence[Piece]) -> str:
    html, group = "", ""
    for piece in pieces:
        fresh = piece.title and piece.title != group
        text = f"\n{piece.title}\n{piece.html}" if fresh else piece.html
        html = f"{html}\n{text}" if html else text.lstrip("\n")
        group = piece.title
    return html


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
