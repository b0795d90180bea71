"""The pieces of a text that speak of time, and how neighbours complete each other.

"Hằng quý (trước ngày 20 tháng cuối quý)" is one rule, "Hằng tháng, ngày 25" too.
"""

from dataclasses import dataclass, replace

from bot.domain import deadline_grammar_notes as notes
from bot.domain.deadline import Deadline, Ongoing, Recurring, Relative
from bot.domain.deadline_grammar_dates import Tokens, mark, skip, tagged
from bot.domain.deadline_grammar_events import (
    read_ongoing,
    read_relative,
    read_unspecified,
    said,
)
from bot.domain.deadline_grammar_habits import WEEKLY, Habit, read_habit
from bot.domain.deadline_grammar_notes import Found, Setting
from bot.domain.deadline_grammar_rules import (
    Rule,
    dates_of,
    day_before,
    months_of,
    rrule_of,
    short_months_lack,
)
from bot.domain.deadline_grammar_spans import (
    Item,
    date_of,
    every_year,
    fill_in,
    read_dates,
    read_items,
    read_manner,
)
from bot.domain.deadline_grammar_tokens import Tag
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed


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


def read_piece(tokens: Tokens, place: int, setting: Setting) -> Piece | None:
    """Return the longest reading at `place`."""
    best: Piece | None = None
    for piece in (
        _habit(tokens, place),
        _dates(tokens, place, setting),
        _event(tokens, place, setting),
    ):
        if piece is not None and (best is None or piece.end > best.end):
            best = piece
    return best


def _habit(tokens: Tokens, place: int) -> Piece | None:
    """Read a habit with its class words."""
    manner = read_manner(tokens, skip(tokens, place, Tag.PERIODIC))
    for start in (place, manner.end):
        found = read_habit(tokens, start)
        if found is not None:
            habit, end = found
            before = manner.before and start > place and not manner.hour
            sure = (
                start > place
                or tagged(tokens, place, Tag.EVERY | Tag.PERIODIC | Tag.PER)
                or habit.firm
            )
            firm = habit.daily or (bool(sure) and not habit.doubt)
            return Piece(place, end, firm, habit=habit, before=before)
    return None


def _dates(tokens: Tokens, place: int, setting: Setting) -> Piece | None:
    """Read a list of dates."""
    found = read_dates(tokens, place, setting)
    if found is None:
        return None
    items = tuple(fill_in(read_items(tokens, place)))
    yearly = found.end > items[-1].end
    piece = Piece(place, found.end, found.strong, items=items, found=found, yearly=yearly)
    following = skip(tokens, found.end, Tag.JOIN)
    if tagged(tokens, following, Tag.FOLLOWING | Tag.ONWARD) and not yearly:
        return replace(piece, end=following + 1, onward=True)
    return piece


def _event(tokens: Tokens, place: int, setting: Setting) -> Piece | None:
    """Read what waits for an event, goes on, or depends on others."""
    readers = (
        (read_relative,) if setting.prose else (read_ongoing, read_relative, read_unspecified)
    )
    for reader in readers:
        found = reader(tokens, place, setting)
        if found is not None and not (setting.prose and _vague(found)):
            return Piece(place, found.end, found=found)
    return None


def _vague(found: Found) -> bool:
    """Tell whether a relative reading lacks its number or its event."""
    deadline = found.deadlines[0] if found.deadlines else None
    return not isinstance(deadline, Relative) or not (deadline.count and deadline.event)


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
    if first.items and habit is not None and habit.widths == (12,) and not habit.firm:
        return replace(first, end=second.end, yearly=True, strong=True)
    return None


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


def _words(piece: Piece, tokens: Tokens, setting: Setting) -> str:
    """Return the words of a piece as written, with the bracket that closes in or after it."""
    end = piece.end
    opened = sum((token.text == "(") - (token.text == ")") for token in tokens[piece.start : end])
    end += opened == 1 and mark(tokens, end, ")")
    return composed(setting.source[tokens[piece.start].start : tokens[end - 1].end])


def deadlines_of(
    piece: Piece, tokens: Tokens, setting: Setting
) -> tuple[tuple[Deadline, ...], tuple[Problem, ...]]:
    """Return the deadlines of a piece and what a person must know of them."""
    words = _words(piece, tokens, setting)
    if piece.habit is not None:
        return _of_habit(piece.habit, words, piece, setting)
    if piece.items:
        deadlines: list[Deadline] = []
        problems: list[Problem] = []
        for item in piece.items:
            deadline, warnings = date_of(item, words, setting)
            problems += warnings
            if deadline is not None:
                deadlines.append(every_year(deadline, item, setting) if piece.yearly else deadline)
        if piece.narrowed:
            problems.append(notes.narrowed(words))
        if piece.onward:
            return _onward(deadlines, problems, piece, words, setting)
        return tuple(deadlines), tuple(dict.fromkeys(problems))
    if piece.found is None:
        return (), ()
    return piece.found.deadlines, piece.found.problems


def _onward(
    deadlines: list[Deadline],
    problems: list[Problem],
    piece: Piece,
    words: str,
    setting: Setting,
) -> tuple[tuple[Deadline, ...], tuple[Problem, ...]]:
    """Add the later quarters or months to the last date of "quý I và các quý tiếp theo"."""
    first, last = piece.items[-1].last.months or (1, 12)
    width = last - first + 1
    if width not in {1, 3} or piece.items[-1].last.days or not deadlines:
        return tuple(deadlines), (*problems, notes.years_after(words))
    months = frozenset(month for month in months_of(width) if month >= last)
    rule = Rule(months)
    dates = dates_of(rule, setting.period)
    problems.append(notes.rule_doubtful(words, dates))
    return (*deadlines[:-1], Recurring(rrule_of(rule), dates, words)), tuple(problems)


def _of_habit(
    habit: Habit, words: str, piece: Piece, setting: Setting
) -> tuple[tuple[Deadline, ...], tuple[Problem, ...]]:
    """Return the rules of a habit: one, or one a day where short months lack one of its days."""
    if habit.daily:
        return (Ongoing(words),), (notes.daily(words),)
    rule, problems = habit.rule, []
    if habit.cycle:
        if setting.cycle:
            rule = replace(rule, months=setting.cycle)
        else:
            problems.append(notes.cycle_unknown(words))
    rules = [rule]
    if len(rule.days) > 1 and (short_months_lack(rule) or 1 in rule.days):
        rules = [replace(rule, days=(day,)) for day in rule.days]
    if piece.before and not setting.before_counts:
        rules = [day_before(one) for one in rules]
    deadlines: list[Deadline] = []
    for one in rules:
        dates = dates_of(one, setting.period)
        if short_months_lack(one):
            problems.append(notes.short_month(words))
        if habit.doubt:
            problems.append(notes.rule_doubtful(words, dates))
        deadlines.append(Recurring(rrule_of(one), dates, words, before=piece.before))
    return tuple(deadlines), tuple(dict.fromkeys(problems))


__all__ = ["Piece", "combine", "deadlines_of", "read_piece", "said"]
