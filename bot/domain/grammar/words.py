"""Where a run of words ends, and the words themselves."""

from bot.domain.grammar.dates import read_atom
from bot.domain.grammar.habits import read_habit
from bot.domain.grammar.manner import read_manner
from bot.domain.grammar.notes import Setting
from bot.domain.grammar.partial import Tokens, at, mark, resolve, tagged
from bot.domain.grammar.spans import read_item
from bot.domain.grammar.tokens import Kind, Tag
from bot.domain.vietnamese import composed

MOST_FILLERS = 3


def words_end(tokens: Tokens, place: int, setting: Setting) -> int:
    """Return where the words from `place` on end: a clause's end, or a date of its own."""
    depth = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind is Kind.BREAK or token.text == ";" or sentence_end(tokens, place):
            return place
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return place
        if _own_date(tokens, place, setting):
            return place
        place += 1
    return place


def _own_date(tokens: Tokens, place: int, setting: Setting) -> bool:
    """Tell whether a date or habit that is no part of the words before begins at `place`."""
    token = tokens[place]
    joined = bool(token.tag & Tag.JOIN)
    if not joined and (not token.tag & (Tag.BEFORE | Tag.BY) or token.tag & Tag.TO):
        return False
    here = place + joined
    for _ in range(MOST_FILLERS * joined):
        if not tagged(tokens, here, Tag.FILLER) or tagged(tokens, here, Tag.IN | Tag.DAY):
            break
        here += 1
    if joined and tagged(tokens, here, Tag.MONTH | Tag.QUARTER):
        return read_atom(tokens, here) is not None
    if joined and tagged(tokens, here, Tag.EVERY | Tag.PERIODIC):
        return read_habit(tokens, here) is not None
    if not tagged(tokens, here, Tag.BEFORE | Tag.BY | Tag.IN):
        return False
    item = read_item(tokens, here)
    if item is not None:
        return resolve(item.last, setting.period.year) is not None
    return read_habit(tokens, read_manner(tokens, here).end) is not None


def sentence_end(tokens: Tokens, place: int) -> bool:
    """Tell whether a full stop at `place` ends a sentence."""
    following = at(tokens, place + 1)
    return mark(tokens, place, ".") and (following.gap or following.kind is Kind.BREAK)


def said(tokens: Tokens, start: int, end: int, setting: Setting) -> str:
    """Return the source's words from token `start` to token `end` (exclusive), for showing."""
    if start >= end:
        return ""
    words = setting.source[tokens[start].start : tokens[end - 1].end]
    return composed(words).strip(" .,;:")
