"""Take a text apart into clauses, pieces and the words between, and say what each date is for."""

from dataclasses import dataclass, replace

from bot.domain.deadline import Deadline
from bot.domain.grammar import notes
from bot.domain.grammar.clauses import Clause
from bot.domain.grammar.doubts import either, only_dates_an_event, other_weekdays
from bot.domain.grammar.joins import Piece, combine
from bot.domain.grammar.labels import (
    MATTERS,
    bracket_end,
    bracketed,
    is_loose,
    label_of,
    labelled,
    matters,
    unsure,
)
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens, mark, skip
from bot.domain.grammar.pieces import deadlines_of
from bot.domain.grammar.tokens import Tag
from bot.domain.grammar.turns import dates_inside, excepted, moved, turned, unlimited
from bot.domain.grammar.units import read_bare_unit
from bot.domain.grammar.words import said
from bot.domain.problem import Problem


def settle(clause: Clause, tokens: Tokens) -> Clause:
    """Join pieces that complete each other, and give weak ones back to the words around them."""
    pieces: list[Piece] = []
    for piece in clause.pieces:
        previous = pieces[-1] if pieces else None
        if previous is None or not _adjacent(tokens, previous.end, piece.start):
            pieces.append(carried(tokens, previous, piece) if previous else piece)
            continue
        start = pieces[-2].end if len(pieces) > 1 else clause.start
        if _is_heading(tokens, previous, piece, start):
            pieces[-1] = piece
            continue
        joined = combine(previous, piece) or _narrower(tokens, previous, piece)
        if joined is None and _details(tokens, previous, piece):
            named = previous.habit is not None and previous.habit.doubt
            joined = replace(piece, start=previous.start) if named else piece
        if joined is None:
            pieces.append(piece)
        else:
            pieces[-1] = joined
    return replace(clause, pieces=tuple(_without_qualifiers(pieces, clause, tokens)))


def carried(tokens: Tokens, first: Piece, second: Piece) -> Piece:
    """Let "trước" hold beyond a bracket: "trước 30/6 (báo cáo 6 tháng), 31/12 (báo cáo năm)"."""
    start = skip(tokens, second.start - 1, Tag.JOIN) - 1
    bracketed = mark(tokens, first.end, "(") and mark(tokens, start - 1, ")")
    if not (bracketed and first.items and second.items) or second.items[0].manner.written:
        return second
    manner = first.items[-1].manner
    bare = [item for item in second.items if item.manner.written]
    if bare or not manner.before or any(item.last.days is None for item in second.items):
        return second
    items = tuple(replace(item, manner=manner) for item in second.items)
    return replace(second, items=items, found=None, strong=True)


def _year_beside(first: Piece, second: Piece) -> Piece | None:
    """Give days the year in brackets after them: "trước 20/02 (năm 2025)"."""
    year = second.items[0].last
    whole = len(second.items) == 1 and year.months == (1, 12) and not year.days and not year.edge
    if not whole or year.years is None:
        return None
    if any(not item.last.days or item.last.years or item.spans for item in first.items):
        return None
    days = [replace(item.last, years=year.years) for item in first.items]
    items = tuple(
        replace(item, first=day, last=day) for item, day in zip(first.items, days, strict=True)
    )
    return replace(first, end=second.end, items=items, found=None)


def _narrower(tokens: Tokens, first: Piece, second: Piece) -> Piece | None:
    """Take the narrower of two periods, one in brackets: "quý I (tháng 3)", "tháng 3 (quý I)"."""
    if not mark(tokens, first.end, "(") or not first.items or not second.items:
        return None
    dated = _year_beside(first, second)
    if dated is not None:
        return dated
    if len(first.items) != 1 or any(item.last.days for item in (*first.items, *second.items)):
        return None
    one, others = first.items[0].last.months, [item.last.months for item in second.items]
    if one is None or None in others or first.items[0].manner.before:
        return None
    span = (first.start, second.end)
    if all(other and one[0] <= other[0] and other[1] <= one[1] for other in others):
        return replace(second, start=span[0], found=None, narrowed=one not in others)
    if len(others) == 1 and others[0] and others[0][0] <= one[0] and one[1] <= others[0][1]:
        return replace(first, end=span[1], found=None, narrowed=True)
    return None


def _details(tokens: Tokens, first: Piece, second: Piece) -> bool:
    """Tell whether bracketed dates say when a habit is due: "6 tháng (trước ngày 15/6)"."""
    habit = first.habit
    if habit is None or habit.firm or not second.items or not mark(tokens, first.end, "(:"):
        return False
    months = habit.rule.months
    ends = {item.last.months[1] for item in second.items if item.last.months}
    whole = all(item.last.days is None and not item.last.edge for item in second.items)
    if whole and len(ends) == len(second.items) == len(months):
        return all(item.last.months != (1, 12) for item in second.items)
    return len(months) < 12 and all(
        item.last.days is not None and item.last.months and item.last.months[0] in months
        for item in second.items
    )


def _is_heading(tokens: Tokens, first: Piece, second: Piece, start: int) -> bool:
    """Tell whether a period only names what the date after it is for.

    "Quý I: trước ngày 14/3", "Báo cáo quý I trước ngày 15/3". `start` is where its
    words may begin.
    """
    dated = all(item.last.days is not None and item.last.months for item in second.items)
    if not first.items or not second.items or first.items[0].manner.before:
        return False
    named = first.start > start and is_loose(tokens[first.start - 1])
    return mark(tokens, first.end, ":") or (named and dated and not first.strong)


def _without_qualifiers(pieces: list[Piece], clause: Clause, tokens: Tokens) -> list[Piece]:
    """Drop bare periods that only qualify a noun ("báo cáo năm 2024 trước ngày…")."""
    firm = any(piece.strong and (piece.items or piece.habit) for piece in pieces)
    kept: list[Piece] = []
    previous = clause.start
    for piece in pieces:
        named = piece.start > previous and is_loose(tokens[piece.start - 1])
        figures = any(token.tag & Tag.FIGURES for token in tokens[previous : piece.start])
        covers = figures and len(pieces) > 1 and any(item.spans for item in piece.items)
        qualifies = not piece.strong and firm and named
        if covers and kept:
            kept[-1] = replace(kept[-1], end=piece.end)
        elif not covers and not (qualifies and not _own_duty(tokens, piece, previous)):
            kept.append(piece)
        previous = piece.end
    return kept


def _own_duty(tokens: Tokens, piece: Piece, previous: int) -> bool:
    """Tell whether a bare month after a comma has work of its own: ", nghiệm thu tháng 11"."""
    year = any(item.last.months == (1, 12) for item in piece.items)
    if year or not piece.items or not mark(tokens, previous, ","):
        return False
    return not any(
        token.tag & (Tag.PRODUCT | Tag.DOCUMENT | Tag.FIGURES)
        for token in tokens[previous : piece.start]
    )


def with_units(clause: Clause, tokens: Tokens) -> Clause:
    """Let a lone day take the unit named before it: "báo cáo tháng: trước ngày 20"."""
    pieces: list[Piece] = []
    for piece in clause.pieces:
        place = piece.start - 1
        while place >= clause.start and not is_loose(tokens[place]):
            place -= 1
        unit = read_bare_unit(tokens, place) if place >= clause.start else None
        joined = None
        if unit is not None and unit[1] == place + 1 and piece.items:
            joined = combine(Piece(place, place + 1, habit=unit[0]), piece)
        lone = joined is not None and joined.habit is not None
        pieces.append(replace(joined, start=piece.start) if joined and lone else piece)
    return replace(clause, pieces=tuple(pieces))


def _adjacent(tokens: Tokens, end: int, start: int) -> bool:
    """Tell whether nothing but brackets, commas and fillers stands between two pieces."""
    return not any(is_loose(token) for token in tokens[end:start])


@dataclass(frozen=True, slots=True)
class Reading:
    """Deadlines and problems of one clause, and the words left at its end for a label after it."""

    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]
    heading: str | None = None


def read_clause(clause: Clause, tokens: Tokens, setting: Setting, heading: str | None) -> Reading:
    """Read one clause; `heading` is what an earlier one announced ("Báo cáo:")."""
    clause = with_units(settle(clause, tokens), tokens)
    if not clause.pieces:
        return _without_pieces(clause, tokens, setting)
    deadlines: list[Deadline] = []
    problems: list[Problem] = []
    start = clause.start
    for number, piece in enumerate(clause.pieces):
        found, notices = deadlines_of(piece, tokens, setting)
        problems += moved(tokens, start, piece, setting, first=number == 0)
        problems += turned(tokens, start, piece, setting)
        problems += dates_inside(tokens, piece, setting)
        if number:
            problems += unlimited(tokens, clause.pieces[number - 1], piece, setting)
        if excepted(tokens, start, piece):
            problems.append(notes.unread(said(tokens, start, piece.end, setting)))
            start = piece.end
            continue
        if only_dates_an_event(tokens, start, piece):
            problems.append(notes.unread(said(tokens, start, piece.end, setting)))
            start = piece.end
            continue
        label, unread = label_of(tokens, start, piece.start, setting)
        last = number + 1 == len(clause.pieces)
        start = piece.end
        if last or bracketed(tokens, piece.end):
            stop = clause.end
            if not last:
                stop = bracket_end(tokens, piece.end, clause.end)
                stop = stop if stop <= clause.pieces[number + 1].start else piece.end
            after, more = label_of(tokens, piece.end, stop, setting, trailing=True)
            label, start = label or after, stop
            unread += more if after or not label else (*more,)
        problems += (*notices, *unread, *unsure(tokens, piece, clause, found))
        problems += either(tokens, piece, setting)
        problems += other_weekdays(tokens, clause, piece, setting)
        deadlines += [labelled(deadline, label or heading) for deadline in found]
    return Reading(tuple(deadlines), tuple(problems))


def _without_pieces(clause: Clause, tokens: Tokens, setting: Setting) -> Reading:
    """Return what a clause without a date says: a heading, nothing, or words to look at."""
    words = said(tokens, clause.start, clause.end, setting)
    loose = any(is_loose(token) for token in tokens[clause.start : clause.end])
    if not loose and not any(
        token.tag & MATTERS & ~Tag.TIME_WORD for token in tokens[clause.start : clause.end]
    ):
        return Reading((), ())
    if mark(tokens, clause.end - 1, ":") and not matters(tokens, clause.start, clause.end):
        return Reading((), (), label_of(tokens, clause.start, clause.end, setting)[0])
    return Reading((), (notes.unread(words),))
