"""The class words before a date: "trước", "chậm nhất", "trong", "từ", and hours."""

from dataclasses import dataclass, replace

from bot.domain.grammar.partial import Tokens, at, mark, skip, tagged
from bot.domain.grammar.tokens import Kind, Tag


@dataclass(frozen=True, slots=True)
class Manner:
    """The class words before a date, and the place after them."""

    end: int
    before: bool = False
    until: bool = False
    inside: bool = False
    begin: bool = False
    now: bool = False
    hour: bool = False
    lunar: bool = False
    doubt: bool = False

    @property
    def written(self) -> bool:
        """Whether any class word stands there."""
        return self.before or self.until or self.inside or self.begin or self.now


LONGEST_MANNER = 12


def read_manner(tokens: Tokens, place: int) -> Manner:
    """Read the class words and hours from `place` on."""
    manner = Manner(place)
    for _ in range(LONGEST_MANNER):
        here = manner.end
        token = at(tokens, here)
        hour = hour_end(tokens, here)
        over = _over_end(tokens, here)
        if hour > here:
            manner = replace(manner, end=hour, hour=not _midnight(tokens, here))
        elif over > here:
            manner = replace(manner, end=over, until=True, doubt=True)
        elif token.tag & Tag.BEFORE:
            manner = replace(manner, end=here + 1, before=True)
        elif token.tag & Tag.NOW:
            manner = replace(manner, end=here + 1, now=True)
        elif token.tag & Tag.FROM:
            colon = mark(tokens, here + 1, ":") and at(tokens, here + 2).kind is Kind.NUMBER
            manner = replace(manner, end=here + 1 + colon, begin=True)
        elif token.tag & Tag.BY and token.kind is Kind.WORD:
            manner = replace(manner, end=here + 1, until=True)
        elif token.tag & Tag.IN:
            manner = replace(manner, end=here + 1, inside=True)
        elif token.tag & Tag.LUNAR and not token.tag & Tag.NUMERAL:
            manner = replace(manner, end=here + 1, lunar=True)
        elif _idle(tokens, here):
            comma = token.tag & Tag.WEEKDAY and mark(tokens, here + 1, ",")
            manner = replace(manner, end=here + 1 + bool(comma))
        else:
            break
    return manner


def _over_end(tokens: Tokens, place: int) -> int:
    """Return the place after "trước hết", "trước khi kết thúc": by the end of what follows."""
    here = skip(tokens, place + 1, Tag.WHEN)
    return (
        here + 1 if tagged(tokens, place, Tag.BEFORE) and tagged(tokens, here, Tag.OVER) else place
    )


def _midnight(tokens: Tokens, place: int) -> bool:
    """Tell whether the hour at `place` is the very start of a day ("0h00")."""
    minutes = at(tokens, place + 2)
    dated = mark(tokens, place + 3, "/.-") or tagged(tokens, place + 3, Tag.MONTH)
    return at(tokens, place).number == 0 and (
        minutes.kind is not Kind.NUMBER or minutes.number == 0 or dated
    )


def _idle(tokens: Tokens, place: int) -> bool:
    """Tell whether a word that changes nothing stands before the date."""
    token, following = at(tokens, place), at(tokens, place + 1)
    if token.tag & Tag.WEEKDAY:
        return bool((following.tag | at(tokens, place + 2).tag) & Tag.DAY)
    if token.tag & (Tag.SESSION | Tag.ABOUT):
        return True
    if token.tag & Tag.OF:
        return bool(following.tag & (Tag.MONTH | Tag.QUARTER | Tag.YEAR | Tag.DAY))
    return False


def hour_end(tokens: Tokens, place: int) -> int:
    """Return the place after an hour such as "17h00", "17 giờ 30 phút", "11:30"."""
    if at(tokens, place).kind is not Kind.NUMBER or at(tokens, place).number > 24:
        return place
    if mark(tokens, place + 1, ":") and at(tokens, place + 2).kind is Kind.NUMBER:
        here = place + 3
        if mark(tokens, here, ":") and at(tokens, here + 1).kind is Kind.NUMBER:
            here += 2
        return skip(tokens, here, Tag.HOUR)
    if not tagged(tokens, place + 1, Tag.HOUR) or tagged(tokens, place + 2, Tag.WORKING):
        return place
    here = place + 2
    minutes = at(tokens, here)
    dated = mark(tokens, here + 1, "/.-") or tagged(tokens, here + 1, Tag.MONTH)
    if minutes.kind is Kind.NUMBER and minutes.digits == 2 and not dated:
        here = skip(tokens, here + 1, Tag.MINUTE)
    here += mark(tokens, here, "'")
    here = skip(tokens, here, Tag.SESSION)
    return here + mark(tokens, here, ",")
