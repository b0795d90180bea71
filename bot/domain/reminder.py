"""Which reminders a part asks for, and what a morning message lists."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.status import DeadlineState, Standing
from bot.domain.work import Duty, Part, current
from bot.domain.workdays import Calendar

MORNING = dt.time(7, 30)
LAST_CALL = dt.time(17, 0)  # after it, what was missed waits for the next working morning
LEAD_STEPS = (10, 5, 3, 1, 0)
COOPERATE_STEPS = (3, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder for one part: `name` is unique for a part and a due day.

    "5" is five working days before hạn nhắc; "late:2024-04-30" is that day's reminder of what is
    overdue.
    """

    part: Part
    name: str


def sends_now(local: dt.datetime, calendar: Calendar) -> bool:
    """Tell whether the morning message of the local day may go out at the local time `local`.

    From 07:30 until 17:00 of a working day: back from an outage before 17:00 it goes at once,
    otherwise at the next working 07:30.
    """
    return calendar.is_working(local.date()) and MORNING <= local.time() < LAST_CALL


def owed_step(part: Part, today: dt.date, calendar: Calendar) -> Step | None:
    """Return the latest rung reached on the local day `today`, None when nothing is due yet.

    Rungs before the plan was activated never count ("none for the past"). Rungs missed while the
    bot was away are part of the latest one.
    """
    day = part.due_day
    if day is None or not part.pending or part.unsettled or part.activated_on is None:
        return None
    if today > day.late_after(calendar):
        return None if part.duty is Duty.COOPERATE else Step(part, f"late:{today.isoformat()}")
    remind_by = day.remind_by(calendar)
    steps = COOPERATE_STEPS if part.duty is Duty.COOPERATE else LEAD_STEPS
    reached = [
        (fires, step)
        for step in steps
        if (fires := calendar.minus_working_days(remind_by, step)) <= today
    ]
    if not reached:
        return None
    fires, step = max(reached)
    if fires < part.activated_on:
        return None if step else Step(part, "0")
    return Step(part, str(step))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: a part and where it stands."""

    part: Part
    standing: Standing


@dataclass(frozen=True, slots=True)
class Digest:
    """What one chat's morning message lists, most urgent first.

    `lines` holds what is overdue, due or coming up; `open_count` counts everything these units
    still owe; `day` is the local day.
    """

    day: dt.date
    units: tuple[str, ...]
    lines: tuple[Line, ...]
    open_count: int

    def of(self, *states: DeadlineState) -> tuple[Line, ...]:
        """Return the lines in one of `states`."""
        return tuple(line for line in self.lines if line.standing.state in states)


LISTED = (DeadlineState.OVERDUE, DeadlineState.DUE, DeadlineState.DUE_SOON)


def make_digest(
    parts: Sequence[Part], units: Collection[str], today: dt.date, calendar: Calendar
) -> Digest:
    """Return what the message of the local day `today` lists of `parts`.

    A cooperating part is listed only from the first of its own rungs on.
    """
    pending = [part for part in current(parts, today, calendar) if part.owed]
    lines = [Line(part, part.standing(today, calendar)) for part in pending]
    listed = tuple(
        line
        for line in lines
        if line.standing.state in LISTED
        and (line.part.duty is not Duty.COOPERATE or owed_step(line.part, today, calendar))
    )
    return Digest(today, tuple(units), listed, len(pending))
