"""Read what waits for an event, what has no date, and what goes on: relative, unspecified, ongoing."""

import calendar
import datetime as dt
from dataclasses import dataclass

from bot.domain import deadline_grammar_notes as notes
from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Relative,
    SpanUnit,
    Unspecified,
)
from bot.domain.deadline_grammar_dates import (
    Tokens,
    at,
    count_at,
    mark,
    read_atom,
    resolve,
    skip,
    tagged,
)
from bot.domain.deadline_grammar_habits import read_habit
from bot.domain.deadline_grammar_notes import Found, Setting
from bot.domain.deadline_grammar_spans import read_item, read_manner
from bot.domain.deadline_grammar_tokens import Kind, Tag
from bot.domain.problem import Problem
from bot.domain.vietnamese import composed


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days, hours or months, and the place after it."""

    count: int
    unit: SpanUnit
    end: int


def read_length(tokens: Tokens, place: int) -> Length | None:
    """Read "05 ngày làm việc", "tám giờ làm việc", "03 (ba) ngày", "02 tuần"."""
    count = count_at(tokens, place)
    here = place + 1
    if count == 0:
        return None
    if mark(tokens, here, "(") and count_at(tokens, here + 1) and mark(tokens, here + 2, ")"):
        here += 3
    unit = at(tokens, here)
    working = tagged(tokens, here + 1, Tag.WORKING)
    if unit.tag & Tag.DAY:
        return Length(count, SpanUnit.WORKDAY if working else SpanUnit.DAY, here + 1 + working)
    if unit.tag & Tag.HOUR:
        return Length(count, SpanUnit.WORKHOUR if working else SpanUnit.HOUR, here + 1 + working)
    if unit.tag & Tag.WEEK:
        return Length(count, SpanUnit.WEEK, here + 1)
    if unit.tag & Tag.MONTH:
        return Length(count, SpanUnit.MONTH, here + 1)
    if unit.tag & Tag.YEAR and not unit.tag & Tag.NUMERAL & at(tokens, here + 1).tag:
        return Length(12 * count, SpanUnit.MONTH, here + 1)
    return None


def words_end(tokens: Tokens, place: int, setting: Setting) -> int:
    """Return where the words from `place` on end: at a clause's end or before a date of its own."""
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


def read_relative(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "trong vòng 30 ngày kể từ…", "03 ngày làm việc trước ngày họp", "sau khi…"."""
    here = place
    while tagged(tokens, here, Tag.WITHIN | Tag.BY | Tag.IN | Tag.BEFORE):
        here += 1
    length = read_length(tokens, here)
    if length is not None:
        bound = here > place and not tagged(tokens, here - 1, Tag.BEFORE)
        return _counted(tokens, place, length, setting, bound=bound)
    if setting.prose:
        return None
    return _event_first(tokens, place, setting) or _uncounted(tokens, place, setting)


def _counted(
    tokens: Tokens, place: int, length: Length, setting: Setting, *, bound: bool
) -> Found | None:
    """Read what a length is counted from, or before."""
    here = length.end
    if mark(tokens, here, ",") and tagged(tokens, here + 1, Tag.SINCE):
        here += 1
    link = at(tokens, here)
    if link.tag & Tag.BEFORE and not _date_at(tokens, here + 1):
        first = skip(tokens, here + 1, Tag.WHEN | Tag.DAY)
        return _relative(tokens, place, first, -length.count, length.unit, setting)
    if link.tag & (Tag.SINCE | Tag.AFTER | Tag.FROM):
        first = here + 1
        if _date_at(tokens, first):
            dated = _from_date(tokens, place, length, first, setting)
            if dated is not None:
                return dated
        first = skip(tokens, first, Tag.DAY)
        return _relative(tokens, place, first, length.count, length.unit, setting)
    if bound and not tagged(tokens, here, Tag.EDGE):
        if at(tokens, here).kind is Kind.WORD and not at(tokens, here).tag & (
            Tag.JOIN | Tag.TIMES
        ):
            return _relative(tokens, place, here, length.count, length.unit, setting)
        words = said(tokens, place, here, setting)
        relative = Relative(length.count, length.unit, "", words)
        return Found((relative,), (notes.no_event(words),), place, here)
    return None


def _date_at(tokens: Tokens, place: int) -> bool:
    """Tell whether a full date stands at `place`."""
    found = read_atom(tokens, place)
    return found is not None and found[0].months is not None


def _from_date(
    tokens: Tokens, place: int, length: Length, first: int, setting: Setting
) -> Found | None:
    """Count from a day that is written: the event's own day is not counted."""
    found = read_atom(tokens, first)
    days = resolve(found[0], setting.period.year) if found is not None else None
    if (
        found is None
        or days is None
        or length.unit not in {SpanUnit.DAY, SpanUnit.WEEK, SpanUnit.MONTH}
    ):
        return None
    due = counted_on(days.last, length)
    words = said(tokens, place, found[1], setting)
    if due is None:
        return Found((), (notes.impossible(words),), place, found[1])
    return Found(
        (DateDeadline(due=due, text=words),), (notes.doubtful(words, due),), place, found[1]
    )


def counted_on(day: dt.date, length: Length) -> dt.date | None:
    """Return the day `length` after `day`, None when the calendar has no such day."""
    try:
        if length.unit is SpanUnit.MONTH:
            year, month = divmod(day.year * 12 + day.month - 1 + length.count, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return dt.date(year, month + 1, min(day.day, last))
        factor = 7 if length.unit is SpanUnit.WEEK else 1
        return day + dt.timedelta(days=factor * length.count)
    except (OverflowError, ValueError):
        return None


def _event_first(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "trước ngày họp 03 ngày làm việc", "trước khi họp"."""
    if not tagged(tokens, place, Tag.BEFORE) or _date_at(tokens, place + 1):
        return None
    named = tagged(tokens, place + 1, Tag.WHEN | Tag.DAY | Tag.CYCLE | Tag.EVERY)
    if not named or at(tokens, place + 2).kind is not Kind.WORD:
        return None
    if read_habit(tokens, place + 1) is not None or tagged(
        tokens, place + 2, Tag.EDGE | Tag.MONTH | Tag.YEAR | Tag.QUARTER
    ):
        return None
    first = skip(tokens, place + 1, Tag.WHEN | Tag.DAY)
    end = words_end(tokens, first, setting)
    for here in range(first + 1, end):
        length = read_length(tokens, here)
        if length is not None and length.end == end:
            event = said(tokens, first, here, setting)
            words = said(tokens, place, end, setting)
            return Found((Relative(-length.count, length.unit, event, words),), (), place, end)
    words = said(tokens, place, end, setting)
    return Found((Relative(None, None, words, words),), (), place, end)


def _uncounted(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "ngay sau khi X", "khi có yêu cầu", "sau ngày D", "đột xuất"."""
    token = at(tokens, place)
    if token.tag & Tag.SUDDEN:
        if tagged(tokens, place + 1, Tag.WHEN):
            return _relative(tokens, place, place + 2, None, None, setting)
        words = said(tokens, place, place + 1, setting)
        return Found((Relative(None, None, words.lower(), words),), (), place, place + 1)
    if token.tag & (Tag.AFTER | Tag.WHEN) and not token.tag & Tag.FROM:
        dated = read_atom(tokens, place + 1)
        if dated is not None and dated[0].months is not None:
            event = said(tokens, place + 1, dated[1], setting)
            event = (
                event
                if tagged(tokens, place + 1, Tag.DAY) or not dated[0].days
                else f"ngày {event}"
            )
            words = said(tokens, place, dated[1], setting)
            return Found((Relative(None, None, event, words),), (), place, dated[1])
        first = skip(tokens, place + 1, Tag.DAY)
        return _relative(tokens, place, first, None, None, setting)
    return None


def _relative(
    tokens: Tokens,
    place: int,
    first: int,
    count: int | None,
    unit: SpanUnit | None,
    setting: Setting,
) -> Found | None:
    """Return the relative deadline whose event's words begin at `first`."""
    end = words_end(tokens, first, setting)
    event = said(tokens, first, end, setting)
    words = said(tokens, place, end, setting)
    if not event:
        if count is None:
            return None
        return Found((Relative(count, unit, "", words),), (notes.no_event(words),), place, end)
    return Found((Relative(count, unit, event, words),), (), place, end)


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
