"""Words of a deadline phrase: what each is, where it stood, and what was mended in it.

The engine knows no language: which words mean what comes from `grammar.phrases`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntFlag, auto

from bot.domain.vietnamese import canonical, fold, has_marks


class Tag(IntFlag):
    """What a word can stand for; a word may be several things."""

    NONE = 0
    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    MONTH_LETTER = auto()  # "T4/2025"
    QUARTER = auto()
    QUARTER_LETTER = auto()  # "Q3/2025"
    HALF = auto()  # value: 1 or 2, of whatever follows
    YEAR = auto()
    HOUR = auto()
    MINUTE = auto()
    WORKING = auto()
    BEFORE = auto()
    BY = auto()  # "at the latest on", "until": the day itself counts
    IN = auto()
    OF = auto()
    AFTER = auto()
    FROM = auto()
    TO = auto()
    NOW = auto()
    EDGE = auto()  # value: 1 start, 2 middle, 3 end
    THIRD = auto()  # ten days of a month, value 1 to 3
    EVERY = auto()
    PERIODIC = auto()
    NEXT = auto()
    THIS = auto()
    WHOLE = auto()
    JOIN = auto()
    TIMES = auto()
    CYCLE = auto()  # a reporting period
    WITHIN = auto()
    SINCE = auto()
    WHEN = auto()
    SUDDEN = auto()  # an occasion that nobody can foresee
    PER = auto()
    ONGOING = auto()
    CONTINUOUS = auto()  # goes with ONGOING, says nothing alone
    DAILY = auto()
    NUMERAL = auto()
    ROMAN = auto()
    WEEKDAY = auto()
    STAGE = auto()
    FOLLOWING = auto()  # "and those after it"
    ONWARD = auto()
    ABOUT = auto()
    FILLER = auto()
    HEAD = auto()  # stands before what a date is for
    SEND = auto()  # what follows is a receiver
    DOCUMENT = auto()
    PRODUCT = auto()
    ARTICLE = auto()  # a part of a law: its number is no date
    TIME_WORD = auto()  # speaks of time, so must not stay unread
    BUT = auto()
    LUNAR = auto()
    SESSION = auto()  # part of a day
    NTH = auto()
    OR = auto()  # one or the other: which, a person must say
    FIGURES = auto()  # what a span of time after it covers, no duty
    OVER = auto()  # the end of what follows
    DENIED = auto()  # turns the time beside it round
    EXCEPT = auto()  # the time after it is none
    MOVED = auto()  # one time takes the place of another
    MISSPELT = auto()


Phrases = Mapping[tuple[str, ...], tuple[Tag, int]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's phrases, as they are spelt and as typed without any mark."""

    full: Phrases
    bare: Phrases


def lexicon(rows: Iterable[tuple[Tag, int, str]]) -> Lexicon:
    """Build a lexicon from rows of tags, value and phrases separated by "|".

    A phrase in several rows has all their tags and the last value that is not 0. Of phrases that
    look alike without marks the first listed counts.
    """
    full: dict[tuple[str, ...], tuple[Tag, int]] = {}
    bare: dict[tuple[str, ...], tuple[Tag, int]] = {}
    for tag, value, phrases in rows:
        for phrase in phrases.split("|"):
            words = tuple(canonical(phrase).text.split())
            tags, known = full.get(words, (Tag.NONE, 0))
            full[words] = (tags | tag, value or known)
    for words, meaning in full.items():
        bare.setdefault(tuple(fold(word) for word in words), meaning)
    return Lexicon(full, bare)


class Kind(Enum):
    """What a token is made of."""

    WORD = auto()
    NUMBER = auto()
    MARK = auto()
    BREAK = auto()
    REFERENCE = auto()  # the number of a document


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `start` and `end` are offsets in the source.

    `number` is -1 where there is none; `digits` is how many figures it was written with. `gap`
    tells of white space before it. `mended` is the spelling meant, where another was written.
    """

    kind: Kind
    text: str
    start: int
    end: int
    gap: bool = False
    number: int = -1
    digits: int = 0
    tag: Tag = Tag.NONE
    value: int = 0
    mended: str = ""


END = Token(Kind.BREAK, "", 0, 0)

# Order matters: mark-up, references, numbers with look-alike letters, numbers, words, marks.
_PIECE = re.compile(
    r"(?P<markup></?[a-z][^<>]{0,200}>)"
    r"|(?P<reference>\d{1,6}(?:/\d{4})?[/-][a-zđ]{2,12}(?:[-/][a-zđ\d]{1,12}){0,4}(?![^\W_])"
    r"|(?<=\s)/[a-zđ]{2,12}-[a-zđ\d]{1,12}(?:-[a-zđ\d]{1,12}){0,3}(?![^\W_]))"
    r"|(?P<noise>(?<![^\W_])(?=[oil\d]{0,4}\d)[\doil]{0,3}[oil][\doil]{0,3}(?![^\W_])"
    r"|(?<![^\W_])[il]o(?=\s?/\s?[\doil]))"
    r"|(?P<figure>\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)(?!\.\d)|\d+(?:[.,]\d+)?\s?%)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<line>\n)"
    r"|(?P<mark>[^\w\s]|_)"
)
_LOOKALIKE = str.maketrans("oil", "011")


def tokens_of(source: str, words: Lexicon) -> tuple[Token, ...]:
    """Return the words of `source`, phrases of `words` as one token each."""
    text = canonical(source)
    phrases = words.full if has_marks(source) else words.bare
    pieces: list[Token] = []
    previous_end = 0
    for found in _PIECE.finditer(text.text):
        kind = found.lastgroup or ""
        start, end = text.origin[found.start()], text.origin[found.end()]
        gap = found.start() > previous_end
        previous_end = found.end()
        cut = _glued(found.group(), phrases) if kind == "word" else 0
        if cut:
            middle = text.origin[found.start() + cut]
            pieces.append(_piece(kind, found.group()[:cut], start, middle, gap))
            pieces.append(_piece(kind, found.group()[cut:], middle, end, gap=False))
            continue
        pieces.append(_piece(kind, found.group(), start, end, gap))
    return _phrases(pieces, phrases)


def _glued(word: str, phrases: Phrases) -> int:
    """Return where the numeral of a quarter begins in "quýIII", "QII"; 0 in other words."""
    if (word,) in phrases:
        return 0
    for cut in range(max(len(word) - 3, 1), len(word)):
        head, tail = phrases.get((word[:cut],)), phrases.get((word[cut:],))
        quarter = head is not None and head[0] & (Tag.QUARTER | Tag.QUARTER_LETTER)
        if quarter and tail is not None and tail[0] & Tag.ROMAN and not tail[0] & Tag.MISSPELT:
            return cut if tail[1] <= 4 else 0
    return 0


def _piece(kind: str, text: str, start: int, end: int, gap: bool) -> Token:
    """Return one token as cut, without its meaning."""
    if kind == "number" and len(text) <= 9:
        return Token(Kind.NUMBER, text, start, end, gap, int(text), len(text))
    if kind == "noise":
        mended = text.translate(_LOOKALIKE)
        return Token(Kind.NUMBER, text, start, end, gap, int(mended), len(mended), mended=mended)
    if kind == "word":
        return Token(Kind.WORD, text, start, end, gap)
    if kind in {"line", "markup"}:
        return Token(Kind.BREAK, "\n", start, end, gap)
    if kind in {"reference", "figure", "number"}:
        return Token(Kind.REFERENCE, text, start, end, gap)
    return Token(Kind.MARK, text, start, end, gap)


LONGEST_PHRASE = 6


def _phrases(pieces: Sequence[Token], phrases: Phrases) -> tuple[Token, ...]:
    """Join words into the longest phrases `phrases` knows."""
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        token, width = _longest(pieces, at, phrases)
        found.append(token)
        at += width
    return tuple(found)


def _longest(pieces: Sequence[Token], at: int, phrases: Phrases) -> tuple[Token, int]:
    """Return the token at `at` with its meaning, and how many pieces it takes."""
    first = pieces[at]
    if first.kind not in {Kind.WORD, Kind.MARK}:
        return first, 1
    widest = 1
    while (
        widest < LONGEST_PHRASE
        and at + widest < len(pieces)
        and pieces[at + widest].kind is Kind.WORD
    ):
        widest += 1
    for width in range(widest, 0, -1):
        words = tuple(piece.text for piece in pieces[at : at + width])
        meaning = phrases.get(words)
        if meaning is not None:
            tag, value = meaning
            last = pieces[at + width - 1]
            text = " ".join(words)
            return Token(
                first.kind, text, first.start, last.end, first.gap, tag=tag, value=value
            ), width
    return first, 1
