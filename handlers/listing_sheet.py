"""A whole list as a table for printing. Pure."""

from collections.abc import Iterator

from bot.domain.days import local_day
from bot.domain.listing import ListKind
from bot.domain.problem import N_
from bot.domain.records import ClosedPlan
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState
from bot.i18n import Translator
from bot.reports.sheet import Column, Row, Sheet
from bot.services.messages_lists import Listing
from handlers.naming import left_words, plan_words
from handlers.words import DUTIES, event_words, sign, state

COLUMNS = (
    (N_("No."), 6),
    (N_("Code"), 8),
    (N_("Task"), 48),
    (N_("Unit"), 26),
    (N_("Duty"), 12),
    (N_("Due"), 13),
    (N_("State"), 18),
    (N_("Days late"), 10),
    (N_("Reported"), 13),
    (N_("Evidence"), 12),
)
TITLES = {
    ListKind.WORK: N_("Open items"),
    ListKind.SOON: N_("What falls due soon"),
    ListKind.OVERDUE: N_("Overdue"),
    ListKind.AWAITING: N_("Awaiting confirmation"),
    ListKind.UNPROVEN: N_("Without evidence"),
    ListKind.UNDATED: N_("Without a date"),
    ListKind.SEARCH: N_("Found"),
}
_NAMES = {
    ListKind.WORK: "viec",
    ListKind.SOON: "han",
    ListKind.OVERDUE: "tre-han",
    ListKind.AWAITING: "cho-xac-nhan",
    ListKind.UNPROVEN: "thieu-minh-chung",
    ListKind.UNDATED: "chua-co-han",
    ListKind.SEARCH: "tim",
}


def listing_sheet(found: Listing, tr: Translator) -> Sheet:
    """Return the table: one row a part, in the order of the list."""
    name = tr(TITLES[found.ref.kind])
    title = f"{name} – {found.unit}" if found.unit else name
    as_of = tr(N_("as of {when}"), when=tr.moment(found.now))
    columns = tuple(Column(tr(heading), width) for heading, width in COLUMNS)
    return Sheet(name, f"{title} ({as_of})", columns, tuple(_rows(found, tr)))


def sheet_name(found: Listing) -> str:
    """Return a name for the file that any system takes."""
    return f"{_NAMES[found.ref.kind]}-{found.today.isoformat()}.xlsx"


def _rows(found: Listing, tr: Translator) -> Iterator[Row]:
    lines = [(line, found.closed.get(one.head)) for one in found.entries for line in one.lines]
    for number, (line, closed) in enumerate(lines, start=1):
        yield _row(number, line, closed, tr)


def _row(number: int, line: Line, closed: ClosedPlan | None, tr: Translator) -> Row:
    part, standing = line.part, line.standing
    late = standing.days_late if standing.state is DeadlineState.OVERDUE and part.owed else 0
    left = closed is not None and line.left_open
    submitted = local_day(part.submitted_at) if part.submitted_at else ""
    plan = plan_words(closed.title, closed, tr) if closed else ""
    title = " – ".join(filter(None, (part.title, event_words(part, tr), plan)))
    proof = tr(N_("yes")) if part.has_evidence else tr(N_("missing"))
    return (
        number,
        part.code,
        title,
        part.unit or tr(N_("Nobody assigned")),
        tr(DUTIES[part.duty]),
        part.due or "",
        " ".join(left_words(line, tr)) if left else f"{sign(line)} {state(line, tr)}",
        late or "",
        submitted,
        proof if submitted else "",
    )
