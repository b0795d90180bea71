"""What was understood of a plan as a table for reading through and printing. Pure."""

import datetime as dt
import re
from collections.abc import Iterable

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Recurring, Relative
from bot.domain.draft import Draft, DraftDeadline, DraftItem
from bot.domain.problem import N_, Problem
from bot.domain.vietnamese import fold
from bot.domain.work import Duty
from bot.i18n import Translator
from bot.reports.sheet import Column, Sheet

COLUMNS = (
    (N_("Code"), 7),
    (N_("Section"), 14),
    (N_("Task"), 34),
    (N_("Product"), 22),
    (N_("Deadline as written"), 17),
    (N_("Days as read"), 20),
    (N_("Leads"), 18),
    (N_("Cooperates"), 18),
    (N_("Internal deadlines"), 22),
    (N_("To look at"), 22),
)
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def plan_sheet(draft: Draft, tr: Translator) -> Sheet:
    """Return the table of a plan as understood: one row an item."""
    columns = tuple(Column(tr(heading), width) for heading, width in COLUMNS)
    rows = tuple(_row(item, tr) for item in draft.items)
    return Sheet(tr(N_("Plan as read")), draft.title, columns, rows)


def file_name(draft: Draft) -> str:
    """Return a name for the table that any system takes."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(draft.title))[:50].strip("-")
    return f"{words or 'ke-hoach'}.xlsx"


def _row(item: DraftItem, tr: Translator) -> tuple[str, ...]:
    own = [row for row in item.deadlines if not row.internal]
    internal = [row for row in item.deadlines if row.internal]
    return (
        item.code,
        item.section,
        item.title,
        item.product,
        item.deadline_text,
        "\n".join(bound_words(row, tr) for row in own),
        "\n".join(item.named(Duty.LEAD)),
        "\n".join(item.named(Duty.COOPERATE)),
        "\n".join(bound_words(row, tr) for row in internal),
        "\n".join(problem_words(problem, tr) for problem in item.problems),
    )


def bound_words(row: DraftDeadline, tr: Translator, *, most: int | None = None) -> str:
    """Return a stored deadline in words, behind the units that it names itself."""
    said = deadline_words(row.value, tr, most=most)
    names = tr.listing(name for name, _ in row.units)
    return f"{names}: {said}" if names else said


def deadline_words(deadline: Deadline, tr: Translator, *, most: int | None = None) -> str:
    """Return a deadline in words, every day with its weekday; of a rule's at most `most`."""
    label = getattr(deadline, "label", None)
    head = f"{label}: " if label else ""
    match deadline:
        case DateDeadline(due=due, start=start):
            since = f"{tr.date(start)} – " if start else ""
            return f"{head}{since}{tr.long_date(due)}"
        case Recurring(dates=dates):
            days = tr.listing(tr.long_date(day) for day in dates[:most])
            if len(dates) == len(dates[:most]):
                return f"{head}{days}"
            count = tr.n("{count} date in all", "{count} dates in all", len(dates))
            return f"{head}{days}… ({count})"
        case Relative(event=event):
            return tr(N_("counted from: {event}"), event=event)
        case Ongoing():
            return tr(N_("Ongoing")).lower()
    ref = deadline.ref or deadline.text
    return tr(N_("no date: {ref}"), ref=ref) if ref else tr(N_("No date yet")).lower()


def problem_words(problem: Problem, tr: Translator) -> str:
    """Return a problem as a sentence, its days as an office writes them."""
    params = tuple((name, _office_days(value, tr)) for name, value in problem.params)
    return tr.problem(Problem(problem.msgid, params))


def _office_days(text: str, tr: Translator) -> str:
    def said(found: re.Match[str]) -> str:
        try:
            return tr.date(dt.date.fromisoformat(found.group()))
        except ValueError:
            return found.group()

    return _ISO.sub(said, text)


def problem_lines(problems: Iterable[Problem], tr: Translator) -> list[str]:
    """Return problems as lines with their sign."""
    return [f"⚠️ {problem_words(problem, tr)}" for problem in problems]
