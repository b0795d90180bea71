"""Words beside a date that turn it round, move it or limit it: "không", "trừ", "lùi sang"."""

from bot.domain.deadline import Unspecified
from bot.domain.grammar import notes
from bot.domain.grammar.clauses import citation_end
from bot.domain.grammar.dates import read_atom
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.labels import is_loose
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens, tagged
from bot.domain.grammar.tokens import Kind, Tag
from bot.domain.grammar.words import said
from bot.domain.problem import Problem

_WHOLE_YEAR = (1, 12)


def excepted(tokens: Tokens, start: int, piece: Piece) -> bool:
    """Tell whether a date is only left out of another: "thường xuyên, trừ tháng 7"."""
    place = piece.start - 1
    while place >= start and not is_loose(tokens[place]):
        place -= 1
    return bool(piece.items) and place >= start and tagged(tokens, place, Tag.EXCEPT)


def turned(tokens: Tokens, start: int, piece: Piece, setting: Setting) -> tuple[Problem, ...]:
    """Return a problem for "không trước ngày 30/6", "sớm nhất là 30/6"."""
    loose = [place for place in range(start, piece.start) if is_loose(tokens[place])]
    if not loose or not any(tagged(tokens, end, Tag.DENIED) for end in (loose[0], loose[-1])):
        return ()
    return (notes.turned(said(tokens, start, piece.end, setting)),)


def moved(
    tokens: Tokens, start: int, piece: Piece, setting: Setting, *, first: bool
) -> tuple[Problem, ...]:
    """Return a problem for a date that takes an earlier one's place: "(lùi sang quý IV)"."""
    if first or not any(tagged(tokens, place, Tag.MOVED) for place in range(start, piece.start)):
        return ()
    return (notes.moved(said(tokens, start, piece.end, setting)),)


def dates_inside(tokens: Tokens, piece: Piece, setting: Setting) -> tuple[Problem, ...]:
    """Return a problem for a date among the words that a deadline depends on.

    "Theo Kế hoạch của UBND tỉnh (Quý III)"; a document's own date is no such date.
    """
    found = piece.found.deadlines if piece.found is not None and not piece.items else ()
    if not any(isinstance(deadline, Unspecified) for deadline in found):
        return ()
    place = piece.start
    while place < piece.end:
        cited = citation_end(tokens, place)
        read = read_atom(tokens, place) if cited == place else None
        year = read is not None and read[0].months in {None, _WHOLE_YEAR} and not read[0].days
        if read is not None and read[1] <= piece.end and read[0].months and not year:
            return (notes.unread(said(tokens, place, read[1], setting)),)
        place = max(cited, place + 1)
    return ()


def unlimited(
    tokens: Tokens, first: Piece, second: Piece, setting: Setting
) -> tuple[Problem, ...]:
    """Return a problem for what may belong together: "hàng tháng trong quý III"."""
    between = tokens[first.end : second.start]
    if first.habit is None or any(is_loose(token) for token in between):
        return ()
    if any(token.kind is Kind.MARK and token.text in "(:" for token in between):
        return ()
    limits = bool(second.items) and all(
        (item.manner.inside or item.manner.begin or item.spans)
        and item.last.days is None
        and item.last.months != _WHOLE_YEAR
        for item in second.items
    )
    habit = second.habit
    dayless = habit is not None and first.habit.firm and not (habit.firm or habit.daily)
    if not limits and not dayless:
        return ()
    return (notes.unlimited(said(tokens, first.start, second.end, setting)),)
