"""What asks Văn phòng to confirm a report, and what is left of it once that is closed. Pure."""

from html import escape

from bot.domain.days import local_day
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.roles import Role
from bot.domain.states import ReportState
from bot.domain.status import DeadlineState, Progress
from bot.i18n import Translator
from bot.services.messages import ConfirmMessage, Outgoing
from bot.services.role_words import ROLES
from handlers import card_rows
from handlers.proof_keys import see_button
from handlers.render_card import decided_by, judged
from handlers.render_draft import NOT_PRESSED, products
from handlers.render_lists import viewer
from handlers.render_parts import EVIDENCE
from handlers.unsaid import title_lines, words_of
from handlers.words import clip, extra, proofs

ON_BEHALF = N_("{who}, on behalf of the unit")
NO_PROOF_YET = N_("No evidence yet: it cannot be confirmed without.")
CHANGED = N_("Evidence changed {moment}")
CLOSED = {
    ReportState.ACCEPTED: N_("✅ {code} – {unit}: confirmed as done"),
    ReportState.RETURNED: N_("↩️ {code} – {unit}: the report was returned"),
    ReportState.WITHDRAWN: N_("↩ {code} – {unit}: the report was taken back"),
}
DROPPED = N_("⚪ {code} – {unit}: no longer carried out")


def confirm(message: ConfirmMessage, tr: Translator) -> list[Outgoing]:
    """Ask Văn phòng to confirm or return a report of completion."""
    part, report = message.line.part, message.report
    if report.state is not ReportState.AWAITING or part.progress is Progress.DROPPED:
        return [_closed(message, tr)]
    done = tr(N_("{code} – {unit} reports it done"), code=part.code, unit=part.unit)
    at = tr.moment(report.submitted_at)
    if who := _reported_by(message, tr):
        at = tr(N_("{moment}, by {who}"), moment=at, who=who)
    lines = [
        f"📥 <b>{escape(done)}</b>{extra(part, tr)}",
        f"{escape(at)}{_against(message.line, tr)}",
        *title_lines(part),
        *_made(message, tr),
        _proof_line(message, tr),
    ]
    if message.changed_at is not None:
        when = tr.moment(message.changed_at)
        lines.append(f"🔄 {escape(tr(CHANGED, moment=when))}")
    if report.outside_done is False:
        lines.append(escape(tr(NOT_PRESSED)))
    if report.note:
        lines.append(escape(tr(N_("Note: {note}"), note=clip(report.note, 600))))
    see = ((see_button(part, tr),),) if message.proofs else ()
    rows = (*see, card_rows.decision(report.id, tr), (viewer(part, tr),))
    return [Outgoing("\n".join(lines), rows)]


def _reported_by(message: ConfirmMessage, tr: Translator) -> str:
    """Return who reported it: in a group a side, never a person."""
    report = message.report
    if report.on_behalf:
        who = report.person if message.names else tr(ROLES[Role.COORDINATOR])
        return tr(ON_BEHALF, who=who)
    return report.person if message.names else ""


def _made(message: ConfirmMessage, tr: Translator) -> list[str]:
    if not message.products:
        return []
    return [escape(tr(N_("Products:"))), *products(message.products, message.report.products)]


def _proof_line(message: ConfirmMessage, tr: Translator) -> str:
    if message.proofs:
        return f"{escape(tr(EVIDENCE))} {proofs(message.proofs[:10], tr)}"
    return f"⚠️ {escape(tr(NO_PROOF_YET))}"


def _against(line: Line, tr: Translator) -> str:
    part, standing = line.part, line.standing
    if part.due is None or part.submitted_at is None:
        return ""
    if standing.state is DeadlineState.LATE:
        words = tr.n("{count} day late", "{count} days late", standing.days_late)
    elif early := (part.due - local_day(part.submitted_at)).days:
        words = tr.n("{count} day early", "{count} days early", early) if early > 0 else ""
    else:
        words = tr(N_("on the day"))
    return f" ({escape(words)})" if words else ""


def _closed(message: ConfirmMessage, tr: Translator) -> Outgoing:
    """Say what became of a report; nothing is left to be pressed."""
    part, report = message.line.part, message.report
    title = tr(CLOSED.get(report.state, DROPPED), code=part.code, unit=part.unit)
    lines = [f"<b>{escape(title)}</b>{extra(part, tr)}", *title_lines(part)]
    if report.state is ReportState.ACCEPTED and part.closed:
        lines.append(escape(judged(message.line, tr)))
    if report.state is ReportState.RETURNED:
        why = tr(N_("Reason: {reason}"), reason=clip(report.reason or "", 600))
        lines += words_of(part, why, tr)
    if report.decided_at is not None and report.state in CLOSED:
        decided = decided_by(report, message.by, tr, names=message.names)
        lines.append(f"<i>{escape(decided)}</i>")
    return Outgoing("\n".join(lines), ((viewer(part, tr),),))
