"""The lines of a list: heads, entries, and what is counted below. Pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from bot.domain.days import local_day
from bot.domain.listing import REQUESTS, Group, ListKind
from bot.domain.problem import N_
from bot.domain.records import ExtensionFacts
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty
from bot.i18n import Translator
from bot.services.messages_lists import Listing, Shown
from handlers.naming import closed_lines, left_words
from handlers.words import (
    DUTIES,
    PROGRESS,
    SIGNS,
    STATES,
    UNDATED,
    band_words,
    capital,
    clip,
    due,
    extra,
    heading,
    item_line,
    sign,
    small,
    state,
    whose,
)

GROUPS = {
    Group.OVERDUE: (SIGNS[DeadlineState.OVERDUE], STATES[DeadlineState.OVERDUE]),
    Group.DUE: (SIGNS[DeadlineState.DUE], STATES[DeadlineState.DUE]),
    Group.DUE_SOON: (SIGNS[DeadlineState.DUE_SOON], STATES[DeadlineState.DUE_SOON]),
    Group.ON_TRACK: (SIGNS[DeadlineState.ON_TRACK], STATES[DeadlineState.ON_TRACK]),
    Group.AWAITING: ("📥", N_("Awaiting confirmation")),
    Group.HELPING: ("⚪", DUTIES[Duty.COOPERATE]),
    Group.WAITING_EVENT: ("⚪", UNDATED[DeadlineKind.RELATIVE]),
    Group.UNDATED: ("⚪", UNDATED[DeadlineKind.UNSPECIFIED]),
    Group.ONGOING: ("⚪", UNDATED[DeadlineKind.ONGOING]),
}
AGED = (Group.UNDATED, Group.UNDATED_LONG)


def head_line(head: str, found: Listing, tr: Translator) -> str:
    """Return the line above what stands under a head, "" where none is needed."""
    count = found.heads.get(head, 0)
    if found.ref.kind in (ListKind.WORK, ListKind.UNDATED):
        mark, words = _group_words(Group(head), found, tr)
        return f"{mark} <b>{escape(words)} – {escape(tr.number(count))}</b>"
    if head == REQUESTS:
        words = tr(N_("Requests for another date: {count}"), count=tr.number(count))
        return f"⏸ <b>{escape(words)}</b>"
    if found.ref.kind is ListKind.SOON:
        return f"<b>{escape(_day_words(dt.date.fromisoformat(head), found, tr))}</b>"
    if found.ref.kind is ListKind.SEARCH:
        return "\n".join(closed_lines(found.closed.get(head), tr))
    if found.ref.kind is ListKind.OVERDUE and not found.unit:
        name = head or tr(N_("Nobody assigned"))
        return f"<b>{escape(clip(name, 60))} – {escape(tr.number(count))}</b>"
    return ""


def _group_words(group: Group, found: Listing, tr: Translator) -> tuple[str, str]:
    if group is Group.UNDATED_LONG:
        words = tr.n(
            "Without a date for over {count} month",
            "Without a date for over {count} months",
            found.undated_months,
        )
        return "⚠️", words
    mark, msgid = GROUPS[group]
    return mark, capital(tr(msgid))


def _day_words(day: dt.date, found: Listing, tr: Translator) -> str:
    away = (day - found.today).days
    when = tr.day_near(day, found.today)
    if not away:
        return tr(N_("Today, {day}"), day=when)
    left = tr.n("{count} day left", "{count} days left", away)
    return f"{capital(when)} – {left}"


def entry_line(shown: Shown, found: Listing, tr: Translator, room: int) -> str:
    """Return the line of an entry; units' names take at most `room` letters each."""
    line = shown.lines[0]
    units = [] if found.unit else [clip(one.part.unit, room) for one in shown.lines]
    if found.ref.kind is ListKind.SEARCH:
        mark, how = sign(line), _stands(line, found, tr)
        if shown.head in found.closed and line.left_open:
            mark, how = left_words(line, tr)
        return f"{mark} {_bare(line, tr, units)} – {escape(small(how))}"
    if shown.request is not None:
        asked = _asked(shown.request, shown.days, found, tr)
        return f"{_bare(line, tr, units)} – {escape(asked)}"
    if found.ref.kind in (ListKind.AWAITING, ListKind.UNPROVEN):
        return f"{_bare(line, tr, units)} – {escape(_reported(line, shown.days, found, tr))}"
    if found.ref.kind is ListKind.SOON:
        return f"{sign(line)} {_bare(line, tr, units)}"
    if found.ref.kind is ListKind.OVERDUE:
        units = []
    text = f"{item_line(line, found.today, tr, units=units)}{_besides(line, tr)}"
    if shown.head in AGED:
        age = tr.n("for {count} day", "for {count} days", shown.days)
        text += f" – {escape(age)}"
    return text


def _bare(line: Line, tr: Translator, units: Sequence[str]) -> str:
    """Return an entry without its day."""
    return f"{heading(line.part)}{extra(line.part, tr)}{whose(units, tr)}"


def _besides(line: Line, tr: Translator) -> str:
    """Return what a date does not tell: returned, or another date asked for."""
    if line.part.progress is Progress.RETURNED:
        return f" – ↩️ {escape(tr(PROGRESS[Progress.RETURNED]))}"
    if line.part.progress is Progress.EXTENSION_PENDING:
        return f" – ⏸ {escape(tr(PROGRESS[Progress.EXTENSION_PENDING]))}"
    return ""


def _asked(request: ExtensionFacts, days: int, found: Listing, tr: Translator) -> str:
    """Return which day is asked for and who has to answer."""
    day = tr.day_near(request.to_due, found.today)
    if request.counter_due is not None:
        other = tr.day_near(request.counter_due, found.today)
        words = N_("asked for {day}; {other} was proposed, the unit has to answer")
        return tr(words, day=day, other=other)
    if not days:
        return tr(N_("asked today for {day}"), day=day)
    return tr.n(
        "asked for {day}, waiting for {count} day",
        "asked for {day}, waiting for {count} days",
        days,
        day=day,
    )


def _stands(line: Line, found: Listing, tr: Translator) -> str:
    said = state(line, tr)
    if line.part.due is None:
        return small(said)
    return f"{small(said)}, {due(line, found.today, tr)}"


def _reported(line: Line, days: int, found: Listing, tr: Translator) -> str:
    part = line.part
    assert part.submitted_at is not None  # only what was reported stands in these lists
    day = tr.day_near(local_day(part.submitted_at), found.today)
    if found.ref.kind is ListKind.UNPROVEN:
        return tr(N_("reported {day}, {state}"), day=day, state=small(state(line, tr)))
    words = tr.n(
        "reported {day}, waiting for {count} day",
        "reported {day}, waiting for {count} days",
        days,
        day=day,
    )
    if not days:
        words = tr(N_("reported today at {time}"), time=tr.clock(part.submitted_at))
    return words if part.has_evidence else tr(N_("{words}, without evidence"), words=words)


def foot(found: Listing, tr: Translator) -> list[str]:
    """Return what is counted below the overdue list: bands, and what it leaves out."""
    if found.ref.kind is not ListKind.OVERDUE:
        return []
    feet = [band_words(found.bands, tr)] if found.total > 1 else []
    if found.awaiting:
        feet.append(
            "📥 "
            + tr.n(
                "Awaiting Văn phòng's confirmation: {count} (not overdue)",
                "Awaiting Văn phòng's confirmation: {count} (not overdue)",
                found.awaiting,
            )
        )
    if found.unsettled:
        feet.append(
            "⚪ "
            + tr.n(
                "Past when the plan was activated, to be looked at: {count}",
                "Past when the plan was activated, to be looked at: {count}",
                found.unsettled,
            )
        )
    return [escape(words) for words in feet]
