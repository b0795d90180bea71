"""Read what comes back: "hàng tháng", "ngày 25 hàng tháng", "ngày 17 của tháng cuối quý"."""

from dataclasses import dataclass, replace

from bot.domain.deadline_grammar_dates import (
    Tokens,
    at,
    count_at,
    is_year,
    mark,
    quarter_number,
    skip,
    tagged,
)
from bot.domain.deadline_grammar_rules import ALL_MONTHS, FRIDAY, LAST, Rule, months_of
from bot.domain.deadline_grammar_tokens import Kind, Tag

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
_LINKS = Tag.OF | Tag.EVERY | Tag.IN


def links(tokens: Tokens, place: int, tag: Tag = _LINKS) -> tuple[int, bool]:
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
        if tagged(tokens, place + 2, Tag.EDGE) or _numbered(tokens, place + 2):
            return None
        return width, place + 2
    if width == 1 and tagged(tokens, place + 1, Tag.QUARTER | Tag.YEAR):
        return unit_at(tokens, place + 1) if mark(tokens, place + 2, "/") else None
    token = at(tokens, place)
    if token.tag & Tag.WEEK:
        return WEEKLY, place + 1
    for tag, length in _UNITS.items():
        if token.tag & tag:
            if not _numbered(tokens, place + 1):
                return length, place + 1
            same = tag is Tag.YEAR and listed and is_year(at(tokens, place + 1))
            return (length, place + 2) if same else None
    return None


def _numbered(tokens: Tokens, place: int) -> bool:
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
        return None
    if per and at(tokens, here).kind in {Kind.WORD, Kind.NUMBER}:
        return None
    return units_habit(tuple(widths)), here


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


def read_month_days(tokens: Tokens, place: int) -> Read:
    """Read "ngày 25 hàng tháng", "ngày 10 và 25 mỗi tháng", "ngày 17 của tháng cuối quý"."""
    days, here = day_list(tokens, place)
    if not days:
        return None
    here, every = links(tokens, here)
    linked = here > place + 2
    if tagged(tokens, here, Tag.QUARTER) and every and not _numbered(tokens, here + 1):
        return Habit(Rule(months_of(3), days), (3,), doubt=True, firm=True), here + 1
    if not tagged(tokens, here, Tag.MONTH) or _numbered(tokens, here + 1):
        return None
    placed = month_of_period(tokens, here + 1)
    if placed is not None:
        habit, after = placed
        return replace(habit, rule=replace(habit.rule, days=days), firm=True), after
    if not (every or linked):
        return None
    return Habit(Rule(days=days), (1,), firm=True), here + 1


def day_list(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int]:
    """Return the days of "ngày 10 và ngày 25", or of "ngày cuối cùng", and the place after."""
    if not tagged(tokens, place, Tag.DAY) or at(tokens, place - 1).kind is Kind.NUMBER:
        return (), place
    last = skip(tokens, place + 1, Tag.WORKING)
    if tagged(tokens, last, Tag.EDGE) and at(tokens, last).value != 2:
        edge = LAST if at(tokens, last).value == 3 else 1
        return (edge,), last + 1
    days: list[int] = []
    here = place + 1
    while 1 <= at(tokens, here).number <= 31 and len(days) < 31:
        if mark(tokens, here + 1, "/.-") and at(tokens, here + 2).kind is Kind.NUMBER:
            return (), place
        days.append(at(tokens, here).number)
        here += 1
        joined = skip(tokens, here, Tag.JOIN)
        following = skip(tokens, joined, Tag.DAY)
        if joined == here or at(tokens, following).kind is not Kind.NUMBER:
            break
        here = following
    return tuple(days), here


def month_of_period(tokens: Tokens, place: int) -> Read:
    """Read which month is meant: "cuối quý", "đầu tiên của quý sau", "cuối kỳ báo cáo", "tiếp"."""
    edge, here = 3, place
    if tagged(tokens, place, Tag.EDGE):
        edge, here = at(tokens, place).value, place + 1
    elif not tagged(tokens, place, Tag.NEXT):
        return None
    else:
        after = skip(tokens, place + 1, Tag.NEXT)
        here, _ = links(tokens, after)
        if not tagged(tokens, here, Tag.QUARTER | Tag.CYCLE) or _numbered(tokens, here + 1):
            return Habit(Rule(later=1), (1,)), after
        quarter = tagged(tokens, here, Tag.QUARTER)
        rule = Rule(months_of(3, 1), later=1)
        return Habit(rule, (3,), cycle=not quarter), here + 1
    here, _ = links(tokens, here)
    if tagged(tokens, here, Tag.CYCLE):
        return Habit(Rule(months_of(3, edge)), (3,), cycle=True), here + 1
    unit = unit_at(tokens, here)
    if unit is None or unit[0] <= 1:
        return None
    later = int(tagged(tokens, unit[1], Tag.NEXT))
    here = _cycle_tail(tokens, unit[1] + later)
    return Habit(Rule(months_of(unit[0], edge), later=later), (unit[0],)), here


def _cycle_tail(tokens: Tokens, place: int) -> int:
    """Return the place after "thuộc kỳ báo cáo"."""
    here, _ = links(tokens, place, Tag.OF)
    return here + 1 if tagged(tokens, here, Tag.CYCLE) else place


def read_edge_of_each(tokens: Tokens, place: int) -> Read:
    """Read "cuối mỗi tháng", "đầu hằng quý", "định kỳ cuối tháng", "giữa mỗi tháng"."""
    periodic = skip(tokens, place, Tag.PERIODIC)
    here, first = links(tokens, skip(tokens, periodic, Tag.IN), Tag.EVERY)
    edge = at(tokens, here)
    if not edge.tag & Tag.EDGE:
        return None
    here, second = links(tokens, here + 1)
    unit = unit_at(tokens, here)
    if unit is None or unit[0] == WEEKLY:
        return None
    width, after = unit
    sure = first or second or periodic > place
    if not sure:
        if width not in {1, 3}:
            return None
        unsure = units_habit((width,)) if width == 3 else Habit(Rule(days=(LAST,)), (1,))
        return (replace(unsure, doubt=True), after) if edge.value == 3 else None
    if width == 1:
        return Habit(Rule(days=({1: 1, 2: 15, 3: LAST}[edge.value],)), (1,), firm=True), after
    if width == 12:
        days = (1,) if edge.value == 1 else (LAST,)
        months = frozenset({{1: 1, 2: 6, 3: 12}[edge.value]})
        return Habit(Rule(months, days), (12,), firm=True), after
    doubt = edge.value != 3
    return Habit(Rule(months_of(width, edge.value)), (width,), doubt=doubt, firm=True), after


def read_weekday(tokens: Tokens, place: int) -> Read:
    """Read "thứ sáu hàng tuần", "chiều thứ 6 mỗi tuần"."""
    here = skip(tokens, skip(tokens, place, Tag.SESSION), Tag.DAY)
    named = at(tokens, here)
    weekday, here = named.value, here + 1
    if named.tag & Tag.NTH and 2 <= at(tokens, here).number <= 7:
        weekday, here = at(tokens, here).number - 2, here + 1
    elif not named.tag & Tag.WEEKDAY:
        return None
    after, linked = links(tokens, here)
    if not (linked and tagged(tokens, after, Tag.WEEK)):
        return None
    return Habit(Rule(weekday=weekday), (WEEKLY,), firm=True), after + 1


def read_months_of_year(tokens: Tokens, place: int) -> Read:
    """Read "các tháng trong năm", "các quý trong năm 2025" as each of them."""
    if not tagged(tokens, place, Tag.OF):
        return None
    unit = unit_at(tokens, place + 1)
    if unit is None or unit[0] not in {1, 3}:
        return None
    here, _ = links(tokens, unit[1])
    if here == unit[1] or not tagged(tokens, here, Tag.YEAR):
        return None
    here += 1
    here += is_year(at(tokens, here))
    return replace(units_habit((unit[0],)), doubt=True), here


READERS = (
    read_month_days,
    read_weekday,
    read_edge_of_each,
    read_months_of_year,
    read_times_a_unit,
    read_units,
)


def read_habit(tokens: Tokens, place: int) -> Read:
    """Read what comes back at `place`."""
    if tagged(tokens, place, Tag.DAILY):
        return Habit(Rule(), daily=True), place + 1
    for reader in READERS:
        found = reader(tokens, place)
        if found is not None:
            return found
    return None


def cycle_months(tokens: Tokens) -> frozenset[int]:
    """Return the last months of the reporting periods that a text names, empty if it names none."""
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
