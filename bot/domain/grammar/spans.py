"""Read dates with their class word: "trước 15/6 và 15/12", "từ tháng 3 đến tháng 6/2023"."""

from dataclasses import dataclass, replace

from bot.domain.grammar.dates import read_atom, read_loose_day
from bot.domain.grammar.manner import Manner, hour_end, read_manner
from bot.domain.grammar.partial import (
    Partial,
    Read,
    Tokens,
    at,
    count_at,
    is_year,
    mark,
    skip,
    tagged,
    year_after,
)
from bot.domain.grammar.periods import quarter_months, quarter_number
from bot.domain.grammar.tokens import Kind, Tag


@dataclass(frozen=True, slots=True)
class Item:
    """One member of a list: a day or period, or a span from `first` to `last`."""

    first: Partial
    last: Partial
    manner: Manner
    start: int
    end: int

    @property
    def spans(self) -> bool:
        """Whether it runs from one written date to another."""
        return self.first is not self.last


def read_item(tokens: Tokens, place: int, before: Item | None = None) -> Item | None:
    """Read one date, period or span with its class words; `before` is the list's last member."""
    manner = read_manner(tokens, place)
    if manner.now and not manner.begin and manner.until:
        manner = replace(manner, begin=False)
    found = None
    if before is not None and is_quarter(before.last):
        found = _numbered_like(tokens, manner.end, before.last)
    found = found or read_atom(tokens, manner.end)
    if found is None and before is not None:
        found = _short_form(tokens, manner.end, before)
    if found is None and manner.written:
        found = read_loose_day(tokens, manner.end)
    if found is None and manner.inside:
        found = _this_year(tokens, manner.end)
    if found is None and manner.begin:
        found = _bare_day(tokens, manner.end)
    if found is None:
        return None
    first, end = found
    bracket = mark(tokens, end, "(") and mark(tokens, end + 2, ")")
    if bracket and tagged(tokens, end + 1, Tag.LUNAR):
        first, end = replace(first, lunar=True), end + 3
    elif manner.lunar or tagged(tokens, end, Tag.LUNAR):
        first, end = replace(first, lunar=True), skip(tokens, end, Tag.LUNAR)
    end = hour_end(tokens, end) if first.is_day and mark(tokens, end + 1, ":") else end
    last = _until(tokens, end, first, open_start=manner.begin)
    if last is None:
        return Item(first, first, manner, place, end)
    return Item(first, last[0], manner, place, last[1])


def _bare_day(tokens: Tokens, place: int) -> Read:
    """Read the first number of "từ 15 đến 20/6"."""
    token = at(tokens, place)
    if token.kind is Kind.NUMBER and 1 <= token.number <= 31 and tagged(tokens, place + 1, Tag.TO):
        return Partial(days=(token.number,) * 2), place + 1
    return None


def _this_year(tokens: Tokens, place: int) -> Read:
    """Read "năm" alone, after "trong"."""
    return (Partial(months=(1, 12)), place + 1) if tagged(tokens, place, Tag.YEAR) else None


def _until(tokens: Tokens, place: int, first: Partial, *, open_start: bool) -> Read:
    """Read "đến hết tháng 6", "- tháng 6" after a first date; in brackets it would be another."""
    here = place + mark(tokens, place, ",") if tagged(tokens, place + 1, Tag.TO) else place
    if not tagged(tokens, here, Tag.TO) or (not tagged(tokens, here, Tag.BY) and open_start < 0):
        return None
    manner = read_manner(tokens, here + 1)
    if manner.before or manner.begin:
        return None
    found = read_atom(tokens, manner.end)
    if found is None and first.months is not None:
        found = _numbered_like(tokens, manner.end, first)
    if found is None and tagged(tokens, manner.end, Tag.EDGE | Tag.YEAR):
        found = _this_year(tokens, skip(tokens, manner.end, Tag.EDGE))
    return found


def _numbered_like(tokens: Tokens, place: int, like: Partial) -> Read:
    """Read a bare number that takes its unit from before: "tháng 3 và 4", "quý II, III"."""
    if like.worded and 1 <= count_at(tokens, place) <= 12 and _closed(tokens, place + 1):
        return replace(like, months=(count_at(tokens, place),) * 2), place + 1
    if like.months is None or like.days is not None:
        return None
    width = like.months[1] - like.months[0] + 1
    token = at(tokens, place)
    if width == 12 and is_year(token):
        return Partial(months=(1, 12), years=(token.number,) * 2), place + 1
    number = quarter_number(token) if width % 3 == 0 else count_at(tokens, place)
    limit = 4 if width % 3 == 0 else 12
    if width == 12 or not 1 <= number <= limit or token.digits > 2:
        return None
    years, later, after = year_after(tokens, place + 1)
    if after == place + 1 and not _closed(tokens, after):
        return None
    months = quarter_months(number, number) if width % 3 == 0 else (number, number)
    return Partial(months=months, years=years, later=later, edge=like.edge), after


def _closed(tokens: Tokens, place: int) -> bool:
    """Tell whether a list member ends at `place`."""
    token = at(tokens, place)
    return (
        token.kind is Kind.BREAK
        or bool(token.tag & (Tag.JOIN | Tag.YEAR | Tag.EVERY | Tag.TO))
        or mark(tokens, place, ").:")
    )


def _short_form(tokens: Tokens, place: int, before: Item) -> Read:
    """Read a list member that leaves its unit out, or "6 tháng", "năm" among numbered periods."""
    found = _numbered_like(tokens, place, before.last)
    if found is not None:
        return found
    width = count_at(tokens, place)
    if width in {6, 9} and tagged(tokens, place + 1, Tag.MONTH):
        years, later, after = year_after(tokens, place + 2)
        period = Partial(months=(1, width), years=years, later=later)
        return (period, after) if _closed(tokens, after) else None
    if before.last.days is None and tagged(tokens, place, Tag.YEAR):
        return (Partial(months=(1, 12)), place + 1) if _closed(tokens, place + 1) else None
    return None


def read_items(tokens: Tokens, place: int) -> list[Item]:
    """Read a list of dates: "trước 15/6 và 15/12", "quý I, 6 tháng, quý III và năm 2024"."""
    first = read_item(tokens, place)
    if first is None:
        return []
    items = [first]
    while True:
        here = items[-1].end
        joined = here
        while tagged(tokens, joined, Tag.JOIN) or (
            joined > here and tokens[joined - 1].text == ";" and mark(tokens, joined, "-")
        ):
            joined += 1
        item = read_item(tokens, joined, items[-1]) if joined > here else None
        if item is None or not _continues(items[-1], item, tokens):
            return items
        if not item.manner.written:
            item = _same_day(items[-1], item)
            carried = replace(items[-1].manner, end=item.manner.end, hour=item.manner.hour)
            item = replace(item, manner=carried)
        items.append(item)


def _same_day(last: Item, item: Item) -> Item:
    """Give the second month of "ngày 15 tháng 6 và tháng 12" the day of the first."""
    months = item.last.months
    bare = item.last.days is None and not item.last.edge and not item.spans
    if not (last.last.worded and bare and months and months[0] == months[1]):
        return item
    day = replace(item.last, days=last.last.days, worded=True)
    return replace(item, first=day, last=day)


def _continues(last: Item, item: Item, tokens: Tokens) -> bool:
    """Tell whether `item` goes on with the list that ends in `last`."""
    if (item.manner.begin and not item.spans and not item.last.ranged) or _narrower(last, item):
        return False
    announced = mark(tokens, item.end, ":")
    days = (last.last.days is None) == (item.last.days is None)
    parted = at(tokens, last.end).text == ";"
    return not parted or (days and not announced)


def _narrower(wide: Item, narrow: Item) -> bool:
    """Tell whether a day with "trước" only makes the period before it precise."""
    period = wide.last.days is None and not wide.last.edge and not wide.manner.before
    return period and narrow.last.days is not None and narrow.manner.before


def fill_in(items: list[Item]) -> list[Item]:
    """Give each date the year, and each lone day the month, of the one written after it."""
    filled: list[Item] = []
    following: Partial | None = None
    for item in reversed(items):
        last = _filled(item.last, following)
        first = _filled(item.first, last) if item.spans else last
        following = first
        filled.append(replace(item, first=first, last=last))
    return filled[::-1]


def _filled(partial: Partial, following: Partial | None) -> Partial:
    """Return `partial` with what it lacks taken from the date after it."""
    if following is None:
        return partial
    if partial.months is None and following.days is not None:
        partial = replace(partial, months=following.months)
    if partial.years is None and not partial.later:
        years = following.years
        if years is not None and years[0] == years[1]:
            return replace(partial, years=years)
        return replace(partial, later=following.later)
    return partial


def is_quarter(partial: Partial) -> bool:
    """Tell whether a period has three months."""
    return partial.months is not None and partial.months[1] - partial.months[0] == 2
