"""The pieces of a text that speak of time, and how neighbours complete each other.

"Hằng quý (trước ngày 20 tháng cuối quý)" is one rule, "Hằng tháng, ngày 25" too.
"""

from dataclasses import replace

from bot.domain.deadline import Deadline, Ongoing, Recurring, Relative
from bot.domain.grammar import notes
from bot.domain.grammar.due import date_of, every_year, read_dates
from bot.domain.grammar.events import read_relative
from bot.domain.grammar.habits import read_habit
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.manner import read_manner
from bot.domain.grammar.notes import Found, Setting
from bot.domain.grammar.open import read_ongoing, read_unspecified
from bot.domain.grammar.partial import Tokens, mark, skip, tagged
from bot.domain.grammar.rules import (
    Rule,
    dates_of,
    day_before,
    months_of,
    rrule_of,
    short_months_lack,
)
from bot.domain.grammar.spans import fill_in, read_items
from bot.domain.grammar.tokens import Tag
from bot.domain.grammar.units import Habit
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed


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
