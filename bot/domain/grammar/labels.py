"""What the words beside a date say it is for, and which of them stay unread."""

from dataclasses import replace

from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.grammar import notes
from bot.domain.grammar.clauses import Clause
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens, mark, tagged
from bot.domain.grammar.tokens import END, Kind, Tag, Token
from bot.domain.grammar.words import said
from bot.domain.problem import Problem

LONGEST_BRACKET = 80


BRACKETS = ',:()"'


MATTERS = (
    Tag.DAY | Tag.MONTH | Tag.QUARTER | Tag.YEAR | Tag.WEEK | Tag.BEFORE | Tag.EVERY | Tag.PERIODIC
) | (Tag.SINCE | Tag.WHEN | Tag.TIME_WORD | Tag.DAILY | Tag.SUDDEN | Tag.PER | Tag.FOLLOWING)


# "24/7" is as often an idiom as a day.
_ALL_DAY, _ALL_WEEK = (24, 24), (7, 7)
_GOVERNS = Tag.FROM | Tag.TO | Tag.BY | Tag.AFTER | Tag.WITHIN | Tag.EDGE | Tag.NEXT | Tag.LUNAR


CLASS_WORDS = Tag.BEFORE | Tag.DAY | Tag.EVERY | Tag.WEEK | Tag.FOLLOWING


def is_loose(token: Token) -> bool:
    """Tell whether `token` says something besides punctuation and filling words."""
    if token.kind in {Kind.MARK, Kind.BREAK}:
        return False
    return not token.tag & (Tag.FILLER | Tag.JOIN)


def unsure(
    tokens: Tokens, piece: Piece, clause: Clause, found: tuple[Deadline, ...]
) -> tuple[Problem, ...]:
    """Doubt a day without class word that touches words ("1/3 nhiệm vụ", "tước ngày 5/6")."""
    first, last = piece.start - 1, piece.end
    bare = [
        item
        for item in piece.items
        if not item.manner.written and (item.last.days or item.last.months == (1, 12))
    ]
    if not bare or not isinstance(found[0] if found else None, DateDeadline) or piece.narrowed:
        return ()
    before = first >= clause.start and tokens[first].kind is Kind.WORD and is_loose(tokens[first])
    dated = any(item.last.years or not item.last.days for item in bare) or tagged(
        tokens, piece.start, Tag.DAY
    )
    after = last < clause.end and tokens[last].kind is Kind.WORD and not dated
    idiom = any(item.last.days == _ALL_DAY and item.last.months == _ALL_WEEK for item in bare)
    if not (before or after or (idiom and not dated)):
        return ()
    return tuple(
        notes.doubtful(deadline.text, deadline.due)
        for deadline in found
        if isinstance(deadline, DateDeadline)
    )


def matters(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether words left over speak of time."""
    return any(token.tag & CLASS_WORDS for token in tokens[start:end])


def bracketed(tokens: Tokens, place: int) -> bool:
    """Tell whether a bracket opens at `place`."""
    return mark(tokens, place, "(")


def bracket_end(tokens: Tokens, place: int, end: int) -> int:
    """Return the place after the bracket that opens at `place`."""
    for here in range(place, min(end, place + LONGEST_BRACKET)):
        if mark(tokens, here, ")"):
            return here + 1
    return min(end, place + LONGEST_BRACKET)


def label_of(
    tokens: Tokens, start: int, end: int, setting: Setting, *, trailing: bool = False
) -> tuple[str | None, tuple[Problem, ...]]:
    """Return what the words from `start` to `end` say a date is for, and what is unread in them.

    Words such as "tiến độ" at the head and "hoàn thành" at the tail say nothing; a receiver ("gửi
    Sở Nội vụ") is no part of the label.
    """
    stop = next((i for i in range(start, end) if tagged(tokens, i, Tag.SEND)), end)
    first, last = start, stop
    while first < stop and _says_nothing(tokens[first]):
        first += 1
    while last > first and not is_loose(tokens[last - 1]):
        last -= 1
    announced = mark(tokens, end - 1, ":") or (trailing and mark(tokens, start, ":"))
    if first == last and announced and not all(map(_says_nothing, tokens[start:end])):
        first, last = start, end
    label = said(tokens, first, last, setting).strip(' "()-+*:') or None
    if label and _only_a_number(tokens, first, last):
        return None, (notes.unread(label),)
    if not any(token.tag & CLASS_WORDS for token in tokens[start:end]) and not _dangling(
        tokens, start, end, trailing=trailing
    ):
        return label, ()
    return (None if trailing else label), (notes.unread(said(tokens, start, end, setting)),)


def _only_a_number(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether the words are but a number: a date that fell apart, and no label."""
    said_words = [
        token for token in tokens[start:end] if token.kind not in {Kind.MARK, Kind.BREAK}
    ]
    if not said_words or said_words[-1].tag & Tag.YEAR:
        return False
    return all(
        token.kind is Kind.NUMBER or token.tag & (Tag.NUMERAL | Tag.ROMAN) for token in said_words
    )


def _says_nothing(token: Token) -> bool:
    """Tell whether a word at a label's head says nothing of what a date is for."""
    if token.kind in {Kind.MARK, Kind.BREAK}:
        return True
    empty = Tag.HEAD | Tag.BUT | Tag.PERIODIC | Tag.JOIN | Tag.IN | Tag.ABOUT | Tag.WEEKDAY
    return bool(token.tag & empty)


def _dangling(tokens: Tokens, start: int, end: int, *, trailing: bool) -> bool:
    """Tell whether the word next to a date is a number or governs it, and was not understood."""
    places = range(start, end) if trailing else range(end - 1, start - 1, -1)
    nearest = next((tokens[i] for i in places if tokens[i].text not in BRACKETS), END)
    glued = not trailing and end < len(tokens) and nearest.end == tokens[end].start
    if glued and nearest.kind is Kind.WORD and tokens[end].kind is Kind.NUMBER:
        return True
    if nearest.kind in {Kind.NUMBER, Kind.REFERENCE} or nearest.text == "/":
        counted = [i for i in places if tokens[i] is nearest and tokens[i - 1].tag & Tag.NTH]
        return not (counted and counted[0] > start and not trailing)
    periodic = any(token.tag & Tag.PERIODIC for token in tokens[start:end])
    if periodic and all(_says_nothing(token) for token in tokens[start:end]):
        return True
    if trailing and nearest.tag & Tag.OF:
        return True
    return bool(nearest.tag & _GOVERNS) and not nearest.tag & (Tag.FILLER | Tag.SEND | Tag.JOIN)


def labelled(deadline: Deadline, label: str | None) -> Deadline:
    """Return `deadline` with its label; a kind without one keeps it before its own words."""
    if not label:
        return deadline
    if isinstance(deadline, DateDeadline | Recurring):
        return replace(deadline, label=label)
    return replace(deadline, text=f"{label}: {deadline.text}")
