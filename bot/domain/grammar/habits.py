"""Read what comes back: "hàng tháng", "ngày 25 hàng tháng", "ngày 17 của tháng cuối quý"."""

from dataclasses import replace

from bot.domain.grammar.partial import Tokens, at, is_year, mark, skip, tagged
from bot.domain.grammar.rules import LAST, Rule, months_of
from bot.domain.grammar.tokens import Kind, Tag
from bot.domain.grammar.units import (
    WEEKLY,
    Habit,
    Read,
    links,
    numbered,
    read_times_a_unit,
    read_units,
    unit_at,
    units_habit,
)


def read_month_days(tokens: Tokens, place: int) -> Read:
    """Read "ngày 25 hàng tháng", "ngày 10 và 25 mỗi tháng", "ngày 17 của tháng cuối quý"."""
    days, here = _day_span(tokens, place) or day_list(tokens, place)
    if not days:
        return None
    here, every = links(tokens, here)
    linked = here > place + 2
    working = tagged(tokens, place + 1, Tag.WORKING) and days == (1,)
    if tagged(tokens, here, Tag.QUARTER) and every and not numbered(tokens, here + 1):
        return Habit(Rule(months_of(3), days), (3,), doubt=True, firm=True), here + 1
    if not tagged(tokens, here, Tag.MONTH) or numbered(tokens, here + 1):
        return None
    placed = month_of_period(tokens, here + 1)
    if placed is not None:
        habit, after = placed
        rule = replace(habit.rule, days=days)
        return replace(habit, rule=rule, firm=True, doubt=habit.doubt or working), after
    if not (every or linked):
        return None
    return Habit(Rule(days=days), (1,), firm=True, doubt=working), here + 1


def _day_span(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int] | None:
    """Return the last day of "từ ngày 1 đến ngày 5", "ngày 1-5", and the place after."""
    here = skip(tokens, place, Tag.FROM)
    day = skip(tokens, here, Tag.DAY)
    first = at(tokens, day)
    if day == place or not 1 <= first.number <= 31 or not tagged(tokens, day + 1, Tag.TO):
        return None
    after = skip(tokens, day + 2, Tag.DAY)
    last = at(tokens, after)
    if not first.number < last.number <= 31 or mark(tokens, after + 1, "/.-"):
        return None
    return (last.number,), after + 1


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
    if nth := _nth(tokens, place):
        edge, here = nth
    elif tagged(tokens, place, Tag.EDGE):
        edge, here = at(tokens, place).value, place + 1
    elif not tagged(tokens, place, Tag.NEXT):
        return None
    else:
        after = skip(tokens, place + 1, Tag.NEXT)
        here, _ = links(tokens, after)
        if not tagged(tokens, here, Tag.QUARTER | Tag.CYCLE) or numbered(tokens, here + 1):
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


def _nth(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Return which month of a quarter "thứ 3", "thứ ba" means, and the place after."""
    word, number = at(tokens, place), at(tokens, place + 1)
    which, after = number.number, place + 2
    if word.tag & Tag.WEEKDAY:
        which, after = word.value + 2, place + 1
    elif not word.tag & Tag.NTH:
        return None
    linked, _ = links(tokens, after)
    return (which, after) if 1 <= which <= 3 and tagged(tokens, linked, Tag.QUARTER) else None


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


def read_month_of_quarter(tokens: Tokens, place: int) -> Read:
    """Read "tháng thứ 3 của quý", "tháng cuối quý" as the last day of that month."""
    named = _nth(tokens, place + 1) or tagged(tokens, place + 1, Tag.EDGE)
    placed = month_of_period(tokens, place + 1) if named else None
    if not tagged(tokens, place, Tag.MONTH) or placed is None or placed[0].widths != (3,):
        return None
    return replace(placed[0], doubt=True, firm=True), placed[1]


READERS = (
    read_month_of_quarter,
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
