"""Put right what scanners and typing errors leave in a deadline phrase, and say so."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.grammar import notes
from bot.domain.grammar.fragments import joined_tokens
from bot.domain.grammar.tokens import (
    Kind,
    Lexicon,
    Phrases,
    Tag,
    Token,
    tokens_of,
)
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed, fold

_STRAY_SPACE = re.compile(
    r"\b[IVX\d]{1,4}(?:\s{1,5}[/.]\s{0,5}|[/.]\s{1,5})\d{1,4}\b", re.IGNORECASE
)
_ROMAN_FIGURES = ("", "I", "II", "III", "IV")
_TIME = Tag.DAY | Tag.MONTH | Tag.QUARTER | Tag.YEAR | Tag.EDGE | Tag.ROMAN | Tag.WEEK | Tag.BEFORE


Misspelt = Mapping[str, tuple[str, Tag, int]]


def mended_tokens(
    text: str, lexicon: Lexicon, misspelt: Misspelt
) -> tuple[tuple[Token, ...], tuple[Problem, ...]]:
    """Return the words of `text` put right, and what was mended.

    `misspelt` gives, for words without marks, the word meant where a number or a word of time
    follows ("trươc ngày 5/6"). A phrase said twice in a row counts once.
    """
    tokens: list[Token] = []
    problems: list[Problem] = []
    read, joined = joined_tokens(text, tokens_of(text, lexicon), lexicon)
    problems += joined
    for place, raw in enumerate(read):
        following = read[place + 1] if place + 1 < len(read) else None
        token = _spelt(raw, following, misspelt)
        tokens.append(token)
        meant = _meant(token, tokens[-2] if len(tokens) > 1 else None)
        if meant:
            problems.append(notes.mended(text[token.start : token.end], meant))
        width = _said_twice(tokens)
        if width:
            twice = text[tokens[-2 * width].start : token.end]
            once = text[tokens[-width].start : token.end]
            problems.append(notes.mended(composed(twice), composed(once)))
            del tokens[-width:]
    problems += [
        notes.mended(composed(slip.group()), "".join(slip.group().split()))
        for slip in _STRAY_SPACE.finditer(text)
    ]
    return tuple(tokens), tuple(problems)


def misspelt_words(phrases: Phrases, words: str) -> Misspelt:
    """Return each of `words` ("|" between), its tags and value, by how it looks without marks."""
    return {fold(word): (word, *phrases[(word,)]) for word in words.split("|")}


def _spelt(token: Token, following: Token | None, misspelt: Misspelt) -> Token:
    """Return `token` with the meaning of the word it was meant to be, where that is plain."""
    if token.kind is not Kind.WORD or token.tag or following is None:
        return token
    meaning = misspelt.get(fold(token.text))
    timely = following.kind is Kind.NUMBER or following.tag & _TIME
    if meaning is None or not timely:
        return token
    return replace(token, mended=meaning[0], tag=meaning[1], value=meaning[2])


def _meant(token: Token, before: Token | None) -> str:
    """Return the spelling meant by a mended token, or nothing."""
    if token.tag & Tag.MISSPELT and token.tag & Tag.ROMAN:
        quarter = before is not None and before.tag & Tag.QUARTER
        return _ROMAN_FIGURES[token.value] if quarter else ""
    return token.mended


def _said_twice(tokens: list[Token]) -> int:
    """Return how many words at the end of `tokens` only repeat those before them."""
    for width in (1, 2):
        last, before = tokens[-width:], tokens[-2 * width : -width]
        words = all(token.kind is Kind.WORD and token.tag for token in last)
        if words and [token.text for token in last] == [token.text for token in before]:
            return 0 if last[0].tag & Tag.NUMERAL else width
    return 0
