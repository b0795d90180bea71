"""Which reminders a change of the calendar moves. Pure."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain import reminder_asking as asking
from bot.domain.escalation import escalation_days
from bot.domain.reminder import RulesFor, begins_on, ladder_of, reminds
from bot.domain.rules import Rules
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part, by_urgency
from bot.domain.workdays import Calendar


class MoveKind(StrEnum):
    """What moved, in the order in which it is told."""

    LADDER = "ladder"
    ESCALATION = "escalation"  # the risk list, and who hears of what is late
    CHECKPOINT = "checkpoint"
    CHECK_IN = "check_in"  # a quarter's question about ongoing work
    UNANSWERED = "unanswered"  # and the list of what has no answer
    EVENT = "event"  # a month's question about awaited events


@dataclass(frozen=True, slots=True)
class Move:
    """Reminders that changed their days, from `before` to `after`.

    Rungs and escalations by part: `step` and the days are of the first that moved, counted back
    from the due day or on from it, and `count` says how many did. The others by day: `step` names
    it (a checkpoint's step, a quarter's last or a month's first day), `parts` are all it is about.
    """

    kind: MoveKind
    step: str
    before: dt.date
    after: dt.date
    parts: tuple[Part, ...]
    count: int = 1


Days = Mapping[str, dt.date]


def moves(
    parts: Iterable[Part],
    old: Calendar,
    new: Calendar,
    rules_for: RulesFor,
    today: dt.date,
    days: Collection[dt.date],
) -> tuple[Move, ...]:
    """Return what moves of the parts' reminders when `new` takes the place of `old` on `days`.

    What lay in the past under both is left out.
    """
    ordered = by_urgency(parts)
    both = (old, new)
    return (
        *_by_part(MoveKind.LADDER, ordered, both, rules_for, today, _rungs),
        *_by_part(MoveKind.ESCALATION, ordered, both, rules_for, today, escalation_days),
        *_checkpoints(ordered, both, rules_for, today),
        *_check_ins(ordered, both, today, days),
        *_events(ordered, both, today, days),
    )


def parts_moved(found: Iterable[Move]) -> int:
    """Return how many parts have reminders that moved."""
    return len({part.id for move in found for part in move.parts})


def _differing(before: Days, after: Days, since: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    return [
        (name, day, after[name])
        for name, day in before.items()
        if name in after and day != after[name] and max(day, after[name]) >= since
    ]


def _rungs(part: Part, _today: dt.date, calendar: Calendar, rules: Rules) -> dict[str, dt.date]:
    if part.due_day is None or not reminds(part):
        return {}
    last = part.due_day.remind_by(calendar)
    return {
        str(rung): calendar.minus_working_days(last, rung)
        for rung in sorted(ladder_of(part, rules))
    }


def _by_part(
    kind: MoveKind,
    parts: Iterable[Part],
    calendars: tuple[Calendar, Calendar],
    rules_for: RulesFor,
    today: dt.date,
    days_of: Callable[[Part, dt.date, Calendar, Rules], Days],
) -> Iterator[Move]:
    for part in parts:
        rules = rules_for(part)
        before, after = (days_of(part, today, calendar, rules) for calendar in calendars)
        if not before:
            continue
        if moved := _differing(before, after, max(today, begins_on(part))):
            yield Move(kind, *moved[0], (part,), len(moved))


def _checkpoints(
    parts: Iterable[Part],
    calendars: tuple[Calendar, Calendar],
    rules_for: RulesFor,
    today: dt.date,
) -> list[Move]:
    found: dict[tuple[str, dt.date, dt.date], list[Part]] = {}
    for part in parts:
        rules = rules_for(part)
        before, after = (asking.checkpoint_days(part, one, rules) for one in calendars)
        for move in _differing(before, after, today):
            found.setdefault(move, []).append(part)
    return [
        Move(MoveKind.CHECKPOINT, *move, tuple(about))
        for move, about in sorted(found.items(), key=lambda one: one[0][2])
    ]


def _check_ins(
    parts: Sequence[Part],
    calendars: tuple[Calendar, Calendar],
    today: dt.date,
    days: Collection[dt.date],
) -> Iterator[Move]:
    """Yield the quarters' questions that move, and the lists of what has no answer."""
    ends = {asking.quarter_end(day) for day in days}
    for end in sorted(ends | {asking.quarter_before(end) for end in ends}):
        said = [calendar.last_working_day_on_or_before(end) for calendar in calendars]
        about = tuple(
            part
            for part in parts
            if part.kind is DeadlineKind.ONGOING
            and part.duty is not Duty.COOPERATE
            and reminds(part)
            and begins_on(part) <= max(said)
        )
        listed = [asking.answers_due(end, calendar) for calendar in calendars]
        for kind, (before, after) in ((MoveKind.CHECK_IN, said), (MoveKind.UNANSWERED, listed)):
            if about and before != after and max(before, after) >= today:
                yield Move(kind, end.isoformat(), before, after, about)


def _events(
    parts: Sequence[Part],
    calendars: tuple[Calendar, Calendar],
    today: dt.date,
    days: Collection[dt.date],
) -> Iterator[Move]:
    for month in sorted({day.replace(day=1) for day in days}):
        before, after = (calendar.first_working_day_on_or_after(month) for calendar in calendars)
        about = tuple(
            part
            for part in parts
            if part.kind is DeadlineKind.RELATIVE
            and part.progress is Progress.WAITING_EVENT
            and part.duty is not Duty.COOPERATE
            and not part.unsettled
            and part.activated_on is not None
            and part.activated_on < max(before, after)
        )
        if about and before != after and max(before, after) >= today:
            yield Move(MoveKind.EVENT, month.isoformat(), before, after, about)
