"""Read months, quarters, halves and years, and their beginnings, middles and ends."""

from dataclasses import replace

from bot.domain.grammar.partial import (
    QUARTER_MONTHS,
    Partial,
    Read,
    Tokens,
    _has_own_number,
    at,
    count_at,
    is_year,
    mark,
    skip,
    tagged,
    with_year,
    year_after,
)
from bot.domain.grammar.tokens import Kind, Tag, Token


def _numeric_month(tokens: Tokens, place: int) -> Read:
    """Read "6/2025", "6-8/2025"."""
    word = at(tokens, place)
    if not (1 <= word.number <= 12 and word.digits <= 2):
        return None
    dated = mark(tokens, place + 1, "/") or (
        mark(tokens, place + 1, ".-") and not at(tokens, place + 1).gap
    )
    if dated and is_year(at(tokens, place + 2)):
        return with_year(Partial(months=(word.number,) * 2), tokens, place + 1)
    last = at(tokens, place + 2)
    spans = mark(tokens, place + 1, "-") and word.number < last.number <= 12
    if spans and mark(tokens, place + 3, "/") and is_year(at(tokens, place + 4)):
        span = Partial(months=(word.number, last.number), ranged=True)
        return with_year(span, tokens, place + 3)
    return None


def read_month(tokens: Tokens, place: int) -> Read:
    """Read "tháng 4/2024", "tháng Tư", "tháng 5-6/2022", "T4/2025", "6/2025"."""
    word, number = at(tokens, place), at(tokens, place + 1)
    if word.kind is Kind.NUMBER:
        return _numeric_month(tokens, place)
    glued = word.tag & Tag.MONTH_LETTER and not number.gap and number.kind is Kind.NUMBER
    month = count_at(tokens, place + 1)
    if not (word.tag & Tag.MONTH or glued) or month == 0 or number.digits > 2:
        return None
    if tagged(tokens, place + 2, Tag.TIMES):
        return None
    if number.tag & Tag.YEAR and is_year(at(tokens, place + 2)):
        if tagged(tokens, place - 1, Tag.DAY):
            return None
        return with_year(Partial(months=(month,) * 2, doubt=True), tokens, place + 2)
    last = at(tokens, place + 3)
    if mark(tokens, place + 2, "-") and last.kind is Kind.NUMBER and last.digits <= 2:
        own = mark(tokens, place + 4, "/") and not is_year(at(tokens, place + 5))
        if last.number > month and not own:
            span = Partial(months=(month, last.number), ranged=True)
            return with_year(span, tokens, place + 4)
    lunar = bool(number.tag & Tag.LUNAR)
    return with_year(Partial(months=(month,) * 2, lunar=lunar), tokens, place + 2)


def quarter_number(token: Token) -> int:
    """Return the quarter that `token` names, in Roman or Arabic figures or a word, or 0."""
    if token.tag & Tag.ROMAN:
        return token.value
    if token.tag & Tag.NUMERAL and not token.tag & (Tag.YEAR | Tag.LUNAR):
        return token.value if token.value <= 4 else 0
    return token.number if token.kind is Kind.NUMBER and token.digits <= 2 else 0


def quarter_months(first: int, last: int) -> tuple[int, int]:
    """Return the first and last month of quarters `first` to `last`."""
    return first * QUARTER_MONTHS - QUARTER_MONTHS + 1, last * QUARTER_MONTHS


def read_quarter(tokens: Tokens, place: int) -> Read:
    """Read "quý III/2024", "quý 3 năm 2024", "quý I-II", "Q3/2025", "quý cuối năm", "Q.I"."""
    word, number = at(tokens, place), at(tokens, place + 1)
    if word.tag & Tag.QUARTER and number.tag & Tag.EDGE and tagged(tokens, place + 2, Tag.YEAR):
        months = quarter_months(1, 1) if number.value == 1 else quarter_months(4, 4)
        return with_year(Partial(months=months), tokens, place + 2 + bare_year(tokens, place + 2))
    dot = int(bool(word.tag & Tag.QUARTER_LETTER) and mark(tokens, place + 1, "."))
    number = at(tokens, place + 1 + dot)
    glued = word.tag & Tag.QUARTER_LETTER and not number.gap and not at(tokens, place + 1).gap
    quarter = quarter_number(number)
    if glued and (quarter > 4 or number.tag & Tag.MISSPELT):
        return None
    if not (word.tag & Tag.QUARTER or glued) or quarter == 0:
        return None
    last, after = quarter, place + 2 + dot
    if mark(tokens, after, "-") and quarter_number(at(tokens, after + 1)) > quarter:
        last, after = quarter_number(at(tokens, after + 1)), after + 2
    months = quarter_months(quarter, last)
    return with_year(Partial(months=months, ranged=last > quarter), tokens, after)


def bare_year(tokens: Tokens, place: int) -> int:
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
    return with_year(Partial(months=months), tokens, year_at + bare_year(tokens, year_at))


def _half_of(tokens: Tokens, place: int, half: int) -> Read:
    """Read the year or month whose first or second half is meant."""
    if tagged(tokens, place, Tag.YEAR):
        months = (1, 6) if half == 1 else (7, 12)
        return with_year(Partial(months=months), tokens, place + bare_year(tokens, place))
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
