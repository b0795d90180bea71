"""What is told about reports reopened, handed over and prepared. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.domain.problem import N_
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.handing import Handed
from bot.services.messages import Button, Card, Outgoing
from bot.services.messages_reports import (
    AssignedMessage,
    PreparedMessage,
    ReopenedMessage,
    Word,
)
from handlers import render_draft
from handlers.callbacks import Press, data
from handlers.card_rows import part_words
from handlers.draft_keys import ReportPress, draft_data
from handlers.proof_keys import add_button
from handlers.receipt_keys import received
from handlers.render_lists import viewer
from handlers.standing import counts, standing
from handlers.unsaid import not_kept, title_lines, words_of
from handlers.words import capital, clip, extra, heading

Row = tuple[Button, ...]
MOST_STAFF, MOST_ROWS = 20, 3


def reopened(message: ReopenedMessage, tr: Translator) -> list[Outgoing]:
    """Tell a unit that what was confirmed by mistake is open again."""
    part, report = message.line.part, message.report
    title = tr(N_("↩️ {code} is open again: it was confirmed by mistake"), code=part.code)
    lines = [
        f"<b>{escape(title)}</b>{extra(part, tr)}",
        *title_lines(part),
        *words_of(part, tr(N_("Reason: {reason}"), reason=clip(report.reason or "", 900)), tr),
        escape(counts(part, tr)),
        escape(standing(message.line, message.day, tr)),
    ]
    again = Button(tr(N_("✅ Report again")), data(Press.REPORT, part.id)), add_button(part, tr)
    todo = (again,) if part.owed else ()
    last = received(message.outbox_id, tr), viewer(part, tr)
    return [Outgoing("\n".join(lines), (*todo, last))]


def assigned(message: AssignedMessage, tr: Translator) -> list[Outgoing]:
    """Tell a member of staff what is to be prepared."""
    part = message.line.part
    words = ASSIGNED[message.word] if message.by else NOBODY
    lines = [
        f"👤 <b>{escape(tr(words, who=message.by, code=part.code))}</b>",
        f"{heading(part)}{extra(part, tr)}",
        escape(standing(message.line, message.day, tr)),
    ]
    last = received(message.outbox_id, tr), viewer(part, tr)
    if message.word is Word.LEFT:
        hand_on = Button(tr(N_("👤 Hand to…")), data(Press.HAND, part.id))
        return [Outgoing("\n".join(lines), ((hand_on,), last))]
    if message.word is Word.TAKEN:
        return [Outgoing("\n".join(lines), (last,))]
    prepare = Button(tr(N_("📝 Prepare the report")), data(Press.REPORT, part.id))
    return [Outgoing("\n".join(lines), ((prepare,), last))]


ASSIGNED = {
    Word.GIVEN: N_("{who} asks you to prepare {code}"),
    Word.BACK: N_("{who} gives {code} back to you"),
    Word.TAKEN: N_("{who} takes {code} back: you need not prepare it any more"),
    Word.LEFT: N_("{code}: nobody prepares it now, {who} is of the unit no more"),
}
NOBODY = N_("{code}: nobody prepares it now; who did is of the unit no more")


def prepared(message: PreparedMessage, tr: Translator) -> list[Outgoing]:
    """Read back to the head what staff prepared."""
    panel = render_draft.panel(message.view, tr)
    seen = (received(message.outbox_id, tr),)
    return [replace(panel, buttons=(*panel.buttons, seen))]


def whom(part: Part, staff: Sequence[tuple[int, str]], tr: Translator) -> Outgoing:
    """Ask whom a part is handed to."""
    rows: list[Row] = [
        (Button(clip(name, 50), draft_data(ReportPress.GIVE, part.id, person_id)),)
        for person_id, name in staff[:MOST_STAFF]
    ]
    if part.assignee_id is not None:
        take = tr(N_("Do it myself"))
        rows.append((Button(take, draft_data(ReportPress.GIVE, part.id, 0)),))
    text = tr(
        N_("Who prepares {code}? That person is told and reminded in private."), code=part.code
    )
    return Outgoing(escape(text), tuple(rows))


def handed(done: Handed, tr: Translator, *, names: bool) -> Outgoing:
    """Say who prepares a part now, and whether that person could be told."""
    who = done.name if names else capital(tr(N_("a member of staff")))
    shown = replace(done, name=who) if done.name else done
    return Outgoing(escape(handed_words(shown, tr)))


def handed_words(done: Handed, tr: Translator) -> str:
    """Return the same as bare words."""
    if not done.name:
        return tr(N_("You prepare {code} yourself."), code=done.part.code)
    if done.told:
        said = N_("👤 {who} prepares {code} and is told in private.")
        return tr(said, who=done.name, code=done.part.code)
    said = N_(
        "👤 {who} prepares {code}. ⚠️ I cannot reach that person in private: please pass it "
        "on, and ask that person to send me /start."
    )
    return tr(said, who=done.name, code=done.part.code)


def ask_reopen(part: Part, tr: Translator) -> Outgoing:
    """Ask why a confirmation is taken back."""
    text = tr(
        N_("Why is {code} opened again? Answer this message with a few words for the unit."),
        code=part.code,
    )
    return Outgoing("\n".join([f"↩️ {escape(text)}", *not_kept(part, tr)]), asks=True)


def hand(card: Card, tr: Translator) -> list[Row]:
    """Offer a head to hand a part to staff."""
    if card.viewer is None:
        return []
    heads = card.viewer.heads()
    own = [v.line for v in card.parts if v.line.part.owed and v.line.part.unit_id in heads]
    rows: list[Row] = []
    for line in own[:MOST_ROWS]:
        label = tr(N_("👤 Hand to…"))
        if len(own) > 1:
            label = f"{label} – {part_words(line, own, card.day, tr)}"
        rows.append((Button(label, data(Press.HAND, line.part.id)),))
    return rows


def prepare(card: Card, tr: Translator) -> list[Row]:
    """Offer a member of staff to prepare what was handed over."""
    if card.viewer is None or card.viewer.person_id is None:
        return []
    me, heads = card.viewer.person_id, card.viewer.heads()
    mine = [
        view.line.part
        for view in card.parts
        if view.line.part.assignee_id == me
        and view.line.part.owed
        and view.line.part.unit_id not in heads
    ]
    label = tr(N_("📝 Prepare the report"))
    return [(Button(label, data(Press.REPORT, part.id)),) for part in mine[:MOST_ROWS]]


def reopen(card: Card, tr: Translator) -> list[Row]:
    """Offer Văn phòng to open again what was confirmed by mistake."""
    found = [v for v in card.parts if v.report is not None and v.report.id in card.may_reopen]
    rows: list[Row] = []
    for view in found[-MOST_ROWS:]:
        assert view.report is not None  # it may be reopened
        label = tr(N_("↩️ Open again"))
        if len(found) > 1:
            among = [one.line for one in found]
            label = f"{label} – {part_words(view.line, among, card.day, tr)}"
        rows.append((Button(label, data(Press.REOPEN, view.report.id)),))
    return rows
