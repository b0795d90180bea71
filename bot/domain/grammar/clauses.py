"""Take a text apart into clauses and the pieces among them; cited documents are left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.grammar.dates import read_day
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens, at, is_year, mark, tagged
from bot.domain.grammar.pieces import read_piece
from bot.domain.grammar.tokens import Kind, Tag
from bot.domain.grammar.words import sentence_end


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
    """Return the place after a document's number and date, a numbered article, a school year."""
    token = tokens[place]
    if token.tag & Tag.STAGE and token.value == 1 and is_year(at(tokens, place + 1)):
        return place + (4 if mark(tokens, place + 2, "-/") else 2)
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
