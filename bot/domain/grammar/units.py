"""Read the units of what comes back: "hàng tháng", "định kỳ 6 tháng, năm", "01 lần/quý"."""

from dataclasses import dataclass, replace

from bot.domain.grammar.partial import Tokens, at, count_at, is_year, mark, skip, tagged
from bot.domain.grammar.periods import quarter_number
from bot.domain.grammar.rules import ALL_MONTHS, FRIDAY, Rule, months_of
from bot.domain.grammar.tokens import Kind, Tag

WEEKLY = 0


_UNITS = {Tag.MONTH: 1, Tag.QUARTER: 3, Tag.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Habit:
    """A rule as read: `widths` are the periods' lengths in months (0 a week).

    `cycle` says that its months are those of the reports, to be had from the context; `doubt` that
    the reading was decided here; `firm` that it has a day; `plain` that it is only a yearly word.
    """

    rule: Rule
    widths: tuple[int, ...] = ()
    cycle: bool = False
    doubt: bool = False
    firm: bool = False
    daily: bool = False


Read = tuple[Habit, int] | None


LINKS = Tag.OF | Tag.EVERY | Tag.IN


def links(tokens: Tokens, place: int, tag: Tag = LINKS) -> tuple[int, bool]:
    """Return the place after linking words, and whether one of them was "every"."""
    every, limit = False, place + 4
    while (
        place < limit
        and tagged(tokens, place, tag)
        and not tagged(tokens, place, Tag.MONTH | Tag.YEAR)
    ):
        every = every or tagged(tokens, place, Tag.EVERY)
        place += 1
    return place, every


def unit_at(tokens: Tokens, place: int, *, listed: bool = False) -> tuple[int, int] | None:
    """Return the length in months of the unit at `place` (0 a week), and the place after.

    A unit with a number of its own behind it is a date, not a unit.
    """
    width = count_at(tokens, place)
    if width and tagged(tokens, place + 1, Tag.MONTH) and width in {1, 2, 3, 4, 6, 9}:
        if tagged(tokens, place + 2, Tag.EDGE) or numbered(tokens, place + 2):
            return None
        return width, place + 2
    if width == 1 and tagged(tokens, place + 1, Tag.QUARTER | Tag.YEAR):
        return unit_at(tokens, place + 1) if listed or mark(tokens, place + 2, "/") else None
    token = at(tokens, place)
    if token.tag & Tag.WEEK:
        return WEEKLY, place + 1
    for tag, length in _UNITS.items():
        if token.tag & tag:
            if not numbered(tokens, place + 1):
                return length, place + 1
            same = tag is Tag.YEAR and listed and is_year(at(tokens, place + 1))
            return (length, place + 2) if same else None
    return None


def numbered(tokens: Tokens, place: int) -> bool:
    """Tell whether a number that belongs to the unit before stands at `place`."""
    token = at(tokens, place)
    if token.kind is Kind.NUMBER:
        return not tagged(tokens, place + 1, Tag.MONTH | Tag.TIMES)
    if token.tag & Tag.NUMERAL and not token.tag & Tag.YEAR:
        return not tagged(tokens, place + 1, Tag.MONTH)
    return bool(token.tag & Tag.ROMAN)


def read_units(tokens: Tokens, place: int) -> Read:
    """Read "hàng tháng", "định kỳ 6 tháng, năm", "quý, 6 tháng, năm", "3 tháng/lần"."""
    here = skip(tokens, place, Tag.PERIODIC)
    here, every = links(tokens, here, Tag.EVERY)
    per = here == place and tagged(tokens, place, Tag.PER)
    here += per
    sure = every or here > place
    found = unit_at(tokens, here, listed=sure)
    if found is None:
        return None
    widths, here = [found[0]], found[1]
    while True:
        joined = skip(tokens, here, Tag.JOIN)
        joined = skip(tokens, joined, Tag.JOIN) + mark(tokens, joined, "/")
        following, _ = links(tokens, joined, Tag.EVERY | Tag.PERIODIC)
        found = unit_at(tokens, following, listed=True) if joined > here else None
        if found is None:
            break
        widths.append(found[0])
        here = found[1]
    times, here = _times(tokens, here)
    if not (sure or times or len(widths) > 1):
        return _half_years(tokens, place, widths[0], here)
    if per and at(tokens, here).kind in {Kind.WORD, Kind.NUMBER}:
        return None
    if widths == [WEEKLY]:
        return _weekly(tokens, place, here)
    return units_habit(tuple(widths)), here


def _weekly(tokens: Tokens, place: int, end: int) -> Read:
    """Read the weekday beside "hằng tuần (thứ 2)"; "hai tuần một lần" is no weekly rule."""
    if count_at(tokens, place - 1) > 1 or at(tokens, place - 1).tag & Tag.NUMERAL:
        return None
    here = end + mark(tokens, end, "(,:")
    here = skip(tokens, skip(tokens, here, Tag.IN), Tag.DAY)
    named, number = at(tokens, here), at(tokens, here + 1).number
    if named.tag & Tag.WEEKDAY:
        return Habit(Rule(weekday=named.value), (WEEKLY,), firm=True), here + 1
    if named.tag & Tag.NTH and 2 <= number <= 7:
        return Habit(Rule(weekday=number - 2), (WEEKLY,), firm=True), here + 2
    return units_habit((WEEKLY,)), end


def _half_years(tokens: Tokens, place: int, width: int, end: int) -> Read:
    """Read "6 tháng" that stands alone as each half-year, with a doubt."""
    alone = at(tokens, place - 1).kind is Kind.BREAK and at(tokens, end).kind is Kind.BREAK
    return (replace(units_habit((width,)), doubt=True), end) if alone and width == 6 else None


def _times(tokens: Tokens, place: int) -> tuple[bool, int]:
    """Return whether "/lần", "một lần" stands at `place`, and the place after."""
    here = place + mark(tokens, place, "/")
    if count_at(tokens, here) == 1 and tagged(tokens, here + 1, Tag.TIMES):
        return True, here + 2
    return (True, here + 1) if tagged(tokens, here, Tag.TIMES) else (False, place)


def read_bare_unit(tokens: Tokens, place: int) -> Read:
    """Read a unit that stands at `place` without a number ("báo cáo tháng")."""
    unit = unit_at(tokens, place)
    if unit is None or unit[0] == WEEKLY:
        return None
    return units_habit((unit[0],)), unit[1]


def units_habit(widths: tuple[int, ...], edge: int = 3) -> Habit:
    """Return the habit of periods of these lengths: the union of their last months."""
    if WEEKLY in widths:
        return Habit(Rule(weekday=FRIDAY), widths)
    months = frozenset().union(*(months_of(width, edge) for width in widths))
    return Habit(Rule(months=months), widths)


def read_times_a_unit(tokens: Tokens, place: int) -> Read:
    """Read "01 lần/quý", and "02 lần/năm" as the ends of equal parts of the year."""
    place = skip(tokens, place, Tag.WITHIN)
    times = count_at(tokens, place)
    if times == 0 or not tagged(tokens, place + 1, Tag.TIMES):
        return None
    here = place + 2 + mark(tokens, place + 2, "/")
    here, _ = links(tokens, here)
    unit = unit_at(tokens, here)
    if unit is None or unit[0] == WEEKLY or unit[0] % times:
        return None
    return replace(units_habit((unit[0] // times,)), doubt=times > 1), unit[1]


def cycle_months(tokens: Tokens) -> frozenset[int]:
    """Return the last months of the reporting periods that a text names; empty for none."""
    months: set[int] = set()
    for place, token in enumerate(tokens):
        if token.tag & Tag.QUARTER:
            quarter = quarter_number(at(tokens, place + 1))
            months |= {quarter * 3} if 1 <= quarter <= 4 else months_of(3)
        elif token.tag & Tag.MONTH and count_at(tokens, place - 1) in {6, 9}:
            months.add(count_at(tokens, place - 1))
        elif token.tag & Tag.MONTH and tagged(tokens, place - 1, Tag.EVERY):
            months |= ALL_MONTHS
        elif token.tag & Tag.YEAR and tagged(tokens, place - 1, Tag.JOIN | Tag.PRODUCT):
            months.add(12)
    return frozenset(months)
