"""Which reminders a part asks for, and what a morning message lists."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.domain.rules import DEFAULTS, Rules
from bot.domain.status import DeadlineState, Progress, Standing
from bot.domain.work import Duty, Part, current
from bot.domain.workdays import Calendar

NOON, LATE, AGAIN = "noon", "late", "0"
# Before the name of a step that was told under a clock that ran ahead: it counts for no day.
AHEAD = "ahead"

# The rules that hold for a part: an item's own, else its plan's, else the office's.
RulesFor = Callable[[Part], Rules]


def office_rules(_part: Part) -> Rules:
    """Return the defaults, whatever the part."""
    return DEFAULTS


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder for one part: `name` is unique for a part and a day.

    "5" is five working days before hạn nhắc; "late:2024-04-30" is that day's reminder of what is
    overdue. `about` is the day it is about where that is not the part's due day.
    """

    part: Part
    name: str
    about: dt.date | None = None

    @property
    def due(self) -> dt.date:
        """The day under which the ledger keeps it."""
        day = self.about or self.part.due
        assert day is not None  # a step without a due day says what it is about
        return day


def sends_now(local: dt.datetime, calendar: Calendar, rules: Rules = DEFAULTS) -> bool:
    """Tell whether the morning message of the local day may go out at the local time `local`.

    From 07:30 until 17:00 of a working day: back from an outage before 17:00 it goes at once,
    otherwise at the next working 07:30.
    """
    in_hours = rules.morning_at <= local.time() < rules.last_call_at
    return in_hours and calendar.is_working(local.date())


def noon_now(local: dt.datetime, calendar: Calendar, rules: Rules = DEFAULTS) -> bool:
    """Tell whether the midday message of the local day may go out at the local time `local`."""
    return sends_now(local, calendar, rules) and local.time() >= rules.midday_at


def ladder_of(part: Part, rules: Rules) -> tuple[int, ...]:
    """Return the rungs of a part, in working days before hạn nhắc."""
    return {
        Duty.LEAD: rules.ladder,
        Duty.INTERNAL: rules.internal_ladder,
        Duty.COOPERATE: rules.cooperate_ladder,
    }[part.duty]


def reminds(part: Part) -> bool:
    """Tell whether anybody may be reminded of a part at all."""
    return part.pending and not part.unsettled and part.activated_on is not None


def begins_on(part: Part) -> dt.date:
    """Return the first day on which a rung of a part counts: shorter terms get those that fit."""
    assert part.activated_on is not None
    return max(part.activated_on, part.start or part.activated_on)


def owed_step(
    part: Part, today: dt.date, calendar: Calendar, rules: Rules = DEFAULTS
) -> Step | None:
    """Return the latest rung reached on the local day `today`, None when nothing is due yet.

    Rungs before the plan was activated, or before the part's term began, never count ("none for
    the past"). Rungs missed while the bot was away are part of the latest one.
    """
    day = part.due_day
    if day is None or not reminds(part):
        return None
    if today > day.late_after(calendar):
        return None if part.duty is Duty.COOPERATE else Step(part, f"{LATE}:{today.isoformat()}")
    remind_by = day.remind_by(calendar)
    if today > remind_by and part.duty is not Duty.COOPERATE and calendar.is_working(today):
        # Hạn tính was moved forward: the days up to it are the last ones too.
        return Step(part, f"{AGAIN}:{today.isoformat()}")
    reached = [
        (fires, step)
        for step in ladder_of(part, rules)
        if (fires := calendar.minus_working_days(remind_by, step)) <= today
    ]
    if not reached:
        return None
    fires, step = max(reached)
    if fires < begins_on(part):
        return None if step else Step(part, "0")
    return Step(part, str(step))


def noon_step(part: Part, today: dt.date, calendar: Calendar) -> Step | None:
    """Return the midday reminder of what is due on the local day `today` and still open."""
    if part.duty is Duty.COOPERATE or not reminds(part):
        return None
    if part.standing(today, calendar).state is not DeadlineState.DUE:
        return None
    return Step(part, f"{NOON}:{today.isoformat()}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: a part and where it stands."""

    part: Part
    standing: Standing

    @property
    def left_open(self) -> bool:
        """Whether it is neither reported nor late: what a closed plan just leaves."""
        if self.part.closed or self.part.progress is Progress.AWAITING_CONFIRMATION:
            return False
        return self.standing.state is not DeadlineState.OVERDUE


@dataclass(frozen=True, slots=True)
class Digest:
    """What one chat's morning message lists, most urgent first.

    `lines` holds what is overdue, due or coming up; `open_count` counts the items of which
    these units still owe something; `day` is the local day.
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
    parts: Sequence[Part],
    units: Collection[str],
    today: dt.date,
    calendar: Calendar,
    rules_for: RulesFor = office_rules,
) -> Digest:
    """Return what the message of the local day `today` lists of `parts`.

    That is what is overdue, due or coming up, and what has reached a rung, also one beyond what
    counts as coming up. A cooperating part is listed only from the first of its own rungs on.
    """
    pending = [part for part in current(parts, today, calendar) if part.owed]
    lines = [Line(part, part.standing(today, calendar)) for part in pending]

    def shown(line: Line) -> bool:
        if line.part.duty is not Duty.COOPERATE and line.standing.state in LISTED:
            return True
        return owed_step(line.part, today, calendar, rules_for(line.part)) is not None

    listed = tuple(line for line in lines if shown(line))
    return Digest(today, tuple(units), listed, len({part.item_id for part in pending}))
