"""Take a text apart into clauses, pieces and the words between, and say what each date is for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain import deadline_grammar_notes as notes
from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.deadline_grammar_dates import Tokens, at, mark, read_day, tagged
from bot.domain.deadline_grammar_events import said, sentence_end
from bot.domain.deadline_grammar_habits import read_bare_unit
from bot.domain.deadline_grammar_notes import Setting
from bot.domain.deadline_grammar_pieces import Piece, combine, deadlines_of, read_piece
from bot.domain.deadline_grammar_tokens import END, Kind, Tag, Token
from bot.domain.problem import Problem

LONGEST_BRACKET = 80
_BRACKETS = ',:()"'
_MATTERS = (
    Tag.DAY | Tag.MONTH | Tag.QUARTER | Tag.YEAR | Tag.WEEK | Tag.BEFORE | Tag.EVERY | Tag.PERIODIC
) | (Tag.SINCE | Tag.WHEN | Tag.TIME_WORD | Tag.DAILY | Tag.SUDDEN | Tag.PER | Tag.FOLLOWING)
_GOVERNS = Tag.FROM | Tag.TO | Tag.BY | Tag.AFTER | Tag.WITHIN | Tag.EDGE | Tag.NEXT | Tag.LUNAR
_CLASS = Tag.BEFORE | Tag.DAY | Tag.EVERY | Tag.WEEK | Tag.FOLLOWING


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens from `start` to `end` (exclusive) and the pieces read among them, in order."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def clauses_of(tokens: Tokens, setting: Setting) -> Iterator[Clause]:
    """Yield the clauses of a text; a piece that runs over a clause's end keeps it open."""
    start, place = 0, 0
    pieces: list[Piece] = []
    while place < len(tokens):
        if _ends_clause(tokens, place):
            yield Clause(start, place, tuple(pieces))
            start, pieces = place + 1, []
            place += 1
            continue
        cited = citation_end(tokens, place)
        piece = None if cited > place else read_piece(tokens, place, setting)
        if piece is not None and _torn(tokens, piece):
            piece = None
        if piece is not None:
            pieces.append(piece)
        place = max(cited, piece.end if piece is not None else place + 1)
    yield Clause(start, len(tokens), tuple(pieces))


def _torn(tokens: Tokens, piece: Piece) -> bool:
    """Tell whether a date is only part of what is written (".../6/2025", "6/2025/7")."""
    before, after = at(tokens, piece.start - 1), at(tokens, piece.end)
    first, last = tokens[piece.start], tokens[piece.end - 1]
    glued_before = mark(tokens, piece.start - 1, "/.…-") and not (first.gap or before.gap)
    glued_after = mark(tokens, piece.end, "/") and not at(tokens, piece.end + 1).gap
    number_before = before.kind in {Kind.NUMBER, Kind.REFERENCE} and not first.gap
    blank = before.tag & (Tag.DAY | Tag.MONTH | Tag.QUARTER | Tag.YEAR)
    if blank and piece.items and piece.items[0].first.days is None and not first.tag & Tag.IN:
        return True
    return (first.kind is Kind.NUMBER and (glued_before or number_before)) or (
        last.kind is Kind.NUMBER
        and (
            (glued_after and at(tokens, piece.end + 1).kind is Kind.NUMBER)
            or (after.kind is Kind.NUMBER and not after.gap)
        )
    )


def _ends_clause(tokens: Tokens, place: int) -> bool:
    """Tell whether a clause ends at `place`: a line, a semicolon, a full stop, a bullet."""
    token = tokens[place]
    if token.kind is Kind.BREAK or token.text == ";":
        return True
    if mark(tokens, place, "-+*•") and (place == 0 or token.gap):
        return place == 0 or _ends_clause(tokens, place - 1) or mark(tokens, place, "+*•")
    return sentence_end(tokens, place)


def citation_end(tokens: Tokens, place: int) -> int:
    """Return the place after a document's number and date, or after a numbered article."""
    token = tokens[place]
    if token.kind is Kind.REFERENCE:
        return _cited_date(tokens, place + 1)
    if token.tag & Tag.ARTICLE and not token.tag & Tag.DAY:
        numbered = at(tokens, place + 1).kind is Kind.NUMBER or tagged(
            tokens, place + 1, Tag.ROMAN
        )
        return place + 2 if numbered else place
    if token.tag & Tag.DOCUMENT:
        here = place + 1
        while tagged(tokens, here, Tag.DOCUMENT):
            here += 1
        if at(tokens, here).kind is Kind.NUMBER and not tagged(
            tokens, here + 1, Tag.MONTH | Tag.DAY
        ):
            return _cited_date(tokens, here + 1)
    return place


def _cited_date(tokens: Tokens, place: int) -> int:
    """Return the place after "ngày 03/01/2024" that belongs to a document."""
    if not tagged(tokens, place, Tag.DAY):
        return place
    dated = read_day(tokens, place)
    return dated[1] if dated is not None and dated[0].months is not None else place


def settle(clause: Clause, tokens: Tokens) -> Clause:
    """Join pieces that complete each other, and give weak ones back to the words around them."""
    pieces: list[Piece] = []
    for piece in clause.pieces:
        previous = pieces[-1] if pieces else None
        if previous is None or not _adjacent(tokens, previous.end, piece.start):
            pieces.append(piece)
            continue
        start = pieces[-2].end if len(pieces) > 1 else clause.start
        if _is_heading(tokens, previous, piece, start):
            pieces[-1] = piece
            continue
        joined = combine(previous, piece)
        if joined is None and _details(tokens, previous, piece):
            joined = piece
        if joined is None:
            pieces.append(piece)
        else:
            pieces[-1] = joined
    return replace(clause, pieces=tuple(_without_qualifiers(pieces, clause, tokens)))


def _details(tokens: Tokens, first: Piece, second: Piece) -> bool:
    """Tell whether bracketed dates say when a habit is due: "6 tháng (trước ngày 15/6)"."""
    habit = first.habit
    if habit is None or habit.firm or not second.items or not mark(tokens, first.end, "(:"):
        return False
    months = habit.rule.months
    return len(months) < 12 and all(
        item.last.days is not None and item.last.months and item.last.months[0] in months
        for item in second.items
    )


def _is_heading(tokens: Tokens, first: Piece, second: Piece, start: int) -> bool:
    """Tell whether a period only names what the date after it is for.

    "Quý I: trước ngày 14/3", "Báo cáo quý I trước ngày 15/3". `start` is where its words may begin.
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
        if piece.strong or not firm or not named:
            kept.append(piece)
        previous = piece.end
    return kept


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


def is_loose(token: Token) -> bool:
    """Tell whether `token` says something besides punctuation and filling words."""
    if token.kind in {Kind.MARK, Kind.BREAK}:
        return False
    return not token.tag & (Tag.FILLER | Tag.JOIN)


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
        label, unread = label_of(tokens, start, piece.start, setting)
        last = number + 1 == len(clause.pieces)
        start = piece.end
        if last or _bracketed(tokens, piece.end):
            stop = clause.end
            if not last:
                stop = _bracket_end(tokens, piece.end, clause.end)
                stop = stop if stop <= clause.pieces[number + 1].start else piece.end
            after, more = label_of(tokens, piece.end, stop, setting, trailing=True)
            label, start = label or after, stop
            unread += more if after or not label else (*more,)
        problems += (*notices, *unread, *_unsure(tokens, piece, clause, found))
        deadlines += [labelled(deadline, label or heading) for deadline in found]
    return Reading(tuple(deadlines), tuple(problems))


def _unsure(
    tokens: Tokens, piece: Piece, clause: Clause, found: tuple[Deadline, ...]
) -> tuple[Problem, ...]:
    """Doubt a day without a class word that touches other words ("1/3 nhiệm vụ", "tước ngày 5/6")."""
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
    if not (before or after):
        return ()
    return tuple(
        notes.doubtful(deadline.text, deadline.due)
        for deadline in found
        if isinstance(deadline, DateDeadline)
    )


def _without_pieces(clause: Clause, tokens: Tokens, setting: Setting) -> Reading:
    """Return what a clause without a date says: a heading, nothing, or words to look at."""
    words = said(tokens, clause.start, clause.end, setting)
    loose = any(is_loose(token) for token in tokens[clause.start : clause.end])
    if not loose and not any(
        token.tag & _MATTERS & ~Tag.TIME_WORD for token in tokens[clause.start : clause.end]
    ):
        return Reading((), ())
    if mark(tokens, clause.end - 1, ":") and not _matters(tokens, clause.start, clause.end):
        return Reading((), (), label_of(tokens, clause.start, clause.end, setting)[0])
    return Reading((), (notes.unread(words),))


def _matters(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether words left over speak of time."""
    return any(token.tag & _CLASS for token in tokens[start:end])


def _bracketed(tokens: Tokens, place: int) -> bool:
    return mark(tokens, place, "(")


def _bracket_end(tokens: Tokens, place: int, end: int) -> int:
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
    if not any(token.tag & _CLASS for token in tokens[start:end]) and not _dangling(
        tokens, start, end, trailing=trailing
    ):
        return label, ()
    return (None if trailing else label), (notes.unread(said(tokens, start, end, setting)),)


def _says_nothing(token: Token) -> bool:
    """Tell whether a word at a label's head says nothing of what a date is for."""
    if token.kind in {Kind.MARK, Kind.BREAK}:
        return True
    empty = Tag.HEAD | Tag.BUT | Tag.PERIODIC | Tag.JOIN | Tag.IN | Tag.ABOUT | Tag.WEEKDAY
    return bool(token.tag & empty)


def _dangling(tokens: Tokens, start: int, end: int, *, trailing: bool) -> bool:
    """Tell whether the word next to a date is a number or governs it, and was not understood."""
    places = range(start, end) if trailing else range(end - 1, start - 1, -1)
    nearest = next((tokens[i] for i in places if tokens[i].text not in _BRACKETS), END)
    if nearest.kind in {Kind.NUMBER, Kind.REFERENCE} or nearest.text == "/":
        return True
    if nearest.tag & Tag.PERIODIC and all(_says_nothing(token) for token in tokens[start:end]):
        return True
    return bool(nearest.tag & _GOVERNS) and not nearest.tag & (Tag.FILLER | Tag.SEND | Tag.JOIN)


def labelled(deadline: Deadline, label: str | None) -> Deadline:
    """Return `deadline` with its label; a kind without one keeps it before its own words."""
    if not label:
        return deadline
    if isinstance(deadline, DateDeadline | Recurring):
        return replace(deadline, label=label)
    return replace(deadline, text=f"{label}: {deadline.text}")
