"""Which reminders a change of the calendar moves. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.reminder import RulesFor, ladder_of, reminds
from bot.domain.work import Part, by_urgency
from bot.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Move:
    """Rungs of one part that changed their days: `before` and `after` are of the last one.

    `rung` is how many working days before hạn nhắc that one is; `count` how many moved in all.
    """

    part: Part
    rung: int
    before: dt.date
    after: dt.date
    count: int


def moves(
    parts: Iterable[Part], old: Calendar, new: Calendar, rules_for: RulesFor, today: dt.date
) -> tuple[Move, ...]:
    """Return what moves of the parts' reminders when `new` takes the place of `old`.

    What lay in the past under both is left out.
    """
    found = []
    for part in by_urgency(parts):
        if part.due_day is None or not reminds(part):
            continue
        was, now = part.due_day.remind_by(old), part.due_day.remind_by(new)
        moved = [
            (rung, before, after)
            for rung in sorted(ladder_of(part, rules_for(part)))
            if (before := old.minus_working_days(was, rung))
            != (after := new.minus_working_days(now, rung))
            and max(before, after) >= today
        ]
        if moved:
            rung, before, after = moved[0]
            found.append(Move(part, rung, before, after, len(moved)))
    return tuple(found)
