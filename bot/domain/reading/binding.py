"""Bind a date of the "Tiến độ" cell to one of several leads, where the wording leaves no doubt."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.assignment.deeds import Act, Deed
from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.plan import UnitRef
from bot.domain.units.text import word_keys

# Words that a label and a lead's clause share without any other lead sharing them.
MIN_SHARED = 2


def bind_to_leads(
    deadlines: Sequence[Deadline], lead: Sequence[UnitRef], acts: Sequence[Act]
) -> tuple[Deadline, ...]:
    """Return `deadlines` with `units` filled in where a label fits one lead's own clause only.

    "Kế hoạch biên chế … trước ngày 15/5" binds the lead that is told to draw up that plan. Nothing
    is bound unless every labelled date finds its lead, and together they find several.
    """
    labelled = [d for d in deadlines if isinstance(d, DateDeadline | Recurring) and d.label]
    if len(lead) < 2 or len(labelled) < 2 or len(labelled) != len(deadlines):
        return tuple(deadlines)
    words = {unit.name: _words_of(unit, acts) for unit in lead}
    bound = [_binding(deadline.label or "", words) for deadline in labelled]
    if None in bound or len(set(bound)) < 2:
        return tuple(deadlines)
    return tuple(
        replace(deadline, units=(name,)) if name else deadline
        for deadline, name in zip(labelled, bound, strict=True)
    )


def _words_of(unit: UnitRef, acts: Sequence[Act]) -> frozenset[str]:
    """Return the pairs of words in the clauses that `unit` leads or works in."""
    pairs: set[str] = set()
    for act in acts:
        if act.deed in (Deed.LEADS, Deed.WORKS) and unit in act.units:
            pairs |= _pairs(act.clause.sentence)
    return frozenset(pairs)


def _pairs(text: str) -> set[str]:
    keys = word_keys(text)
    return {f"{first} {second}" for first, second in itertools.pairwise(keys)}


def _binding(label: str, words: dict[str, frozenset[str]]) -> str | None:
    """Return the one lead whose own words the label shares; None in doubt."""
    wanted = _pairs(label)
    own = {
        name: len(wanted & pairs - frozenset().union(*(w for n, w in words.items() if n != name)))
        for name, pairs in words.items()
    }
    ranked = sorted(own.items(), key=lambda entry: entry[1], reverse=True)
    best, second = ranked[0], ranked[1]
    return best[0] if best[1] >= MIN_SHARED and best[1] > 2 * second[1] else None
