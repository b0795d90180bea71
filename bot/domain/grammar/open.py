"""Read what has no date, and what goes on: unspecified and ongoing."""

from bot.domain.deadline import Deadline, Ongoing, Unspecified
from bot.domain.grammar.dates import read_atom
from bot.domain.grammar.notes import Found, Setting
from bot.domain.grammar.partial import Tokens, tagged
from bot.domain.grammar.tokens import Tag
from bot.domain.grammar.words import said, words_end
from bot.domain.problem import Problem


def read_unspecified(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "theo hướng dẫn của…", "theo tiến độ…", "theo quy định"."""
    if not tagged(tokens, place, Tag.PER):
        return None
    end = words_end(tokens, place + 1, setting)
    ref = said(tokens, place + 1, end, setting)
    if not ref:
        return None
    deadline: Deadline = Unspecified(ref, said(tokens, place, end, setting))
    return Found((deadline,), (), place, end)


def read_ongoing(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "thường xuyên", "thường xuyên, liên tục trong năm 2024"."""
    if not tagged(tokens, place, Tag.ONGOING):
        return None
    end = place + 1
    while True:
        here = end
        while tagged(tokens, here, Tag.JOIN | Tag.OF | Tag.IN):
            here += 1
        if tagged(tokens, here, Tag.CONTINUOUS | Tag.ONGOING) and not tagged(
            tokens, here, Tag.SUDDEN
        ):
            end = here + 1
            continue
        year = _whole_year(tokens, end, setting)
        if year == end:
            break
        end = year
    problems: tuple[Problem, ...] = ()
    return Found((Ongoing(said(tokens, place, end, setting)),), problems, place, end)


def _whole_year(tokens: Tokens, place: int, setting: Setting) -> int:
    """Return the place after "trong năm 2024", "hằng năm", which add nothing to "thường xuyên"."""
    if tagged(tokens, place, Tag.EVERY) and tagged(tokens, place + 1, Tag.YEAR):
        return place + 2
    here = place
    while tagged(tokens, here, Tag.IN | Tag.OF):
        here += 1
    found = read_atom(tokens, here)
    if found is not None and found[0].months == (1, 12) and not found[0].edge:
        return found[1]
    if here > place and tagged(tokens, here, Tag.YEAR):
        return here + 1
    return place
