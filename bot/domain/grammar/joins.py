"""How neighbouring pieces complete each other: "hằng quý (trước ngày 20 tháng cuối quý)"."""

from dataclasses import dataclass, replace

from bot.domain.grammar.notes import Found
from bot.domain.grammar.rules import QUARTER_ENDS
from bot.domain.grammar.spans import Item
from bot.domain.grammar.units import WEEKLY, Habit


@dataclass(frozen=True, slots=True)
class Piece:
    """What was read from token `start` to `end`: dates, a habit, or deadlines already made."""

    start: int
    end: int
    strong: bool = True
    items: tuple[Item, ...] = ()
    habit: Habit | None = None
    found: Found | None = None
    before: bool = False
    yearly: bool = False
    onward: bool = False
    narrowed: bool = False


def combine(first: Piece, second: Piece) -> Piece | None:
    """Return the one piece that two neighbours make, or None when each stands for itself."""
    span = (first.start, second.end)
    if first.habit is not None and second.habit is not None:
        return _two_habits(first, second, span)
    if first.habit is not None and second.items:
        return _habit_and_dates(first.habit, second, span)
    if first.items and second.items:
        return _period_and_day(first, second, span)
    habit = second.habit
    if first.items and habit is not None and habit.firm and habit.rule.months == QUARTER_ENDS:
        return _some_quarters(first, second, span)
    if first.items and habit is not None and habit.widths == (12,) and not habit.firm:
        return replace(first, end=second.end, yearly=True, strong=True)
    return None


def _some_quarters(first: Piece, second: Piece, span: tuple[int, int]) -> Piece | None:
    """Keep only the quarters named: "quý I, III: trước ngày 20 của tháng cuối quý"."""
    months = {item.last.months for item in first.items if not item.last.days}
    ends = frozenset(pair[1] for pair in months if pair and pair[1] - pair[0] == 2)
    habit = second.habit
    if habit is None or len(ends) != len(first.items) or not ends <= QUARTER_ENDS:
        return None
    joined = replace(habit, rule=replace(habit.rule, months=ends), cycle=False)
    return replace(second, start=span[0], habit=joined)


def _period_and_day(first: Piece, second: Piece, span: tuple[int, int]) -> Piece | None:
    """Join "tháng 6" with "trước ngày 20", "quý II/2025" with "trước ngày 15/5/2025"."""
    if len(first.items) != 1 or first.items[0].spans or first.yearly or second.yearly:
        return None
    wide = first.items[0].last
    if wide.days is not None or wide.edge or wide.months is None or first.items[0].manner.before:
        return None
    items: list[Item] = []
    for item in second.items:
        day = item.last
        if item.spans or day.days is None:
            return None
        if day.months is None and wide.months[0] == wide.months[1]:
            day = replace(day, months=wide.months, years=wide.years, later=wide.later)
        if day.months is None or not wide.months[0] <= day.months[0] <= wide.months[1]:
            return None
        items.append(replace(item, first=day, last=day))
    return replace(second, start=span[0], items=tuple(items), found=None, narrowed=True)


def _two_habits(first: Piece, second: Piece, span: tuple[int, int]) -> Piece | None:
    """Join "hằng quý" with "ngày 20 tháng cuối quý", either way round."""
    one, two = first.habit, second.habit
    if one is None or two is None or one.firm == two.firm or WEEKLY in one.widths + two.widths:
        return None
    firm, loose = (one, two) if one.firm else (two, one)
    before = first.before or second.before
    rule = firm.rule
    if firm.cycle:
        rule = replace(rule, months=loose.rule.months)
    elif not set(loose.widths) & {*firm.widths, 1}:
        return None
    habit = replace(firm, rule=rule, cycle=False)
    return Piece(*span, habit=habit, before=before)


def _habit_and_dates(habit: Habit, second: Piece, span: tuple[int, int]) -> Piece | None:
    """Join "hằng tháng" with "trước ngày 25", "hằng năm" with "trước ngày 15/12"."""
    if habit.firm or habit.daily or WEEKLY in habit.widths:
        return None
    lone = [item for item in second.items if item.last.months is None and item.last.days]
    if len(lone) == len(second.items):
        days = tuple(item.last.days[0] for item in lone if item.last.days)
        if not all(1 <= day <= 31 for day in days):
            return None
        joined = replace(
            habit,
            rule=replace(habit.rule, days=days),
            firm=True,
            doubt=habit.doubt or habit.widths != (1,),
        )
        before = lone[0].manner.before and not lone[0].manner.hour
        return Piece(*span, habit=joined, before=before)
    dated = all(item.last.days is not None for item in second.items)
    fits = habit.widths == (12,) or (dated and len(second.items) == len(habit.rule.months))
    if lone or not fits:
        return None
    return replace(second, start=span[0], yearly=habit.widths == (12,), strong=True)
