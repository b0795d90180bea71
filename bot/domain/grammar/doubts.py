"""Readings of a clause that leave a choice or a rest, which a person must see."""

from bot.domain.grammar import notes
from bot.domain.grammar.clauses import Clause
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.labels import is_loose
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens
from bot.domain.grammar.tokens import Tag
from bot.domain.grammar.units import WEEKLY
from bot.domain.grammar.words import said
from bot.domain.problem import Problem


def only_dates_an_event(tokens: Tokens, start: int, piece: Piece) -> bool:
    """Tell whether a bare year belongs to an event without a date: "trước mùa mưa năm 2025"."""
    loose = [token for token in tokens[start : piece.start] if is_loose(token)]
    years = [item for item in piece.items if item.last.months == (1, 12) and not item.last.edge]
    bare = years and len(years) == len(piece.items) == 1 and not years[0].manner.written
    return bool(bare and len(loose) > 1 and loose[0].tag & (Tag.BEFORE | Tag.AFTER))


def either(tokens: Tokens, piece: Piece, setting: Setting) -> tuple[Problem, ...]:
    """Return a problem for "quý I hoặc quý II": which of them, a person must say."""
    dated = len(piece.items) > 1
    if not dated or not any(t.tag & Tag.OR for t in tokens[piece.start : piece.end]):
        return ()
    return (notes.either(said(tokens, piece.start, piece.end, setting)),)


def other_weekdays(
    tokens: Tokens, clause: Clause, piece: Piece, setting: Setting
) -> tuple[Problem, ...]:
    """Return a problem for a second day beside a weekly rule: "thứ 2, thứ 5 hằng tuần"."""
    if piece.habit is None or WEEKLY not in piece.habit.widths:
        return ()
    named = Tag.WEEKDAY | Tag.NTH
    places = [*range(clause.start, piece.start), *range(piece.end, clause.end)]
    if not any(tokens[place].tag & named for place in places):
        return ()
    return (notes.unread(said(tokens, clause.start, clause.end, setting)),)
