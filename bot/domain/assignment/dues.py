"""Internal deadlines: the dated and periodic duties of an assignment cell, and whose they are."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.assignment.clauses import Clause
from bot.domain.assignment.missed import missed_dates, read_own_dates
from bot.domain.assignment.phrases import NOTE
from bot.domain.deadline import DateDeadline, Deadline, Period, Recurring
from bot.domain.grammar.reader import FoundDeadline, find_deadlines, read_deadlines
from bot.domain.plan import UnitDeadline
from bot.domain.problem import N_, Problem, problem

IS_NOTE = re.compile(rf"\s*\(?\s*{NOTE}|\s*(?:lưu ý|ghi chú)\s*:", re.I)


def read_unit_deadlines(
    text: str, clauses: Sequence[Clause], period: Period, *, before_counts: bool = False
) -> tuple[tuple[UnitDeadline, ...], tuple[Problem, ...]]:
    """Return every duty of a cell that is due monthly or more rarely, in order.

    It belongs to the units of its own clause, or else to the subject of its bullet. Remarks
    ("Lưu ý: …") hold none. Dates that could not be read come back as problems.
    """
    everything = find_deadlines(text, period, before_counts=before_counts)
    found = [
        (due, clause)
        for due in everything
        if due.duty
        and (clause := _clause_at(clauses, due.start)) is not None
        and not IS_NOTE.match(clause.sentence)
    ]
    deadlines: list[UnitDeadline] = []
    problems: list[Problem] = []
    for due, clause in _without_repeats(found):
        units = tuple(dict.fromkeys(mention.unit for mention in clause.subject))
        problems += due.problems or _doubts(text[due.start : due.end], period)
        if not units:
            asked = N_("It is not said which unit answers for “{text}”; choose one.")
            problems.append(problem(asked, text=due.deadline.text))
        deadlines.append(UnitDeadline(units, _without_units(due.deadline), clause.sentence))
    for clause in clauses:
        if not IS_NOTE.match(clause.sentence):
            own = tuple(read_own_dates(text, clause, period, before_counts=before_counts))
            deadlines += own
            problems += missed_dates(text, clause, everything, own)
    return tuple(deadlines), tuple(dict.fromkeys(problems))


def _doubts(words: str, period: Period) -> tuple[Problem, ...]:
    """Return what was mended or chosen in a deadline's own words."""
    return read_deadlines(words, period).problems


def _clause_at(clauses: Sequence[Clause], place: int) -> Clause | None:
    """Return the clause that a place of the cell lies in; None between clauses."""
    for clause in clauses:
        if clause.start <= place < clause.end:
            return clause
    return None


def _without_repeats(
    found: Sequence[tuple[FoundDeadline, Clause]],
) -> list[tuple[FoundDeadline, Clause]]:
    """Return the duties without those that a clause only says again.

    "trước ngày 05 của tháng tiếp … hàng tháng" is one monthly duty: the rule without a day of its
    own adds nothing to the one with a day.
    """
    kept = []
    for due, clause in found:
        same = [other.deadline for other, its in found if its is clause and other is not due]
        if not (isinstance(due.deadline, Recurring) and _is_covered(due.deadline, same)):
            kept.append((due, clause))
    return kept


def _is_covered(rule: Recurring, others: Sequence[Deadline]) -> bool:
    """Tell whether another rule of the clause names the day that `rule` leaves open."""
    if not rule.rrule.endswith("BYMONTHDAY=-1"):
        return False
    return any(
        isinstance(other, Recurring)
        and not other.rrule.endswith("BYMONTHDAY=-1")
        and len(other.dates) == len(rule.dates)
        for other in others
    )


def _without_units(deadline: Deadline) -> Deadline:
    """Return the deadline bound to no leads: whose it is stands beside it."""
    if isinstance(deadline, DateDeadline | Recurring) and deadline.units:
        return replace(deadline, units=())
    return deadline
