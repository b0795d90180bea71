"""The registered units of an office, and which of them a name as written means.

Name, short name, alias and initials are certain. A likeness is only a suggestion; what is unknown
stays as written.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.plan import Unit, UnitRef
from bot.domain.units.align import NameForm, Written, align, align_parts, name_form, words_of
from bot.domain.units.likeness import best_likeness, spellings
from bot.domain.units.phrases import AMBIGUOUS, OTHER_BODY, OWNER_TAIL
from bot.domain.units.text import bare, unglue

# A name this short is generic: the words after it can make it another body's.
GENERIC_WORDS = 2
# No name goes past these, or is longer than this many letters.
NAME_BOUND = re.compile(r"[();:\n]")
NAME_LENGTH = 200
# How many places of texts a registry remembers its answer for.
REMEMBERED = 2048


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A registered unit named at some place of a text; `end` is where its name ends."""

    unit: Unit
    end: int


class UnitRegistry:
    """Units to recognise; an empty registry knows none and leaves every name as written."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self.units = tuple(units)
        self._forms = [
            (unit, tuple(name_form(name) for name in _names(unit))) for unit in self.units
        ]
        self._spellings = [(unit.name, spellings(unit)) for unit in self.units]
        self._match_in = lru_cache(REMEMBERED)(self._find_in)

    def find(self, name: str) -> UnitRef:
        """Return the unit that `name`, the whole of it, means; else `name` with a suggestion."""
        written = " ".join(unglue(unicodedata.normalize("NFC", name)).split())
        match = self.match(written, 0, listed=True)
        if match and not re.search(r"\w", written[match.end :]):
            return UnitRef(match.unit.name, certain=True)
        return self.as_written(written)

    def as_written(self, name: str) -> UnitRef:
        """Return `name` as a unit that is not certain, with the registered one it resembles."""
        if self.is_ambiguous(name):
            return UnitRef(name)
        likeness = best_likeness(name, self._spellings)
        return (
            UnitRef(name, suggestion=likeness[0], score=likeness[1]) if likeness else UnitRef(name)
        )

    def is_ambiguous(self, name: str) -> bool:
        """Tell whether `name` alone may mean several things ("TT") or several units."""
        return bare(name).strip(" .") in AMBIGUOUS or len(self._matches(words_of(name), True)) > 1

    def match(self, text: str, start: int = 0, *, listed: bool = False) -> UnitMatch | None:
        """Return the unit whose name begins at `start`; None where none does for certain.

        `listed` accepts names without their generic head ("Hành chính tư pháp"), which elsewhere
        are ordinary words.
        """
        bound = NAME_BOUND.search(text, start)
        end = min(bound.start() if bound else len(text), start + NAME_LENGTH)
        found = self._match_in(text[start:end], listed)
        return _with_owner(text, found.unit, start + found.end) if found else None

    def _find_in(self, window: str, listed: bool) -> UnitMatch | None:
        """Return the unit whose name begins `window`, a few words of a text."""
        written = words_of(window)
        if not written or window[: written[0].start].strip():
            return None
        found = self._matches(written, listed)
        if len(found) != 1:
            return None
        unit, count = found[0]
        return UnitMatch(unit, written[count - 1].end)

    def _matches(self, written: list[Written], listed: bool) -> list[tuple[Unit, int]]:
        """Return the units that the longest run of written words means."""
        counts = [(unit, _longest(written, forms, listed)) for unit, forms in self._forms]
        longest = max((count for _, count in counts), default=0)
        return [(unit, count) for unit, count in counts if count == longest] if longest else []


def _names(unit: Unit) -> tuple[str, ...]:
    return tuple(name for name in (unit.name, unit.short, *unit.aliases) if name)


def _longest(written: list[Written], forms: tuple[NameForm, ...], listed: bool) -> int:
    """Return how many written words one of a unit's forms takes."""
    if not written or (len(written) == 1 and bare(written[0].text) in AMBIGUOUS):
        return 0
    name, *others = forms
    counts = [align(written, name), align_parts(written, name, 0) if name.head else 0]
    counts += [align(written, form) for form in others]
    counts += [_after_head(written, name, form) for form in others if not form.head]
    if name.head < len(name.words):
        core = max(align(written, name, name.head), align_parts(written, name, name.head))
        counts.append(core if core and (listed or _is_abbreviated(written[:core])) else 0)
    return max(counts)


def _after_head(written: list[Written], name: NameForm, short: NameForm) -> int:
    """Return the words of "Trung tâm TGPL": the head of the name and a short name."""
    head = NameForm(name.words[: name.head], name.bare_words[: name.head], (), name.head)
    taken = align(written, head) if name.head else 0
    rest = align(written[taken:], short) if taken else 0
    return taken + rest if rest else 0


def _is_abbreviated(written: list[Written]) -> bool:
    """Tell whether words without a head are plainly a name: initials, three letters or more."""
    return sum(len(word.initials) for word in written) >= 3


def _with_owner(text: str, unit: Unit, end: int) -> UnitMatch | None:
    """Return the match with "Sở" after it taken in; None where what follows names another body."""
    rest = text[end : end + 60]
    if tail := re.match(OWNER_TAIL, bare(rest) if rest[:1] != " " else f" {bare(rest)}"):
        words = tail.group().split()
        return UnitMatch(unit, end + words_of(rest)[len(words) - 1].end)
    form = name_form(unit.name)
    following = re.match(r"\s+(\w+)", rest)
    if len(form.words) <= GENERIC_WORDS and following:
        word = following[1]
        other = any(bare(rest).strip().startswith(f"{body}") for body in OTHER_BODY)
        if other or (word[0].isupper() and not word.isupper()) or word.isupper():
            return None
    return UnitMatch(unit, end)
