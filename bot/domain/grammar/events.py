"""Read what waits for an event, or is counted back from one: relative deadlines."""

from dataclasses import replace

from bot.domain.deadline import DateDeadline, Relative, SpanUnit
from bot.domain.grammar import notes
from bot.domain.grammar.dates import read_atom
from bot.domain.grammar.habits import read_habit
from bot.domain.grammar.lengths import Length, counted_on, read_length
from bot.domain.grammar.notes import Found, Setting
from bot.domain.grammar.partial import Tokens, at, mark, resolve, skip, tagged
from bot.domain.grammar.tokens import Kind, Tag
from bot.domain.grammar.words import said, words_end

_CALENDAR_UNITS = {SpanUnit.DAY, SpanUnit.WEEK, SpanUnit.MONTH}


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
    if link.tag & Tag.BEFORE and length.unit in _CALENDAR_UNITS and _date_at(tokens, here + 1):
        back = replace(length, count=-length.count)
        dated = _from_date(tokens, place, back, here + 1, setting)
        if bound and dated is not None:
            return dated
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
    if found is None or days is None or length.unit not in _CALENDAR_UNITS:
        return None
    due = counted_on(days.last if length.count > 0 else days.first, length)
    words = said(tokens, place, found[1], setting)
    if due is None:
        return Found((), (notes.impossible(words),), place, found[1])
    return Found(
        (DateDeadline(due=due, text=words),), (notes.doubtful(words, due),), place, found[1]
    )


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
    counted = _counted_last(tokens, place, first, -1, setting)
    if counted is not None:
        return counted
    end = words_end(tokens, first, setting)
    if end == first:
        return None
    words = said(tokens, place, end, setting)
    return Found((Relative(None, None, words, words),), (), place, end)


def _counted_last(
    tokens: Tokens, place: int, first: int, sign: int, setting: Setting
) -> Found | None:
    """Read a length at the end of an event's words: "trước khi họp ít nhất 03 ngày"."""
    end = words_end(tokens, first, setting)
    for here in range(first + 1, end):
        length = read_length(tokens, here)
        if length is not None and length.end == end:
            at_least = here - 1 > first and tagged(tokens, here - 1, Tag.WITHIN)
            event = said(tokens, first, here - at_least, setting)
            words = said(tokens, place, end, setting)
            relative = Relative(sign * length.count, length.unit, event, words)
            return Found((relative,), (), place, end)
    return None


def _uncounted(tokens: Tokens, place: int, setting: Setting) -> Found | None:
    """Read "ngay sau khi X", "khi có yêu cầu", "sau ngày D", "đột xuất"."""
    token = at(tokens, place)
    if token.tag & Tag.SUDDEN:
        if tagged(tokens, place + 1, Tag.WHEN):
            return _relative(tokens, place, place + 2, None, None, setting)
        words = said(tokens, place, place + 1, setting)
        return Found((Relative(None, None, words.lower(), words),), (), place, place + 1)
    if token.tag & (Tag.AFTER | Tag.WHEN) and not token.tag & Tag.FROM:
        dated = read_atom(tokens, skip(tokens, place + 1, Tag.OVER))
        if dated is not None and dated[0].months is not None:
            event = said(tokens, place + 1, dated[1], setting)
            if dated[0].days and not tagged(tokens, place + 1, Tag.DAY | Tag.OVER):
                event = setting.day_event.format(date=event)
            words = said(tokens, place, dated[1], setting)
            return Found((Relative(None, None, event, words),), (), place, dated[1])
        first = skip(tokens, place + 1, Tag.DAY)
        return _counted_last(tokens, place, first, 1, setting) or _relative(
            tokens, place, first, None, None, setting
        )
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
