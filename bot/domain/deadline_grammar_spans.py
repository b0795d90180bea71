"""Read dates with their class word: "trước 15/6 và 15/12", "từ tháng 3 đến tháng 6/2023"."""

import datetime as dt
from dataclasses import dataclass, replace

from bot.domain import deadline_grammar_notes as notes
from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.deadline_grammar_dates import (
    Days,
    Partial,
    Read,
    Tokens,
    at,
    count_at,
    is_year,
    mark,
    quarter_months,
    quarter_number,
    read_atom,
    read_loose_day,
    resolve,
    skip,
    tagged,
    year_after,
)
from bot.domain.deadline_grammar_notes import Found, Setting
from bot.domain.deadline_grammar_rules import LAST, Rule, dates_of, rrule_of
from bot.domain.deadline_grammar_tokens import Kind, Tag
from bot.domain.problem import Problem


_DAY = dt.timedelta(days=1)


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
        hour = _hour_end(tokens, here)
        if hour > here:
            manner = replace(manner, end=hour, hour=True)
        elif token.tag & Tag.BEFORE:
            manner = replace(manner, end=here + 1, before=True)
        elif token.tag & Tag.NOW:
            manner = replace(manner, end=here + 1, now=True)
        elif token.tag & Tag.FROM:
            manner = replace(manner, end=here + 1, begin=True)
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


def _hour_end(tokens: Tokens, place: int) -> int:
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
    if before is not None and _is_quarter(before.last):
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
    if manner.lunar or tagged(tokens, end, Tag.LUNAR):
        first, end = replace(first, lunar=True), skip(tokens, end, Tag.LUNAR)
    end = _hour_end(tokens, end) if first.is_day and mark(tokens, end + 1, ":") else end
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
    """Read a bare number that takes its unit from the date before: "tháng 3 và 4", "quý II, III"."""
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
        or mark(tokens, place, ").")
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
            carried = replace(items[-1].manner, end=item.manner.end, hour=item.manner.hour)
            item = replace(item, manner=carried)
        items.append(item)


def _continues(last: Item, item: Item, tokens: Tokens) -> bool:
    """Tell whether `item` goes on with the list that ends in `last`."""
    if (item.manner.begin and not item.spans and not item.last.ranged) or _narrower(last, item):
        return False
    announced = mark(tokens, item.end, ":")
    days = (last.last.days is None) == (item.last.days is None)
    parted = at(tokens, last.end).text == ";"
    return not announced and (days or not parted)


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


def read_dates(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read a list of dates as deadlines, with what a person must know of them."""
    items = fill_in(read_items(tokens, place))
    if not items:
        return None
    end = items[-1].end
    yearly = tagged(tokens, end, Tag.EVERY) and tagged(tokens, end + 1, Tag.YEAR)
    end += 2 * yearly
    words = setting.source[at(tokens, place).start : tokens[end - 1].end]
    deadlines: list[Deadline] = []
    problems: list[Problem] = []
    for item in items:
        deadline, warnings = date_of(item, words, setting)
        problems += warnings
        if deadline is not None:
            deadlines.append(every_year(deadline, item, setting) if yearly else deadline)
    strong = yearly or any(item.manner.written or item.first.days or item.spans for item in items)
    return Found(tuple(deadlines), tuple(problems), place, end, bool(strong))


def date_of(item: Item, words: str, setting: Setting) -> tuple[DateDeadline | None, list[Problem]]:
    """Return the deadline of one member, or None with the reason."""
    year = setting.period.year
    first, last = resolve(item.first, year), resolve(item.last, year)
    if first is None or last is None:
        lone = item.last.months is None
        reason = notes.lunar if item.last.lunar else notes.unread if lone else notes.impossible
        return None, [reason(words)]
    days = Days(first.first, last.last)
    manner, problems = item.manner, []
    start: dt.date | None = None if item.last.is_day or manner.until else days.first
    if item.spans:
        start = days.first
    due = days.last
    if manner.before and not item.spans:
        due, start = _before(item, days, setting), None
    if manner.begin and not item.spans and not item.last.ranged:
        start, due = days.first, max(setting.period.end, days.first)
        problems.append(notes.open_ended(words, due))
    if start is not None and start > due:
        return None, [notes.backwards(words)]
    if item.last.doubt or (item.last.edge and _is_quarter(item.last) and item.last.edge < 3):
        problems.append(notes.doubtful(words, due))
    if not setting.period.start - manner.before * _DAY <= due <= setting.period.end:
        problems.append(notes.outside(words, due))
    return DateDeadline(due=due, text=words, start=start, before=manner.before), problems


def _is_quarter(partial: Partial) -> bool:
    return partial.months is not None and partial.months[1] - partial.months[0] == 2


def _before(item: Item, days: Days, setting: Setting) -> dt.date:
    """Return the last day that is "before": the day before, or the day itself by hour or setting."""
    if item.manner.hour:
        return days.last
    if item.last.is_day:
        return days.last if setting.before_counts else days.last - dt.timedelta(days=1)
    return days.first - dt.timedelta(days=1)


def every_year(deadline: DateDeadline, item: Item, setting: Setting) -> Recurring:
    """Return the yearly rule of a date that stands with "hằng năm"."""
    due = deadline.due
    month_end = (due + dt.timedelta(days=1)).day == 1
    whole = item.last.days is None or (item.manner.before and month_end)
    rule = Rule(frozenset({due.month}), (LAST,) if month_end and whole else (due.day,))
    return Recurring(
        rrule_of(rule), dates_of(rule, setting.period), deadline.text, before=deadline.before
    )
