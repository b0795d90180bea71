"""The small words: signs, states, dates and titles, as every message says them. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.states import EvidenceKind
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.i18n import Translator
from bot.services.messages import Outgoing
from handlers.pages import size

# With its day an item then takes three lines of a phone.
TITLE_LENGTH = 64
LINK_LENGTH = 48
DOCUMENT_LENGTH = 160
MOST_UNITS = 3
EVENT_LENGTH = 48

SIGNS = {
    DeadlineState.OVERDUE: "🔴",
    DeadlineState.DUE: "⏰",
    DeadlineState.DUE_SOON: "🟡",
    DeadlineState.ON_TRACK: "🔵",
    DeadlineState.ON_TIME: "🟢",
    DeadlineState.EARLY: "⭐",
    DeadlineState.LATE: "🟠",
    DeadlineState.NO_DEADLINE: "⚪",
}

STATES = {
    DeadlineState.OVERDUE: N_("Overdue"),
    DeadlineState.DUE: N_("Due"),
    DeadlineState.DUE_SOON: N_("Due soon"),
    DeadlineState.ON_TRACK: N_("On track"),
    DeadlineState.ON_TIME: N_("Done on time"),
    DeadlineState.EARLY: N_("Done early"),
    DeadlineState.LATE: N_("Done late"),
    DeadlineState.NO_DEADLINE: N_("No date"),
}

PROGRESS = {
    Progress.NOT_STARTED: N_("not started"),
    Progress.IN_PROGRESS: N_("in progress"),
    Progress.AWAITING_CONFIRMATION: N_("awaiting Văn phòng's confirmation"),
    Progress.RETURNED: N_("returned"),
    Progress.EXTENSION_PENDING: N_("extension requested"),
    Progress.WAITING_EVENT: N_("waiting for its event"),
    Progress.DONE: N_("done"),
    Progress.DROPPED: N_("no longer carried out"),
}

UNDATED = {
    DeadlineKind.ONGOING: N_("Ongoing"),
    DeadlineKind.RELATIVE: N_("Waiting for its event"),
    DeadlineKind.UNSPECIFIED: N_("No date yet"),
}

DUTIES = {
    Duty.LEAD: N_("leads"),
    Duty.COOPERATE: N_("cooperates"),
    Duty.INTERNAL: N_("internal date"),
}


def clip(text: str, length: int) -> str:
    """Return `text` on one line, cut at a word with "…" when longer than `length` UTF-16 units."""
    single = " ".join(text.split())
    if size(single) <= length:
        return single
    # A letter beyond the basic plane is two units, which must not be torn apart.
    room = single.encode("utf-16-le")[: 2 * (length - 1)].decode("utf-16-le", "ignore")
    cut = room.rsplit(" ", 1)[0].rstrip(" ,;:.–-")
    return f"{cut or room}…"


def heading(part: Part) -> str:
    """Return a list line's beginning: the code in bold and the short title."""
    if not part.title:
        return f"<b>{escape(part.code)}</b> 🔒"
    return f"<b>{escape(part.code)}</b> · {escape(clip(part.title, TITLE_LENGTH))}"


def item_head(code: str, title: str) -> str:
    """Return the head of a message about an item; one with secret documents has no title."""
    return (
        f"<b>{escape(code)} · {escape(clip(title, 120))}</b>"
        if title
        else f"<b>{escape(code)}</b> 🔒"
    )


def sign(line: Line) -> str:
    """Return the sign of where a part stands: never without its word beside it."""
    part = line.part
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return "📥"
    if part.progress is Progress.RETURNED:
        return "↩️"
    if part.progress is Progress.EXTENSION_PENDING:
        return "⏸"
    if part.progress is Progress.DROPPED:
        return "⚪"
    if part.progress is Progress.DONE and part.submitted_at is None:
        return "🟢"
    if part.duty is Duty.COOPERATE and line.standing.state is DeadlineState.OVERDUE:
        return "⚪"
    return SIGNS[line.standing.state]


def state(line: Line, tr: Translator) -> str:
    """Return in words where a part stands."""
    part = line.part
    if part.progress is Progress.DONE and part.submitted_at is None:
        return tr(N_("Done"))
    if part.progress in (Progress.DONE, Progress.DROPPED):
        closed = part.progress is Progress.DONE and part.due is not None
        return tr(STATES[line.standing.state]) if closed else capital(tr(PROGRESS[part.progress]))
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return capital(tr(PROGRESS[part.progress]))
    if part.progress in (Progress.RETURNED, Progress.EXTENSION_PENDING) and part.due:
        return capital(tr(PROGRESS[part.progress]))
    if part.duty is Duty.COOPERATE and line.standing.state is DeadlineState.OVERDUE:
        return capital(tr(PROGRESS[part.progress]))
    if part.due is None:
        undated = tr(UNDATED.get(part.kind, STATES[DeadlineState.NO_DEADLINE]))
        return f"{undated}{under_way(part, tr)}"
    if part.unsettled:
        return tr(N_("Past when the plan was activated"))
    return f"{tr(STATES[line.standing.state])}{under_way(part, tr)}"


def under_way(part: Part, tr: Translator) -> str:
    """Return that work is under way, to stand behind the state or the day; "" when it is not."""
    return f" · {tr(PROGRESS[part.progress])}" if part.progress is Progress.IN_PROGRESS else ""


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return `text` with its first letter in lower case; names in it keep theirs."""
    return text[:1].lower() + text[1:]


def due(line: Line, today: dt.date, tr: Translator) -> str:
    """Return a part's day with its weekday and how far away it is."""
    part, standing = line.part, line.standing
    if part.due is None:
        return small(tr(UNDATED.get(part.kind, STATES[DeadlineState.NO_DEADLINE])))
    day = tr.day_near(part.due, today)
    if part.progress is Progress.AWAITING_CONFIRMATION or part.closed:
        return tr(N_("due {day}"), day=day)
    if standing.state is DeadlineState.OVERDUE and part.duty is Duty.COOPERATE:
        return tr(N_("due {day}, the lead has not finished"), day=day)
    if standing.state is DeadlineState.OVERDUE:
        return tr.n(
            "due {day}, {count} day late",
            "due {day}, {count} days late",
            standing.days_late,
            day=day,
        )
    if standing.state is DeadlineState.DUE:
        if part.due == today:
            return tr(N_("due today, {day}"), day=day)
        if part.due < today:
            return tr(N_("due {day}, today is the last day"), day=day)
        return tr(N_("due {day}, today is the last working day"), day=day)
    left = standing.working_days_left or 0
    return tr.n(
        "due {day}, {count} working day left",
        "due {day}, {count} working days left",
        left,
        day=day,
    )


def extra(part: Part, tr: Translator) -> str:
    """Return what tells this part from others: its event, its label, and a duty but to lead."""
    event = f" – {escape(said)}" if (said := event_words(part, tr)) else ""
    if part.duty is Duty.INTERNAL:
        return f"{event} ({escape(tr(DUTIES[Duty.INTERNAL]))})"
    words = [clip(part.label, 40)] if part.label else []
    if part.duty is Duty.COOPERATE:
        words.append(tr(DUTIES[Duty.COOPERATE]))
    return f"{event} ({escape(', '.join(words))})" if words else event


def event_words(part: Part, tr: Translator, room: int = EVENT_LENGTH) -> str:
    """Return the event that a part counts from, with its day: "KL Cty A (05/4)"; "" without."""
    if part.event_on is None or part.kind is not DeadlineKind.RELATIVE:
        return ""
    day = tr.short_date(part.event_on)
    if not part.event:
        return tr(N_("event of {day}"), day=day)
    return f"{clip(part.event, room)} ({day})"


def item_line(line: Line, today: dt.date, tr: Translator, *, units: Sequence[str] = ()) -> str:
    """Return one line of a list; `units` are named where the list has several units."""
    part = line.part
    # Those without a date stand under a title that says why.
    when = f" – {escape(due(line, today, tr))}" if part.due else ""
    when += escape(under_way(part, tr))
    return f"{heading(part)}{extra(part, tr)}{whose(units, tr)}{when}"


def whose(units: Sequence[str], tr: Translator) -> str:
    """Return whose a list's line is, "" without units; the first few of many are named."""
    named = [name for name in dict.fromkeys(units) if name]
    if len(named) > MOST_UNITS:
        rest = len(named) - MOST_UNITS + 1
        more = tr.n("and {count} other unit", "and {count} other units", rest)
        named = [*named[: MOST_UNITS - 1], more]
    return f" – {escape(tr.listing(named))}" if named else ""


def proof(evidence: Evidence, tr: Translator) -> str:
    """Return one proof as HTML: a link, or a document with its date and page; and its version."""
    return f"{_proof(evidence, tr)}{escape(_version(evidence, tr))}"


def _version(evidence: Evidence, tr: Translator) -> str:
    said = []
    if evidence.version > 1:
        said.append(tr(N_("version {number}"), number=evidence.version))
    if evidence.late:
        late = N_("corrected after the confirmation")
        said.append(tr(late if evidence.version > 1 else N_("added after the confirmation")))
    return f" ({', '.join(said)})" if said else ""


def _proof(evidence: Evidence, tr: Translator) -> str:
    if evidence.kind is EvidenceKind.LINK and evidence.url:
        return _link(evidence.url)
    if evidence.kind is EvidenceKind.FILE:
        return escape(clip(evidence.file_name or "", 60))
    words = evidence.number or ""
    if evidence.dated_on:
        words = tr(N_("{number} of {day}"), number=words, day=tr.date(evidence.dated_on))
    said = f"{words}, {evidence.place}" if evidence.place else words
    return escape(clip(said, DOCUMENT_LENGTH))


def link(text: str) -> str:
    """Return a text as HTML: as a link where it is one."""
    return _link(text) if text.startswith(("http://", "https://")) else escape(text)


def _link(url: str) -> str:
    address = url if "://" in url else f"https://{url}"
    shown = url.split("://", 1)[-1]
    shown = shown if len(shown) <= LINK_LENGTH else f"{shown[: LINK_LENGTH - 1]}…"
    return f'<a href="{escape(address, quote=True)}">{escape(shown)}</a>'


def proofs(found: Iterable[Evidence], tr: Translator) -> str:
    """Return all proofs in one line."""
    return " · ".join(proof(evidence, tr) for evidence in found)


def plain(html: str) -> Outgoing:
    """Return a message without buttons."""
    return Outgoing(html)


def band_words(bands: Iterable[tuple[int, int | None, int]], tr: Translator) -> str:
    """Return (from, to, count) of days late in words, the longest first; empty bands left out."""
    said = [
        tr(N_("over {days} days: {count}"), days=low - 1, count=count)
        if high is None
        else tr(N_("{low}–{high} days: {count}"), low=low, high=high, count=count)
        for low, high, count in reversed(list(bands))
        if count
    ]
    return " · ".join(said)
