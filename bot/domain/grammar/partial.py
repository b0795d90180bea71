"""Days and periods as far as they are written, and how tokens are looked at.

Nothing here reads words; the readers are `grammar.dates` and its neighbours.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.grammar.tokens import END, Kind, Tag, Token

Tokens = Sequence[Token]


YEARS = range(1990, 2101)


QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Partial:
    """A day or period as far as it is written; None for what is not.

    `months`, `days` and `years` are first and last, both inclusive. `later` counts years after the
    plan's. `edge` is 1, 2 or 3 for start, middle and end of the period. `doubt` marks a reading
    that was decided here and that a person must see; `lunar` a month of the other calendar;
    `ranged` a span written with a dash; `worded` a day whose month is named by its word.
    """

    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    years: tuple[int, int] | None = None
    later: int = 0
    edge: int = 0
    doubt: bool = False
    lunar: bool = False
    ranged: bool = False
    worded: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.edge != 0 or (self.days is not None and self.days[0] == self.days[1])


Read = tuple[Partial, int] | None


Reader = Callable[[Tokens, int], Read]


def at(tokens: Tokens, place: int) -> Token:
    """Return the token at `place`, or the end mark."""
    return tokens[place] if 0 <= place < len(tokens) else END


def mark(tokens: Tokens, place: int, marks: str) -> bool:
    """Tell whether one of `marks` stands at `place`."""
    token = at(tokens, place)
    return token.kind is Kind.MARK and token.text in marks


def tagged(tokens: Tokens, place: int, tag: Tag) -> bool:
    """Tell whether the token at `place` can be `tag`."""
    return bool(at(tokens, place).tag & tag)


def skip(tokens: Tokens, place: int, tag: Tag) -> int:
    """Return the place after the token at `place` when it can be `tag`, else `place`."""
    return place + 1 if tagged(tokens, place, tag) else place


def is_year(token: Token) -> bool:
    """Tell whether `token` is a year in four figures."""
    return token.digits == 4 and token.number in YEARS


def count_at(tokens: Tokens, place: int) -> int:
    """Return the number at `place`, in figures or words, or 0."""
    token = at(tokens, place)
    if token.kind is Kind.NUMBER:
        return token.number
    return token.value if token.tag & Tag.NUMERAL else 0


def year_after(tokens: Tokens, place: int) -> tuple[tuple[int, int] | None, int, int]:
    """Return the year written from `place` on, the years after the plan's, and the place after."""
    short = at(tokens, place + 1)
    if mark(tokens, place, "/-.") and short.kind is Kind.NUMBER:
        if is_year(short):
            return (short.number, short.number), 0, place + 2
        if mark(tokens, place, "/") and short.digits == 2 and short.number >= 15:
            return (2000 + short.number, 2000 + short.number), 0, place + 2
    here = place + 1 if mark(tokens, place, ",") else place
    if here > place and is_year(at(tokens, here)) and not mark(tokens, here + 1, "/-,"):
        return (at(tokens, here).number,) * 2, 0, here + 1
    here = skip(tokens, here, Tag.OF) if tagged(tokens, here + 1, Tag.YEAR) else here
    if tagged(tokens, here, Tag.YEAR):
        named = at(tokens, here + 1)
        if is_year(named):
            return (named.number, named.number), 0, here + 2
        if named.tag & Tag.NEXT and not _has_own_number(tokens, here + 1):
            return None, 1, here + 2
        if named.tag & Tag.THIS:
            return None, 0, here + 2
        if named.tag & Tag.BEFORE and at(tokens, here + 2).kind is Kind.BREAK:
            return None, -1, here + 2
    if is_year(at(tokens, place)) and not mark(tokens, place + 1, "/"):
        return (at(tokens, place).number,) * 2, 0, place + 1
    return None, 0, place


def _has_own_number(tokens: Tokens, place: int) -> bool:
    """Tell whether a word such as "after" at `place` governs a date of its own."""
    return tagged(tokens, place + 1, Tag.DAY) or at(tokens, place + 1).kind is Kind.NUMBER


def with_year(partial: Partial, tokens: Tokens, place: int) -> tuple[Partial, int]:
    """Return `partial` with the year written from `place` on, and the place after."""
    years, later, after = year_after(tokens, place)
    return replace(partial, years=years, later=later), after


@dataclass(frozen=True, slots=True)
class Days:
    """A resolved day or period, both ends inclusive."""

    first: dt.date
    last: dt.date


def resolve(partial: Partial, year: int) -> Days | None:
    """Return the days of `partial`, `year` where it names none; None if there are no such days."""
    first_year, last_year = partial.years or (year + partial.later,) * 2
    first_month, last_month = partial.months or (0, 0)
    if not (1 <= first_month <= last_month <= 12) or partial.lunar:
        return None
    if partial.edge:
        day = _edge_day(partial, last_year)
        return Days(day, day)
    length = calendar.monthrange(last_year, last_month)[1]
    first_day, last_day = partial.days or (1, 99)
    if last_day == 99:
        last_day = length
    if first_day < 0:
        first_day += length + 1
    if not 1 <= first_day <= last_day <= length:
        return None
    return Days(
        dt.date(first_year, first_month, first_day), dt.date(last_year, last_month, last_day)
    )


def _edge_day(partial: Partial, year: int) -> dt.date:
    """Return start, middle or end of a month, quarter or year.

    Source: Bộ luật Dân sự 2015, Điều 146; for quarters the end of their first, second and last
    month, as decided in the project's readings.
    """
    first, last = partial.months or (1, 12)
    if first == last:
        return dt.date(
            year, first, {1: 1, 2: 15, 3: calendar.monthrange(year, first)[1]}[partial.edge]
        )
    if (first, last) == (1, 12):
        return {1: dt.date(year, 1, 1), 2: dt.date(year, 6, 30), 3: dt.date(year, 12, 31)}[
            partial.edge
        ]
    month = last if partial.edge == 3 else first + partial.edge - 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])
