"""How alike a name as written and a registered one are: a suggestion for a person, no reading."""

import itertools
import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.domain.plan import Unit
from bot.domain.units.phrases import COMPONENT_BREAK, CONNECTIVES, HEADS
from bot.domain.units.text import WORD, bare, word_keys

# Below this a likeness is chance. Two units nearer to each other than the margin are left out.
THRESHOLD = 68.0
MARGIN = 4.0
# Taken off where the generic heads differ ("Trung tâm" against "Phòng").
OTHER_HEAD = 20.0

Spelling = tuple[str, str, str]  # head, name without diacritics, name with them


def spellings(unit: Unit) -> tuple[Spelling, ...]:
    """Return the ways to write a unit, each component of its name in words or in initials."""
    head, core = split_head(unit.name)
    parts = [part for part in re.split(COMPONENT_BREAK, core, flags=re.I) if part.strip()]
    choices = [(part, _initials(part)) for part in parts[:4]]
    mixed = [" ".join(choice) for choice in itertools.product(*choices)] if parts else []
    names = [core or unit.name, *mixed, unit.short, *unit.aliases]
    return tuple(_spelling(f"{head} {name}" if head else name) for name in names if name)


def split_head(name: str) -> tuple[str, str]:
    """Return the generic head of `name`, folded, and the rest of it as written."""
    words = WORD.findall(name)
    folded = [bare(word) for word in words]
    for head in HEADS:
        count = len(head.split())
        if folded[:count] == head.split() and len(words) > count:
            last = list(WORD.finditer(name))[count - 1]
            return head, name[last.end() :].strip(" .:-–")
    return "", name


def best_likeness(
    name: str, candidates: Iterable[tuple[str, tuple[Spelling, ...]]]
) -> tuple[str, float] | None:
    """Return the candidate that `name` resembles most and the score (0-100); None for none."""
    written = _spelling(name)
    if len(written[1]) < 3:
        return None
    scores = sorted(
        (
            (max(_score(written, spelling) for spelling in known), unit)
            for unit, known in candidates
        ),
        reverse=True,
    )
    if not scores or scores[0][0] < THRESHOLD:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1], round(scores[0][0], 1)


def _spelling(name: str) -> Spelling:
    head, core = split_head(name)
    return head, " ".join(bare(word) for word in WORD.findall(core)), " ".join(word_keys(core))


def _initials(part: str) -> str:
    words = [bare(word) for word in WORD.findall(part)]
    return "".join(word[0] for word in words if word not in CONNECTIVES).upper()


def _score(written: Spelling, known: Spelling) -> float:
    """Return the likeness of two spellings, diacritics counting for half.

    Names with different numbers ("số 1", "số 2") are never alike.
    """
    if re.findall(r"\d+", written[1]) != re.findall(r"\d+", known[1]):
        return 0.0
    folded = fuzz.ratio(written[1], known[1])
    marked = fuzz.ratio(written[2], known[2])
    other = OTHER_HEAD if written[0] and known[0] and written[0] != known[0] else 0.0
    return (folded + marked) / 2 - other
