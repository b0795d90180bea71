"""An item's card, and everything said about one part of it. Pure."""

import datetime as dt
from html import escape

from bot.domain.problem import N_
from bot.domain.records import ClosedPlan, Report
from bot.domain.reminder import Line
from bot.domain.roles import Role
from bot.domain.states import ReportState
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.messages import (
    Button,
    Card,
    ChatLostMessage,
    DecisionMessage,
    Outgoing,
    Reported,
)
from bot.services.role_words import ROLES
from handlers.callbacks import ListPress, Press, data, list_data
from handlers.card_buttons import card_buttons
from handlers.naming import closed_lines, dated
from handlers.pages import LIMIT, visible_size
from handlers.proof_keys import add_button
from handlers.receipt_keys import received
from handlers.render_item import item_lines
from handlers.render_listing import back_to
from handlers.render_lists import viewer
from handlers.render_parts import EVIDENCE, alike, part_lines
from handlers.standing import counts
from handlers.unsaid import not_kept, title_lines, words_of
from handlers.words import capital, clip, due, extra, heading, proofs, sign, state

MOST_PARTS = 12
WITHOUT_PROOF = N_("Without evidence: it is listed as missing.")
NOT_DONE = N_("The plan is closed: it counts as not done, and is not reported again.")
# Of a message, in letters.
ROOM_FOR_REST = 100


def card(found: Card, tr: Translator) -> Outgoing:
    """Say everything about an item: texts, dates, parts and their states, what proves them."""
    lines = [*item_lines(found, tr), ""]
    groups = alike(found.parts, found.day, tr)
    rest = sum(map(len, groups))
    for views in groups[:MOST_PARTS]:
        part = part_lines(views, found, tr)
        if visible_size("\n".join([*lines, *part])) > LIMIT - ROOM_FOR_REST:
            break
        lines += part
        rest -= len(views)
    last: tuple[Button, ...] = (
        Button(tr(N_("🕘 History")), list_data(ListPress.HISTORY, found.origin, found.item.id, 0)),
        back_to(found.origin, tr),
    )
    rows = card_buttons(found, tr)
    if rest:
        lines.append(escape(tr.n("and {count} more part", "and {count} more parts", rest)))
        every = tr.n("See {count} part", "See all {count} parts", len(found.parts))
        rows = (
            *rows,
            (Button(every, list_data(ListPress.PARTS, found.origin, found.item.id, 0)),),
        )
    return Outgoing("\n".join(lines), (*rows, last))


def decision(message: DecisionMessage, tr: Translator) -> list[Outgoing]:
    """Tell a unit what became of its report."""
    part, report = message.line.part, message.report
    accepted = report.state is ReportState.ACCEPTED
    alone = report.on_behalf and report.decided_by is None
    if accepted and alone:
        words = tr(N_("✅ Văn phòng recorded {code} as done"), code=part.code)
    elif accepted:
        words = tr(N_("✅ {code} is confirmed as done"), code=part.code)
    else:
        words = tr(N_("↩️ {code} was returned"), code=part.code)
    lines = [f"<b>{escape(words)}</b>{extra(part, tr)}", *title_lines(part)]
    if accepted:
        lines.append(escape(judged(message.line, tr)))
    else:
        why = tr(N_("Reason: {reason}"), reason=clip(report.reason or "", 900))
        lines += words_of(part, why, tr)
        lines.append(escape(tr(NOT_DONE) if message.closed else counts(part, tr)))
    lines += closed_lines(message.closed, tr)
    if report.on_behalf:
        lines.append(escape(tr(N_("Reported by Văn phòng on behalf of the unit"))))
    decided = decided_by(report, message.by, tr, names=message.names)
    lines.append(f"<i>{escape(decided)}</i>")
    again = Button(tr(N_("✅ Report again")), data(Press.REPORT, part.id))
    open_again = part.owed and not accepted and message.closed is None
    todo = ((again, add_button(part, tr)),) if open_again else ()
    return [
        Outgoing("\n".join(lines), (*todo, (received(message.outbox_id, tr), viewer(part, tr))))
    ]


def judged(line: Line, tr: Translator) -> str:
    """Return whether it was on time, with its sign."""
    return f"{sign(line)} {state(line, tr)}"


def decided_by(report: Report, by: Role, tr: Translator, *, names: bool) -> str:
    """Return who decided and when: in a group the role, never the person."""
    assert report.decided_at is not None  # there is a decision
    if report.decided_by is None and report.on_behalf:
        return tr(N_("Nobody else had to confirm it, {when}"), when=tr.moment(report.decided_at))
    if report.decided_by is None:
        return tr(N_("Confirmed by the unit itself, {when}"), when=tr.moment(report.decided_at))
    who = report.decided_by if names else capital(tr(ROLES[by]))
    return f"{who}, {tr.moment(report.decided_at)}"


def reported(done: Reported, today: dt.date, tr: Translator) -> Outgoing:
    """Read back what was recorded, and say what comes next."""
    part = done.part
    lines = [
        f"{sign(done.line)} {heading(part)}{extra(part, tr)}",
        escape(tr(N_("{unit}'s part, {due}"), unit=part.unit, due=due(done.line, today, tr))),
    ]
    if done.proofs:
        lines.append(f"{escape(tr(EVIDENCE))} {proofs(done.proofs[:10], tr)}")
    else:
        lines.append(f"⚠️ {escape(tr(WITHOUT_PROOF))}")
    if done.on_behalf:
        lines.append(escape(tr(N_("Reported by Văn phòng on behalf of the unit"))))
    if done.note:
        lines.append(escape(tr(N_("Note: {note}"), note=clip(done.note, 300))))
    if done.awaiting:
        said = tr(N_("Recorded. Văn phòng was asked to confirm."))
    elif done.self_confirmed:
        said = tr(N_("Recorded as done, confirmed by yourselves: nobody else can decide."))
    else:
        said = tr(N_("Recorded as done."))
    lines.append(f"<b>{escape(said)}</b>")
    rows = [(viewer(part, tr),)]
    if not done.proofs:
        rows.insert(0, (add_button(part, tr),))
    for other in done.others[:4]:
        when = dated(other, tr) or tr(N_("no date"))
        label = tr(N_("Also report: {unit}, {when}"), unit=other.unit, when=when)
        rows.append((Button(clip(label, 60), data(Press.REPORT, other.id)),))
    return Outgoing("\n".join(lines), tuple(rows))


def ask_reason(part: Part, closed: ClosedPlan | None, tr: Translator) -> Outgoing:
    """Ask why a report is returned; in a closed plan it is not made again."""
    text = tr(
        N_("Why is {code} returned? Answer this message with a few words for the unit."),
        code=part.code,
    )
    lines = [f"↩️ {escape(text)}", *not_kept(part, tr)]
    if closed is not None:
        lines += [escape(tr(NOT_DONE)), *closed_lines(closed, tr)]
    return Outgoing("\n".join(lines), asks=True)


def chat_lost(message: ChatLostMessage, tr: Translator) -> list[Outgoing]:
    """Tell Văn phòng that a chat can no longer be written to."""
    units = tr.listing(message.units)
    if message.private:
        return [Outgoing(f"⚠️ {escape(_person_lost(message, tr))}")]
    if units:
        text = tr(
            N_(
                "I can no longer write to the chat “{title}” of {units}. Its reminders go to the "
                "head in private, or here. Add me back, or let me write there, and send /dang_ky "
                "with a new code."
            ),
            title=message.title,
            units=units,
        )
    else:
        text = tr(
            N_(
                "I can no longer write to the chat “{title}”. Add me back, or let me write there, "
                "and send /dang_ky with a new code."
            ),
            title=message.title,
        )
    return [Outgoing(f"⚠️ {escape(text)}")]


def _person_lost(message: ChatLostMessage, tr: Translator) -> str:
    """Say that somebody cannot be written to; in a group without the name."""
    who = message.title or tr(N_("somebody"))
    whose = f"{who} ({tr.listing(message.units)})" if message.units else who
    said = N_(
        "I can no longer write to {who} in private. Messages go elsewhere meanwhile. "
        "Ask that person to send me /start again; /thanh_vien in private shows the names."
    )
    return tr(said, who=whose)
