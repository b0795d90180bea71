"""Who learns, beside the unit, of what may be or is late: steps in working days.

Before the due day Văn phòng and the head learn of what is at risk; after it Văn phòng, the leader
who supervises the unit, and the Director, one after another. From the last of these steps on,
everybody who was told at one of them is told again every working week, until someone acts. A step
that is switched off is left out and holds off neither the others nor the repeat.
"""

import datetime as dt
from enum import StrEnum

from bot.domain.reminder import LATE, NOON, Step, reminds
from bot.domain.reminder_asking import CHECKPOINT, SCORED_YEAR
from bot.domain.rules import Rules
from bot.domain.status import Progress
from bot.domain.work import Duty, Part
from bot.domain.workdays import Calendar

RISK = "risk"
UP = "up"
REPEAT = "again"


class Level(StrEnum):
    """Who is told, in the order in which they are."""

    UNIT = "unit"
    HEAD = "head"
    OFFICE = "office"
    LEADER = "leader"
    DIRECTOR = "director"


NOTHING_REPORTED = frozenset({Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.RETURNED})


def at_risk(part: Part, today: dt.date, calendar: Calendar, rules: Rules) -> bool:
    """Tell whether a part is due within `risk_days` working days and nothing was reported.

    0 days: nobody is told.
    """
    day = part.due_day
    if day is None or part.duty is Duty.COOPERATE or not reminds(part):
        return False
    if not rules.risk_days or part.progress not in NOTHING_REPORTED:
        return False
    if today > day.late_after(calendar):
        return False
    return today >= calendar.minus_working_days(day.remind_by(calendar), rules.risk_days)


def risk_step(part: Part, today: dt.date, calendar: Calendar, rules: Rules) -> Step | None:
    """Return the step by which Văn phòng and the head learn of a risk, once for a due day."""
    return Step(part, RISK) if at_risk(part, today, calendar, rules) else None


def working_days_late(part: Part, today: dt.date, calendar: Calendar) -> int:
    """Return the working days that have passed since hạn tính, `today` among them; 0: not late."""
    day = part.due_day
    if day is None or not part.overdue(today, calendar):
        return 0
    return calendar.working_days_between(day.late_after(calendar), today)


def escalations(
    part: Part, today: dt.date, calendar: Calendar, rules: Rules
) -> list[tuple[Level, Step]]:
    """Return every level reached on the local day `today`, with its step; 0 days: never.

    Once the last step that is switched on was taken, everybody who was told at one comes again
    every `escalate_again` working days (0: never), until the part is reported, given another date
    or dropped. Nobody who is reminded can hold it off.
    """
    late = working_days_late(part, today, calendar) if reminds(part) else 0
    after = _levels(rules)
    reached = [
        (level, Step(part, f"{UP}:{level}")) for level, days in after.items() if days <= late
    ]
    if not after or rules.escalate_again <= 0:
        return reached
    again = (late - max(after.values())) // rules.escalate_again
    if again >= 1:
        reached += [(level, Step(part, f"{UP}:{level}:{again}")) for level in after]
    return reached


def _levels(rules: Rules) -> dict[Level, int]:
    """Return the steps that are switched on: how many working days late each level is told."""
    steps = (
        (Level.OFFICE, rules.office_after),
        (Level.LEADER, rules.leader_after),
        (Level.DIRECTOR, rules.director_after),
    )
    return {level: days for level, days in steps if days > 0}


def escalation_days(
    part: Part, today: dt.date, calendar: Calendar, rules: Rules
) -> dict[str, dt.date]:
    """Return, by step, the days on which others hear of a part while nothing is reported.

    Of the weekly repeats those up to the first one after the local day `today`.
    """
    day = part.due_day
    if day is None or part.duty is Duty.COOPERATE or not reminds(part):
        return {}
    found = {}
    if rules.risk_days and part.progress in NOTHING_REPORTED:
        found[RISK] = calendar.minus_working_days(day.remind_by(calendar), rules.risk_days)
    after = _levels(rules)
    since = day.late_after(calendar)
    for level, days in after.items():
        found[f"{UP}:{level}"] = calendar.plus_working_days(since, days)
    if not after or rules.escalate_again <= 0:
        return found
    again, told = 0, calendar.plus_working_days(since, max(after.values()))
    while not again or told <= today:
        again, told = again + 1, calendar.plus_working_days(told, rules.escalate_again)
        found[f"{UP}:{REPEAT}:{again}"] = told
    return found


def up_level(step: str) -> Level | None:
    """Return for whom a step of an escalation is, a repeat too; None: it is another step."""
    first, _, rest = step.partition(":")
    return Level(rest.partition(":")[0]) if first == UP else None


def repeats(step: str) -> bool:
    """Tell whether a step tells somebody again of what is overdue."""
    return step.startswith(f"{UP}:") and step.count(":") > 1


def level_of(step: str, *, in_office: bool, to_director: bool = True) -> Level | None:
    """Return whom a step of the ledger told of a part and its day; None: it told of neither.

    `in_office`: it was told in a chat of Văn phòng, which stands in where nobody is above. What is
    at risk is told there and to the head. `to_director`: that chat is the Director's; without one
    all leaders are told.
    """
    first = step.partition(":")[0]
    if level := up_level(step):
        if in_office:
            return Level.OFFICE
        return Level.LEADER if level is Level.DIRECTOR and not to_director else level
    if first == RISK:
        return Level.OFFICE if in_office else Level.HEAD
    ladder = first.isdigit() or first in (LATE, NOON, CHECKPOINT, SCORED_YEAR)
    return Level.UNIT if ladder else None
