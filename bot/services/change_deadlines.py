"""A deadline as Văn phòng types it for a new item: read by the plan's grammar, read back."""

from dataclasses import replace
from typing import Any

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Recurring, Relative
from bot.domain.deadline_json import deadline_from_json
from bot.domain.errors import UserError
from bot.domain.grammar.notes import unread
from bot.domain.grammar.reader import read_deadlines
from bot.domain.problem import N_
from bot.intake.dates import read_typed_date
from bot.intake.export import deadline_to_json
from bot.services.calendars import calendar_of
from bot.services.change_dates import due_lines
from bot.services.change_steps import TYPED, Ask, At, Choice, NeedsAnswer, Words, period_of, words
from storage.models import PlanRow

WHEN = N_(
    "By when? As a plan writes it: 30/6, trong quý III, ngày 25 hàng tháng, thường xuyên, "
    "10 ngày làm việc kể từ ngày nhận…"
)
UNREAD = N_("I could not read “{text}” as a deadline. Write it another way. Nothing has changed.")
NONE = "-"
NO_DATE_YET = Choice(words(N_("No date yet")), NONE)
MOST_DAYS = 4


async def deadlines_of(at: At, plan: PlanRow) -> tuple[str, tuple[Deadline, ...]]:
    """Return the deadline's words and what they mean; read once, on the day of typing.

    Raises:
        NeedsAnswer: it is not known yet.
        UserError: it cannot be read.
    """
    typed = at.args.pop(f"{TYPED}deadline", None)
    if typed is not None:
        found = _read(at, str(typed).strip(), plan)
        at.args["deadline"] = {"text": str(typed).strip(), "values": [_keep(d) for d in found]}
    kept = at.args.get("deadline")
    if kept is None:
        raise NeedsAnswer(Ask("deadline", words(WHEN), (NO_DATE_YET,)))
    if kept == NONE:
        return "", ()
    return kept["text"], tuple(map(_back, kept["values"]))


def _read(at: At, text: str, plan: PlanRow) -> tuple[Deadline, ...]:
    period = period_of(plan)
    day = read_typed_date(text, at.today, period)
    if day is not None:
        return (day,)
    reading = read_deadlines(text, period, before_counts=plan.before_counts)
    if not reading.deadlines or any(p.msgid == unread("").msgid for p in reading.problems):
        raise UserError(UNREAD, text=text[:80])
    return reading.deadlines


def _keep(deadline: Deadline) -> dict[str, Any]:
    before = getattr(deadline, "before", False)
    return {"value": deadline_to_json(deadline), "before": before}


def _back(kept: dict[str, Any]) -> Deadline:
    deadline = deadline_from_json(kept["value"])
    if isinstance(deadline, DateDeadline | Recurring):
        return replace(deadline, before=bool(kept["before"]))
    return deadline


async def deadline_lines(at: At, found: tuple[Deadline, ...]) -> list[Words]:
    """Say in full what a deadline was read as."""
    calendar = await calendar_of(at.session, at.viewer.office_id, at.today)
    lines: list[Words] = []
    for deadline in found:
        if isinstance(deadline, DateDeadline):
            due = deadline.due
            lines += due_lines(due, calendar.last_working_day_on_or_before(due))
            if due < at.today:
                lines.append(words(N_("⚠️ The day due has passed already.")))
        elif isinstance(deadline, Recurring):
            days = [day for day in deadline.dates if day >= at.today] or list(deadline.dates)
            lines.append(
                words(
                    N_("Recurring, {count} times; next: {days}"),
                    count=len(deadline.dates),
                    days=tuple(days[:MOST_DAYS]),
                )
            )
        elif isinstance(deadline, Relative):
            lines.append(words(N_("Waits for its event: {text}"), text=deadline.text))
        elif isinstance(deadline, Ongoing):
            lines.append(words(N_("Ongoing, without a date")))
        else:
            lines.append(words(N_("No date yet: {text}"), text=deadline.text))
    return lines or [words(N_("No date yet"))]
