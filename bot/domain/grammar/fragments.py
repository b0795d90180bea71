"""Put together what white space or a scanner tore apart: "15/1 2/2025", "Quý I V"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.grammar import notes
from bot.domain.grammar.partial import at, is_year, mark, tagged
from bot.domain.grammar.tokens import Kind, Lexicon, Tag, Token
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed

_LAST_MONTH, _LAST_DAY = 12, 31


def joined_tokens(
    text: str, read: Sequence[Token], lexicon: Lexicon
) -> tuple[tuple[Token, ...], tuple[Problem, ...]]:
    """Return the words of `text` with torn numbers whole again, and what was mended."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    place = 0
    while place < len(read):
        if _idle_break(read, place) or _idle_mark(read, place) or _idle_ordinal(read, place):
            place += 1
            continue
        token, width = _whole(read, place, lexicon)
        if token is not read[place]:
            written = composed(text[token.start : token.end])
            problems.append(notes.mended(written, token.text.upper()))
        tokens.append(token)
        place += width
    return tuple(tokens), tuple(problems)


def _idle_break(read: Sequence[Token], place: int) -> bool:
    """Tell whether a line ends between "trước" and its date."""
    if read[place].kind is not Kind.BREAK:
        return False
    before, after = place - 1, place + 1
    while at(read, before).kind is Kind.BREAK and before >= 0:
        before -= 1
    while at(read, after).kind is Kind.BREAK and after < len(read):
        after += 1
    following = at(read, after)
    dated = following.tag & (Tag.DAY | Tag.MONTH | Tag.QUARTER) or following.kind is Kind.NUMBER
    numbered = mark(read, after + 1, ".)")
    return bool(tagged(read, before, Tag.BEFORE) and dated and not numbered)


def _idle_mark(read: Sequence[Token], place: int) -> bool:
    """Tell whether a colon only parts a unit from its number: "Quý: II", "Tháng: 6"."""
    if not mark(read, place, ":") or at(read, place - 2).kind is not Kind.BREAK:
        return False
    following, after = at(read, place + 1), at(read, place + 2)
    numbered = following.kind is Kind.NUMBER and following.number <= _LAST_MONTH
    quarter = tagged(read, place - 1, Tag.QUARTER) and following.tag & Tag.ROMAN
    plain = after.kind is Kind.BREAK or (after.text == "/" and is_year(at(read, place + 3)))
    unit = tagged(read, place - 1, Tag.QUARTER | Tag.MONTH)
    return bool(unit and (numbered or quarter) and plain)


def _idle_ordinal(read: Sequence[Token], place: int) -> bool:
    """Tell whether "mùng" stands before a day of every month, which no moon rules."""
    named = tagged(read, place, Tag.LUNAR) and tagged(read, place - 1, Tag.DAY)
    numbered = at(read, place + 1).kind is Kind.NUMBER
    return bool(named and numbered and tagged(read, place + 2, Tag.EVERY))


def _whole(read: Sequence[Token], place: int, lexicon: Lexicon) -> tuple[Token, int]:
    """Return the token at `place`, whole, and how many tokens it was torn into."""
    token = read[place]
    if token.kind is Kind.NUMBER:
        return _number(read, place)
    before = at(read, place - 1)
    lone_one = token.tag & Tag.ROMAN and token.value == 1
    month = at(read, place + 2)
    dated = mark(read, place + 1, "/") and month.kind is Kind.NUMBER and month.digits <= 2
    if lone_one and before.tag & Tag.DAY and dated:
        one = replace(token, kind=Kind.NUMBER, text="1", number=1, digits=1, tag=Tag.NONE)
        return one, 1
    if token.tag & Tag.ROMAN and before.tag & Tag.QUARTER:
        return _roman(read, place, lexicon)
    return token, 1


def _roman(read: Sequence[Token], place: int, lexicon: Lexicon) -> tuple[Token, int]:
    """Return the numeral whose letters stand apart ("I V"), or the one at `place`."""
    end = place
    while (
        tagged(read, end, Tag.ROMAN)
        and len(read[end].text) == 1
        and (end == place or read[end].gap)
    ):
        end += 1
    letters = "".join(token.text for token in read[place:end])
    meaning = lexicon.full.get((letters,))
    if end - place < 2 or meaning is None or not meaning[0] & Tag.ROMAN:
        return read[place], 1
    first, last = read[place], read[end - 1]
    numeral = replace(first, text=letters, end=last.end, tag=Tag.ROMAN, value=meaning[1])
    return numeral, end - place


def _number(read: Sequence[Token], place: int) -> tuple[Token, int]:
    """Return the day or month whose figures stand apart, or the number at `place`."""
    first, second = read[place], at(read, place + 1)
    if not (first.digits == second.digits == 1 and second.gap and mark(read, place + 2, "/")):
        return first, 1
    number = first.number * 10 + second.number
    after = at(read, place + 3)
    before = at(read, place - 1)
    if first.number == 1 and number <= _LAST_MONTH and is_year(after):
        torn = before.text == "/" or bool(before.tag & Tag.MONTH)
    else:
        leads = Tag.DAY | Tag.BEFORE | Tag.BY | Tag.TO | Tag.IN | Tag.FROM
        torn = before.kind is Kind.BREAK or bool(before.tag & leads)
        torn = torn and first.number > 0 and number <= _LAST_DAY
        torn = torn and after.kind is Kind.NUMBER and after.digits <= 2
    if not torn:
        return first, 1
    text = first.text + second.text
    return replace(first, text=text, end=second.end, number=number, digits=2), 2
