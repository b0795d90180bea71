"""Make deadlines of the dates that were read: "hạn ghi", its warnings, and yearly rules."""

import datetime as dt

from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.grammar import notes
from bot.domain.grammar.notes import Found, Setting
from bot.domain.grammar.partial import Days, Tokens, at, resolve, tagged
from bot.domain.grammar.rules import LAST, Rule, dates_of, rrule_of
from bot.domain.grammar.spans import Item, fill_in, is_quarter, read_items
from bot.domain.grammar.tokens import Tag
from bot.domain.problem import Problem

ONE_DAY = dt.timedelta(days=1)


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
    if (
        item.last.doubt
        or manner.doubt
        or (item.last.edge and is_quarter(item.last) and item.last.edge < 3)
    ):
        problems.append(notes.doubtful(words, due))
    if not setting.period.start - manner.before * ONE_DAY <= due <= setting.period.end:
        problems.append(notes.outside(words, due))
    return DateDeadline(due=due, text=words, start=start, before=manner.before), problems


def _before(item: Item, days: Days, setting: Setting) -> dt.date:
    """Return the last day "before": the day before, or the day itself by hour or setting."""
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
