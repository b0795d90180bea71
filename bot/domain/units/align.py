"""Align words as written with a registered name: whole words, initials, or both mixed."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.units.phrases import COMPONENT_BREAK, CONNECTIVES, HEAD_LETTERS, HEADS
from bot.domain.units.text import WORD, bare, unglue, word_key
from bot.domain.vietnamese import has_marks


@dataclass(frozen=True, slots=True)
class Written:
    """A word as written, with its place; `unmarked` where the whole text lacks diacritics."""

    text: str
    start: int
    end: int
    unmarked: bool = False

    @property
    def key(self) -> str:
        """The word with tone placement and case aside."""
        return word_key(self.text)

    @property
    def initials(self) -> str:
        """The letters of an abbreviation, without diacritics; "" for any other word."""
        return bare(self.text) if self.text.isupper() and self.text.isalnum() else ""


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way of writing a unit's name: keys of its words, and where its components end.

    `head` counts the generic words at its beginning ("Trung tâm": 2).
    """

    words: tuple[str, ...]
    bare_words: tuple[str, ...]
    ends: tuple[int, ...]
    head: int


def words_of(text: str) -> list[Written]:
    """Return the words of `text`."""
    unmarked = not has_marks(text)
    found: list[Written] = []
    for word in WORD.finditer(text):
        begin = word.start()
        for part in unglue(word.group()).split():
            found.append(Written(part, begin, begin + len(part), unmarked))
            begin += len(part)
    return found


def name_form(name: str) -> NameForm:
    """Return the form of `name` for alignment."""
    words: list[str] = []
    ends: list[int] = []
    for part in re.split(COMPONENT_BREAK, name, flags=re.I):
        words.extend(word.text for word in words_of(part))
        ends.append(len(words))
    folded = [bare(word) for word in words]
    return NameForm(
        tuple(map(word_key, words)), tuple(folded), tuple(dict.fromkeys(ends)), _head(folded)
    )


def _head(folded: Sequence[str]) -> int:
    """Return how many words at the beginning are a generic head."""
    for head in HEADS:
        parts = head.split()
        if list(folded[: len(parts)]) == parts:
            return len(parts)
    return 0


def align(written: Sequence[Written], form: NameForm, start: int = 0) -> int:
    """Return how many words of `written` spell `form` whole from its word `start`; 0 for none."""
    return _whole(written, 0, form, start, len(form.words))


def _whole(written: Sequence[Written], at: int, form: NameForm, word: int, end: int) -> int:
    """Return the index after the written words that spell form.words[word:end]; 0 for none."""
    if word == end:
        return at
    if at < len(written):
        if _same(written[at], form, word) and (
            found := _whole(written, at + 1, form, word + 1, end)
        ):
            return found
        if bare(written[at].text) in ("va", "so") and (
            found := _whole(written, at + 1, form, word, end)
        ):
            return found
        for after in _after_initials(written[at].initials, form, word, end):
            if found := _whole(written, at + 1, form, after, end):
                return found
    if form.bare_words[word] in CONNECTIVES and word + 1 < end:
        return _whole(written, at, form, word + 1, end)
    return 0


def _same(written: Written, form: NameForm, word: int) -> bool:
    """Tell whether a written word is the form's; text without any diacritics matches without."""
    if written.unmarked:
        return bare(written.text) == form.bare_words[word]
    return written.key == form.words[word]


def _after_initials(letters: str, form: NameForm, word: int, end: int) -> list[int]:
    """Return where `letters` can end when they abbreviate the words from `word` on."""
    if len(letters) == 1:
        is_head = word == 0 and HEAD_LETTERS.get(letters) == " ".join(form.bare_words[:1])
        return [1] if is_head else []
    if len(letters) < 2:
        return []
    ends = {word}
    for letter in letters:
        step: set[int] = set()
        for at in ends:
            reachable = [at]
            while reachable[-1] < end and form.bare_words[reachable[-1]] in CONNECTIVES:
                reachable.append(reachable[-1] + 1)
            step |= {
                place + 1
                for place in reachable
                if place < end and form.bare_words[place].startswith(letter)
            }
        ends = step
    return sorted(ends, reverse=True)


def align_parts(written: Sequence[Written], form: NameForm, start: int) -> int:
    """Return how many words spell `form` with parts of it shortened or left out; 0 for none.

    One component must be whole and at least three words long ("Văn bản và TDTHPL", "TDTHPL"); of
    the others, at least the first word is written, or nothing.
    """
    bounds = [start, *(end for end in form.ends if end > start)]
    best = 0
    at = 0
    whole = False
    for begin, end in itertools.pairwise(bounds):
        if found := _whole(written, at, form, begin, end):
            at, best = found, found
            whole = whole or end - max(begin, form.head) >= 3
            continue
        at = best = _prefix(written, at, form, begin, end)
    if best and bare(written[best - 1].text) == "va":
        best -= 1
    return best if whole else 0


def _prefix(written: Sequence[Written], at: int, form: NameForm, begin: int, end: int) -> int:
    """Return the index after the written words that begin the component form.words[begin:end]."""
    if at < len(written) and form.bare_words[begin] != "va" and bare(written[at].text) == "va":
        at += 1
    for word in range(begin, end):
        if at >= len(written) or not _same(written[at], form, word):
            break
        at += 1
    return at
