"""Read the deadlines of a "Tiến độ" cell, and find them in sentences.

The engine knows no language; its words are `deadline_phrases`. Nothing is guessed and nothing
dropped: what could not be read, and what had to be mended, comes back as problems.
"""

import re
from dataclasses import dataclass, replace

from bot.domain import deadline_grammar_notes as notes
from bot.domain.deadline import Deadline, Period
from bot.domain.deadline_grammar_cell import (
    clauses_of,
    read_clause,
    settle,
)
from bot.domain.deadline_grammar_dates import Tokens
from bot.domain.deadline_grammar_habits import cycle_months
from bot.domain.deadline_grammar_notes import ReadingContext, Setting
from bot.domain.deadline_grammar_pieces import Piece, deadlines_of
from bot.domain.deadline_grammar_spans import Item
from bot.domain.deadline_grammar_tokens import Kind, Tag, Token, tokens_of
from bot.domain.deadline_phrases import DAY_EVENT, LEXICON
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed

__all__ = [
    "DeadlineReading",
    "FoundDeadline",
    "ReadingContext",
    "find_deadlines",
    "read_deadlines",
]

_STRAY_SPACE = re.compile(r"\b[IVX\d]{1,4}(?:\s+[/.]\s?|[/.]\s+)\d{1,4}\b", re.IGNORECASE)
NO_CONTEXT = ReadingContext()


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """What a whole cell says, and what a person must look at."""

    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline inside a sentence, from `start` to `end` (exclusive) in its text.

    `duty` is False for what is no dated or periodic duty: daily and weekly habits, and yearly words
    that qualify a noun ("kế hoạch hàng năm").
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

    `before_counts` is the plan's setting that "trước ngày D" means D itself. An empty or unreadable
    cell gives no deadline and a problem that says why. Never raises.
    """
    tokens, problems = _tokens(text)
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
    return DeadlineReading(tuple(dict.fromkeys(deadlines)), tuple(dict.fromkeys(problems)))


def _setting(
    text: str, period: Period, *, before_counts: bool, context: ReadingContext
) -> Setting:
    """Return the setting of a reading; the context's product gives the reporting periods."""
    cycle = cycle_months(tokens_of(context.product, LEXICON))
    return Setting(text, period, before_counts, cycle, day_event=DAY_EVENT)


def _tokens(text: str) -> tuple[tuple[Token, ...], list[Problem]]:
    """Return the tokens of `text`, a phrase said twice in a row only once, and what was mended."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    for token in tokens_of(text, LEXICON):
        tokens.append(token)
        if token.mended:
            problems.append(notes.mended(text[token.start : token.end], token.mended))
        width = _said_twice(tokens)
        if width:
            twice = text[tokens[-2 * width].start : token.end]
            once = text[tokens[-width].start : token.end]
            problems.append(notes.mended(composed(twice), composed(once)))
            del tokens[-width:]
    problems += [
        notes.mended(slip.group(), "".join(slip.group().split()))
        for slip in _STRAY_SPACE.finditer(text)
    ]
    return tuple(tokens), problems


def _said_twice(tokens: list[Token]) -> int:
    """Return how many words at the end of `tokens` only repeat those before them."""
    for width in (1, 2):
        last, before = tokens[-width:], tokens[-2 * width : -width]
        words = all(token.kind is Kind.WORD and token.tag for token in last)
        if words and [token.text for token in last] == [token.text for token in before]:
            return 0 if last[0].tag & Tag.NUMERAL else width
    return 0


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
    tokens, _ = _tokens(text)
    setting = replace(
        _setting(text, period, before_counts=before_counts, context=context), prose=True
    )
    found: list[FoundDeadline] = []
    for clause in clauses_of(tokens, setting):
        for piece in settle(clause, tokens).pieces:
            found += _in_prose(piece, tokens, setting)
    return tuple(found)


def _in_prose(piece: Piece, tokens: Tokens, setting: Setting) -> list[FoundDeadline]:
    """Return the deadlines of one piece that count in a sentence."""
    if piece.items and not piece.yearly and all(_qualifies(item) for item in piece.items):
        return []
    deadlines, problems = deadlines_of(piece, tokens, setting)
    habit = piece.habit
    duty = bool(piece.items)
    if habit is not None:
        duty = piece.strong and not habit.daily and 0 not in habit.widths
        duty = duty and (habit.firm or habit.widths != (12,))
    start, end = tokens[piece.start].start, tokens[piece.end - 1].end
    return [FoundDeadline(deadline, start, end, duty, problems) for deadline in deadlines]


def _qualifies(item: Item) -> bool:
    """Tell whether a date only qualifies a noun: it has no class word, or is a bare "trong năm"."""
    manner = item.manner
    year = item.last.months == (1, 12) and not item.last.edge
    return not manner.written or (year and not (manner.before or manner.until))
