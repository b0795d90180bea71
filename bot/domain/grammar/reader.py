"""Read the deadlines of a "Tiến độ" cell, and find them in sentences.

The engine knows no language; its words are `grammar.phrases`. Nothing is guessed and nothing
dropped: what could not be read, and what had to be mended, comes back as problems.
"""

from dataclasses import dataclass, replace

from bot.domain.deadline import DateDeadline, Deadline, Period, Recurring
from bot.domain.grammar import notes
from bot.domain.grammar.cell import read_clause, settle
from bot.domain.grammar.clauses import clauses_of
from bot.domain.grammar.joins import Piece
from bot.domain.grammar.mending import mended_tokens, misspelt_words
from bot.domain.grammar.notes import ReadingContext, Setting
from bot.domain.grammar.partial import Tokens
from bot.domain.grammar.phrases import DAY_EVENT, LEXICON, OFTEN_MISSPELT
from bot.domain.grammar.pieces import deadlines_of
from bot.domain.grammar.spans import Item
from bot.domain.grammar.tokens import Kind, tokens_of
from bot.domain.grammar.units import cycle_months
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed

__all__ = [
    "DeadlineReading",
    "FoundDeadline",
    "ReadingContext",
    "find_deadlines",
    "read_deadlines",
]

_MISSPELT = misspelt_words(LEXICON.full, OFTEN_MISSPELT)
NO_CONTEXT = ReadingContext()


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """What a whole cell says, and what a person must look at."""

    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline inside a sentence, from `start` to `end` (exclusive) in its text.

    `duty` is False for what is no dated or periodic duty: daily and weekly habits, and yearly
    words that qualify a noun ("kế hoạch hàng năm").
    """

    deadline: Deadline
    start: int
    end: int
    duty: bool = True
    problems: tuple[Problem, ...] = ()


def read_deadlines(
    text: str,
    period: Period,
    *,
    before_counts: bool = False,
    context: ReadingContext = NO_CONTEXT,
) -> DeadlineReading:
    """Read one whole "Tiến độ" cell.

    `before_counts` is the plan's setting that "trước ngày D" means D itself. An empty or
    unreadable cell gives no deadline and a problem that says why. Never raises.
    """
    tokens, mended = mended_tokens(text, LEXICON, _MISSPELT)
    problems = list(mended)
    if not any(token.kind is not Kind.BREAK for token in tokens):
        return DeadlineReading((), (notes.empty(),))
    setting = _setting(text, period, before_counts=before_counts, context=context)
    deadlines: list[Deadline] = []
    heading: str | None = None
    for clause in clauses_of(tokens, setting):
        reading = read_clause(clause, tokens, setting, heading)
        heading = reading.heading or heading
        deadlines += reading.deadlines
        problems += reading.problems
    if not deadlines and not problems:
        problems.append(notes.nothing_read(composed(text)))
    unique = dict.fromkeys(_without_frame(deadlines, period))
    return DeadlineReading(tuple(unique), tuple(dict.fromkeys(problems)))


def _without_frame(deadlines: list[Deadline], period: Period) -> list[Deadline]:
    """Leave out the plan's own period beside a rule: "hằng quý trong năm 2025" is the rule."""
    days = {day for one in deadlines if isinstance(one, Recurring) for day in one.dates}
    return [
        one
        for one in deadlines
        if not isinstance(one, DateDeadline)
        or one.label
        or (one.start, one.due) != (period.start, period.end)
        or one.due not in days
    ]


def _setting(
    text: str, period: Period, *, before_counts: bool, context: ReadingContext
) -> Setting:
    """Return the setting of a reading; the context's product gives the reporting periods."""
    cycle = cycle_months(tokens_of(context.product, LEXICON))
    return Setting(text, period, before_counts, cycle, day_event=DAY_EVENT)


def find_deadlines(
    text: str,
    period: Period,
    *,
    before_counts: bool = False,
    context: ReadingContext = NO_CONTEXT,
) -> tuple[FoundDeadline, ...]:
    """Find the dated and periodic duties in sentences, in order, with where they stand.

    Only what has a class word or form counts ("trước ngày…", "trong quý I/2025", "hàng quý"); the
    dates of cited documents, years that qualify a noun and bare dates do not.
    """
    tokens, _ = mended_tokens(text, LEXICON, _MISSPELT)
    setting = replace(
        _setting(text, period, before_counts=before_counts, context=context), prose=True
    )
    found: list[FoundDeadline] = []
    for clause in clauses_of(tokens, setting):
        seen: set[int] = set()
        for piece in settle(clause, tokens).pieces:
            found += _in_prose(piece, tokens, setting, seen)
    return tuple(found)


def _in_prose(
    piece: Piece, tokens: Tokens, setting: Setting, seen: set[int]
) -> list[FoundDeadline]:
    """Return the deadlines of one piece that count in a sentence.

    `seen` gathers the periods of the clause's dated rules: "trước ngày 05 của tháng tiếp kết quả
    hàng tháng" is one duty, not two.
    """
    if piece.items and not piece.yearly and all(_qualifies(item) for item in piece.items):
        return []
    deadlines, problems = deadlines_of(piece, tokens, setting)
    habit = piece.habit
    duty = bool(piece.items)
    if habit is not None:
        duty = piece.strong and not habit.daily and 0 not in habit.widths
        duty = duty and (habit.firm or not (habit.widths == (12,) or set(habit.widths) <= seen))
        seen |= set(habit.widths) if habit.firm else set()
    start, end = tokens[piece.start].start, tokens[piece.end - 1].end
    return [FoundDeadline(deadline, start, end, duty, problems) for deadline in deadlines]


def _qualifies(item: Item) -> bool:
    """Tell whether a date only qualifies a noun: without class word, or a bare "trong năm"."""
    manner = item.manner
    year = item.last.months == (1, 12) and not item.last.edge
    return not manner.written or (year and not (manner.before or manner.until))
