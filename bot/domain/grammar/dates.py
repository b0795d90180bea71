"""Days and periods as written, before the plan's year is filled in.

A reader takes the tokens and a place, and returns what it read there and the place after it, or
None. Nothing here decides whether a date is a deadline.
"""

from dataclasses import replace

from bot.domain.grammar.partial import (
    Partial,
    Read,
    Reader,
    Tokens,
    at,
    is_year,
    mark,
    skip,
    tagged,
    with_year,
)
from bot.domain.grammar.periods import (
    read_edge,
    read_month,
    read_part_of_month,
    read_part_of_year,
    read_quarter,
    read_year,
)
from bot.domain.grammar.tokens import Kind, Tag


def read_day(tokens: Tokens, place: int) -> Read:
    """Read a day: "ngày 30/6", "30.6.2024", "30 tháng 6 năm 2024", "ngày 25", "15-20/6"."""
    named = tagged(tokens, place, Tag.DAY)
    here = place + named
    first = at(tokens, here)
    if first.kind is not Kind.NUMBER:
        return read_edge(tokens, here) if named and first.tag & Tag.EDGE else None
    if first.digits == 4:
        return _iso_day(tokens, here)
    if not 1 <= first.number <= 39 or first.digits > 2:
        return None
    found = _day_range(tokens, here, named) or _numeric_day(tokens, here, named)
    if found is None:
        found = _worded_day(tokens, here)
    if found is None and named:
        return Partial(days=(first.number, first.number)), here + 1
    return found


def _iso_day(tokens: Tokens, place: int) -> Read:
    """Read "2025-06-30", "2025/06/30"."""
    year, month, day = (at(tokens, place + step) for step in (0, 2, 4))
    dashed = mark(tokens, place + 1, "-/") and mark(tokens, place + 3, at(tokens, place + 1).text)
    if not (dashed and is_year(year) and month.digits == day.digits == 2):
        return None
    numbers = ((month.number,) * 2, (day.number,) * 2, (year.number,) * 2)
    return Partial(*numbers), place + 5


def _day_range(tokens: Tokens, place: int, named: bool) -> Read:
    """Read "15-20/6", one span inside a month."""
    last = at(tokens, place + 2)
    if not (mark(tokens, place + 1, "-") and last.kind is Kind.NUMBER and last.digits <= 2):
        return None
    rest = _numeric_day(tokens, place + 2, named) or _worded_day(tokens, place + 2)
    if rest is None or mark(tokens, place + 3, "-"):
        return None
    partial, after = rest
    first = at(tokens, place).number
    if first >= last.number:
        return None
    return replace(partial, days=(first, last.number), ranged=True), after


def _numeric_day(tokens: Tokens, place: int, named: bool) -> Read:
    """Read day and month with "/", "." or "-" between, and a year if there is one."""
    divider = at(tokens, place + 1).text
    month = at(tokens, place + 2)
    if not mark(tokens, place + 1, "/.-") or month.kind is not Kind.NUMBER or month.digits > 2:
        return None
    spaced = at(tokens, place + 1).gap or month.gap
    partial = Partial(months=(month.number,) * 2, days=(at(tokens, place).number,) * 2)
    year = at(tokens, place + 4)
    if mark(tokens, place + 3, divider) and year.kind is Kind.NUMBER:
        if is_year(year):
            return replace(partial, years=(year.number,) * 2), place + 5
        if year.digits == 2 and not spaced:
            return replace(partial, years=(2000 + year.number,) * 2), place + 5
    if divider == "/" or (named and not spaced):
        return with_year(partial, tokens, place + 3)
    return None


def _worded_day(tokens: Tokens, place: int) -> Read:
    """Read "30 tháng 6 năm 2024"; the month must have its number."""
    month_at = skip(tokens, place + 1, Tag.OF)
    if not tagged(tokens, month_at, Tag.MONTH):
        return None
    # "phần việc 1 trong tháng 4": without its word a number before "trong" is no day.
    if tagged(tokens, place + 1, Tag.IN) and not tagged(tokens, place - 1, Tag.DAY):
        return None
    month = read_month(tokens, month_at)
    if month is None or month[0].months is None or month[0].months[0] != month[0].months[1]:
        return None
    partial, after = month
    return replace(partial, days=(at(tokens, place).number,) * 2, worded=True), after


READERS: tuple[Reader, ...] = (
    read_part_of_month,
    read_part_of_year,
    read_month,
    read_day,
    read_quarter,
    read_edge,
    read_year,
)


def read_atom(tokens: Tokens, place: int) -> Read:
    """Read one day or period at `place`."""
    for reader in READERS:
        found = reader(tokens, place)
        if found is not None:
            return found
    return None


def read_loose_day(tokens: Tokens, place: int) -> Read:
    """Read "30.6" or "30-6", a day only where a class word says so."""
    first = at(tokens, place)
    if first.kind is not Kind.NUMBER or not 1 <= first.number <= 31 or first.digits > 2:
        return None
    return _numeric_day(tokens, place, named=True)
