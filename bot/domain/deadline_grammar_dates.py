"""Days and periods as written, before the plan's year is filled in.

A reader takes the tokens and a place, and returns what it read there and the place after it, or
None. Nothing here decides whether a date is a deadline.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.deadline_grammar_tokens import END, Kind, Tag, Token

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
    if is_year(at(tokens, place)) and not mark(tokens, place + 1, "/"):
        return (at(tokens, place).number,) * 2, 0, place + 1
    return None, 0, place


def _has_own_number(tokens: Tokens, place: int) -> bool:
    """Tell whether a word such as "after" at `place` governs a date of its own."""
    return tagged(tokens, place + 1, Tag.DAY) or at(tokens, place + 1).kind is Kind.NUMBER


def _with_year(partial: Partial, tokens: Tokens, place: int) -> tuple[Partial, int]:
    years, later, after = year_after(tokens, place)
    return replace(partial, years=years, later=later), after


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
    """Read "2025-06-30"."""
    year, month, day = (at(tokens, place + step) for step in (0, 2, 4))
    dashed = mark(tokens, place + 1, "-") and mark(tokens, place + 3, "-")
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
        return _with_year(partial, tokens, place + 3)
    return None


def _worded_day(tokens: Tokens, place: int) -> Read:
    """Read "30 tháng 6 năm 2024"; the month must have its number."""
    month_at = skip(tokens, place + 1, Tag.OF)
    if not tagged(tokens, month_at, Tag.MONTH):
        return None
    month = read_month(tokens, month_at)
    if month is None or month[0].months is None or month[0].months[0] != month[0].months[1]:
        return None
    partial, after = month
    return replace(partial, days=(at(tokens, place).number,) * 2, worded=True), after


def read_month(tokens: Tokens, place: int) -> Read:
    """Read "tháng 4/2024", "tháng Tư", "tháng 5-6/2022", "T4/2025", "6/2025"."""
    word, number = at(tokens, place), at(tokens, place + 1)
    if word.kind is Kind.NUMBER and 1 <= word.number <= 12 and word.digits <= 2:
        dated = mark(tokens, place + 1, "/") or (
            mark(tokens, place + 1, ".-") and not at(tokens, place + 1).gap
        )
        if dated and is_year(at(tokens, place + 2)):
            return _with_year(Partial(months=(word.number,) * 2), tokens, place + 1)
        last = at(tokens, place + 2)
        spans = mark(tokens, place + 1, "-") and word.number < last.number <= 12
        if spans and mark(tokens, place + 3, "/") and is_year(at(tokens, place + 4)):
            span = Partial(months=(word.number, last.number), ranged=True)
            return _with_year(span, tokens, place + 3)
        return None
    glued = word.tag & Tag.MONTH_LETTER and not number.gap and number.kind is Kind.NUMBER
    month = count_at(tokens, place + 1)
    if not (word.tag & Tag.MONTH or glued) or month == 0 or number.digits > 2:
        return None
    if tagged(tokens, place + 2, Tag.TIMES):
        return None
    if number.tag & Tag.YEAR and is_year(at(tokens, place + 2)):
        if tagged(tokens, place - 1, Tag.DAY):
            return None
        return _with_year(Partial(months=(month,) * 2, doubt=True), tokens, place + 2)
    last = at(tokens, place + 3)
    if mark(tokens, place + 2, "-") and last.kind is Kind.NUMBER and last.digits <= 2:
        own = mark(tokens, place + 4, "/") and not is_year(at(tokens, place + 5))
        if last.number > month and not own:
            span = Partial(months=(month, last.number), ranged=True)
            return _with_year(span, tokens, place + 4)
    lunar = bool(number.tag & Tag.LUNAR)
    return _with_year(Partial(months=(month,) * 2, lunar=lunar), tokens, place + 2)


def quarter_number(token: Token) -> int:
    """Return the quarter that `token` names, in Roman or Arabic figures, or 0."""
    if token.tag & Tag.ROMAN:
        return token.value
    return token.number if token.kind is Kind.NUMBER and token.digits <= 2 else 0


def quarter_months(first: int, last: int) -> tuple[int, int]:
    """Return the first and last month of quarters `first` to `last`."""
    return first * QUARTER_MONTHS - QUARTER_MONTHS + 1, last * QUARTER_MONTHS


def read_quarter(tokens: Tokens, place: int) -> Read:
    """Read "quý III/2024", "quý 3 năm 2024", "quý I-II", "Q3/2025", "quý cuối năm"."""
    word, number = at(tokens, place), at(tokens, place + 1)
    if word.tag & Tag.QUARTER and number.tag & Tag.EDGE and tagged(tokens, place + 2, Tag.YEAR):
        months = quarter_months(1, 1) if number.value == 1 else quarter_months(4, 4)
        return _with_year(
            Partial(months=months), tokens, place + 2 + _bare_year(tokens, place + 2)
        )
    glued = word.tag & Tag.QUARTER_LETTER and not number.gap and number.kind is Kind.NUMBER
    quarter = quarter_number(number)
    if not (word.tag & Tag.QUARTER or glued) or quarter == 0:
        return None
    last, after = quarter, place + 2
    if mark(tokens, after, "-") and quarter_number(at(tokens, after + 1)) > quarter:
        last, after = quarter_number(at(tokens, after + 1)), after + 2
    months = quarter_months(quarter, last)
    return _with_year(Partial(months=months, ranged=last > quarter), tokens, after)


def _bare_year(tokens: Tokens, place: int) -> int:
    """Return 1 when the word for year at `place` stands without a number of its own."""
    return int(year_after(tokens, place)[2] == place and tagged(tokens, place, Tag.YEAR))


def read_part_of_year(tokens: Tokens, place: int) -> Read:
    """Read "06 tháng đầu năm 2024", "9 tháng đầu năm", "6 tháng cuối năm", "nửa đầu năm"."""
    if tagged(tokens, place, Tag.HALF):
        half = at(tokens, place).value
        return _half_of(tokens, skip(tokens, place + 1, Tag.OF), half)
    width = count_at(tokens, place)
    if not (1 <= width <= 11 and tagged(tokens, place + 1, Tag.MONTH)):
        return None
    edge = at(tokens, place + 2)
    if not (edge.tag & Tag.EDGE and edge.value != 2):
        return None
    year_at = skip(tokens, place + 3, Tag.OF)
    if not tagged(tokens, year_at, Tag.YEAR) and not is_year(at(tokens, year_at)):
        return None
    months = (1, width) if edge.value == 1 else (13 - width, 12)
    return _with_year(Partial(months=months), tokens, year_at + _bare_year(tokens, year_at))


def _half_of(tokens: Tokens, place: int, half: int) -> Read:
    """Read the year or month whose first or second half is meant."""
    if tagged(tokens, place, Tag.YEAR):
        months = (1, 6) if half == 1 else (7, 12)
        return _with_year(Partial(months=months), tokens, place + _bare_year(tokens, place))
    month = read_month(tokens, place)
    if month is None:
        return None
    partial, after = month
    return replace(partial, days=(1, 15) if half == 1 else (16, 99)), after


def read_year(tokens: Tokens, place: int) -> Read:
    """Read "năm 2024", "cả năm", "giai đoạn 2021-2025", "2025-2026", "năm nay"."""
    here = skip(tokens, place, Tag.WHOLE | Tag.STAGE)
    staged, school = here > place, here > place and at(tokens, place).value == 1
    here = skip(tokens, here, Tag.STAGE) if staged else here
    named = tagged(tokens, here, Tag.YEAR)
    here += named
    first = at(tokens, here)
    if is_year(first):
        found = _years_from(tokens, here)
        return found and (replace(found[0], doubt=school), found[1])
    if not named:
        return None
    if first.tag & Tag.THIS:
        return Partial(months=(1, 12)), here + 1
    if first.tag & Tag.NEXT and not _has_own_number(tokens, here):
        return Partial(months=(1, 12), later=1), here + 1
    return (Partial(months=(1, 12)), here) if staged else None


def _years_from(tokens: Tokens, place: int) -> Read:
    """Read a year, or a span of years ("2021-2025", "2021-25")."""
    first, last = at(tokens, place), at(tokens, place + 2)
    if mark(tokens, place + 1, "-") and last.kind is Kind.NUMBER:
        end = last.number if last.digits == 4 else first.number // 100 * 100 + last.number
        if first.number < end < first.number + 30 and last.digits in {2, 4}:
            return Partial(months=(1, 12), years=(first.number, end), ranged=True), place + 3
    if mark(tokens, place + 1, "/"):
        return None
    return Partial(months=(1, 12), years=(first.number,) * 2), place + 1


def read_edge(tokens: Tokens, place: int) -> Read:
    """Read "đầu tháng 5", "giữa quý II", "cuối năm 2025"."""
    edge = at(tokens, place)
    if not edge.tag & Tag.EDGE:
        return None
    here = skip(tokens, place + 1, Tag.OF)
    found = read_month(tokens, here) or read_quarter(tokens, here) or read_year(tokens, here)
    if found is None and tagged(tokens, here, Tag.YEAR):
        found = Partial(months=(1, 12)), here + 1
    if found is None:
        return None
    partial, after = found
    return replace(partial, edge=edge.value), after


def read_part_of_month(tokens: Tokens, place: int) -> Read:
    """Read "tuần 2 tháng 6", "tuần cuối tháng 6", "10 ngày đầu tháng 6", "trung tuần tháng 6"."""
    word = at(tokens, place)
    if word.tag & Tag.THIRD:
        days, here, doubt = _thirds(word.value), place + 1, False
    elif word.tag & Tag.WEEK:
        here = skip(tokens, place + 1, Tag.NTH)
        number = at(tokens, here)
        week = 5 if number.tag & Tag.EDGE and number.value == 3 else count_at(tokens, here)
        week = 1 if number.tag & Tag.EDGE and number.value == 1 else week
        days, here, doubt = (7 * week - 6, 7 * week if week < 5 else 99), here + 1, True
        if not 1 <= week <= 5:
            return None
    elif tagged(tokens, place + 1, Tag.DAY) and tagged(tokens, place + 2, Tag.EDGE):
        width, here, doubt = count_at(tokens, place), place + 3, False
        days = (1, width) if at(tokens, place + 2).value == 1 else (-width, 99)
        if not 1 <= width <= 28 or at(tokens, place + 2).value == 2:
            return None
    else:
        return None
    month = read_month(tokens, skip(tokens, here, Tag.OF))
    if month is None:
        return None
    return replace(month[0], days=days, doubt=doubt), month[1]


def _thirds(third: int) -> tuple[int, int]:
    """Return first and last day of the first, second or last ten days of a month."""
    return 10 * third - 9, 10 * third if third < 3 else 99


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
