"""Who learns, beside the unit, of what may be or is late: steps in working days."""

import datetime as dt
from enum import StrEnum

from bot.domain.reminder import Step, reminds
from bot.domain.rules import Rules
from bot.domain.status import Progress
from bot.domain.work import Duty, Part
from bot.domain.workdays import Calendar

RISK = "risk"
UP = "up"


class Level(StrEnum):
    """Who is told, in the order in which they are."""

    UNIT = "unit"
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

    The last one comes again every `escalate_again` working days, to Văn phòng too, until the part
    is reported, given another date or dropped. Nobody who is reminded can hold it off.
    """
    late = working_days_late(part, today, calendar) if reminds(part) else 0
    reached = [
        (level, Step(part, f"{UP}:{level}"))
        for level, after in (
            (Level.OFFICE, rules.office_after),
            (Level.LEADER, rules.leader_after),
            (Level.DIRECTOR, rules.director_after),
        )
        if 0 < after <= late
    ]
    again = (late - rules.director_after) // max(rules.escalate_again, 1)
    if late and rules.director_after and again >= 1:
        reached += [
            (level, Step(part, f"{UP}:{level}:{again}"))
            for level in (Level.OFFICE, Level.DIRECTOR)
        ]
    return reached


def level_of(step: str) -> Level | None:
    """Return whom a step of the ledger told; None for what tells nobody of lateness."""
    if step.startswith(f"{UP}:"):
        return Level(step.split(":")[1])
    first = step.partition(":")[0]
    return Level.UNIT if first.isdigit() or first in ("late", "noon") else None
