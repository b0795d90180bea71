"""Reminders of what has no due day near: checkpoints, check-ins, and events that are awaited."""

import datetime as dt
from collections.abc import Iterator

from bot.domain.reminder import Step, begins_on, reminds
from bot.domain.rules import Rules
from bot.domain.work import Duty, Part
from bot.domain.workdays import Calendar

CHECKPOINT, SCORED_YEAR, CHECK_IN, EVENT, UNANSWERED = (
    "check", "year", "check-in", "event", "unanswered",
)  # fmt: skip
# Work that is finished after the scored year has ended counts for the next one, so the warning
# leaves a working week.
WARN_BEFORE = 5
# Who was away over a checkpoint is still asked for two weeks; after that it is past.
CHECK_WITHIN = 10
ANSWER_WITHIN = 3  # working days after a check-in, Văn phòng learns who has not answered
LONGER_THAN_A_YEAR = 366


def whole_year(part: Part) -> bool:
    """Tell whether a part's term is a whole calendar year ("trong năm")."""
    start, due = part.start, part.due
    if start is None or due is None:
        return False
    return start == dt.date(due.year, 1, 1) and due == dt.date(due.year, 12, 31)


def several_years(part: Part) -> bool:
    """Tell whether a part's term holds several years ("giai đoạn 2021–2025")."""
    if part.start is None or part.due is None:
        return False
    return (part.due - part.start).days > LONGER_THAN_A_YEAR


def _checkpoints(part: Part, rules: Rules, calendar: Calendar) -> Iterator[tuple[dt.date, str]]:
    """Yield (the day it is said on, step) of every checkpoint of a long term."""
    assert part.due is not None
    if several_years(part):
        assert part.start is not None
        for year in range(part.start.year, part.due.year):
            for day, month in rules.checkpoints[-1:]:
                mark = dt.date(year, month, day)
                said_on = calendar.last_working_day_on_or_before(mark)
                yield said_on, f"{CHECKPOINT}:{mark.isoformat()}"
    if (part.due.month, part.due.day) != (12, 31):
        return
    for day, month in rules.checkpoints:
        mark = dt.date(part.due.year, month, day)
        said_on = calendar.last_working_day_on_or_before(mark)
        yield said_on, f"{CHECKPOINT}:{mark.isoformat()}"
    for day, month in rules.year_warning:
        mark = dt.date(part.due.year, month, day)
        yield calendar.minus_working_days(mark, WARN_BEFORE), f"{SCORED_YEAR}:{mark.isoformat()}"


def checkpoint_days(part: Part, calendar: Calendar, rules: Rules) -> dict[str, dt.date]:
    """Return, by step, the days on which a "trong năm" or multi-year part is looked at."""
    day = part.due_day
    if day is None or part.duty is Duty.COOPERATE or not reminds(part):
        return {}
    if not (whole_year(part) or several_years(part)):
        return {}
    begins = begins_on(part)
    return {
        name: said_on
        for said_on, name in _checkpoints(part, rules, calendar)
        if begins <= said_on <= day.late_after(calendar)
    }


def checkpoint_step(part: Part, today: dt.date, calendar: Calendar, rules: Rules) -> Step | None:
    """Return the latest checkpoint of a "trong năm" or multi-year part reached by `today`.

    One that is past is asked about no more, nor is anybody warned of a day that has gone by.
    """
    day = part.due_day
    if day is None or today > day.late_after(calendar):
        return None
    reached = [
        (said_on, name)
        for name, said_on in checkpoint_days(part, calendar, rules).items()
        if said_on <= today and _still_asked(name, today, calendar)
    ]
    return Step(part, max(reached)[1]) if reached else None


def _still_asked(step: str, today: dt.date, calendar: Calendar) -> bool:
    mark = mark_of(step)
    if today <= mark or step.startswith(SCORED_YEAR):
        return today <= mark
    return calendar.working_days_between(mark, today) <= CHECK_WITHIN


def mark_of(step: str) -> dt.date:
    """Return the day that a checkpoint's step names."""
    return dt.date.fromisoformat(step.partition(":")[2])


def quarter_end(day: dt.date) -> dt.date:
    """Return the last day of the quarter that holds `day`."""
    month = (day.month - 1) // 3 * 3 + 3
    following = dt.date(day.year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def quarter_before(end: dt.date) -> dt.date:
    """Return the last day of the quarter before the one that ends on `end`."""
    return dt.date(end.year, end.month - 2, 1) - dt.timedelta(days=1)


def quarter_asked(today: dt.date, calendar: Calendar) -> dt.date:
    """Return the last day of the latest quarter that has been asked about by `today`.

    A quarter is asked about on its last working day.
    """
    end = quarter_end(today)
    if calendar.last_working_day_on_or_before(end) <= today:
        return end
    return quarter_before(end)


def check_in_step(part: Part, today: dt.date, calendar: Calendar) -> Step | None:
    """Return the quarter's light question about an ongoing duty, once it is due."""
    if part.duty is Duty.COOPERATE or not reminds(part):
        return None
    end = quarter_asked(today, calendar)
    if calendar.last_working_day_on_or_before(end) < begins_on(part):
        return None
    return Step(part, CHECK_IN, end)


def answers_due(end: dt.date, calendar: Calendar) -> dt.date:
    """Return the day on which Văn phòng learns which check-ins of a quarter have no answer."""
    return calendar.plus_working_days(end, ANSWER_WITHIN)


def event_step(part: Part, today: dt.date, calendar: Calendar) -> Step | None:
    """Return the month's question whether the event of a relative deadline has come.

    Asked on the first working day of a month, and never on the day of activation itself.
    """
    if part.activated_on is None or part.unsettled or part.duty is Duty.COOPERATE:
        return None
    month = today.replace(day=1)
    asked_on = calendar.first_working_day_on_or_after(month)
    if today < asked_on or asked_on <= part.activated_on:
        return None
    return Step(part, EVENT, month)
