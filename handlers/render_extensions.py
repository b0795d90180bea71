"""Everything said about other dates (gia hạn). Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.domain.extension import Extension
from bot.domain.problem import N_, Problem
from bot.domain.states import ExtensionState
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.extension_parts import OPEN_ALREADY
from bot.services.messages import Button, Outgoing
from bot.services.messages_extensions import (
    Extended,
    ExtensionAnswerMessage,
    ExtensionMessage,
    Offer,
    Wish,
)
from handlers.callbacks import Press, data
from handlers.extension_keys import back, of_request
from handlers.offer_keys import OfferPress, offer_data
from handlers.receipt_keys import received
from handlers.render_lists import viewer
from handlers.unsaid import not_kept, title_lines, words_of
from handlers.words import capital, clip, extra, heading

LONGEST_REASON = 600
TITLE = N_("Ask for another date?")
WHY = N_("Why is another date needed? A few words.")
UNTIL = N_("Until which day? For example 30/6, end of month.")
LAPSED = N_("The unit does not owe this work any more, so the request ends undecided.")
AFTER_DUE = N_("asked for after the due day")


def ask(wish: Wish, tr: Translator) -> Outgoing:
    """Ask for what is still missing: the date, the reason, or both."""
    lines = [f"{heading(wish.part)}{extra(wish.part, tr)}", _present(wish.part, wish.today, tr)]
    lines += not_kept(wish.part, tr)
    if wish.problem is not None:
        lines.append(f"⚠️ {escape(tr.problem(wish.problem))}")
    elif wish.due is None and wish.part.secret:
        lines.append(f"❓ {escape(tr(UNTIL))}")
    elif wish.due is None:
        text = tr(
            N_(
                "Until which day, and why? For example: 30/6 waiting for the figures of the "
                "communes. Also: next friday, end of month, tomorrow."
            )
        )
        lines.append(f"❓ {escape(text)}")
    else:
        lines.append(escape(tr(N_("New date: {day}"), day=tr.long_date(wish.due))))
        lines.append(f"❓ {escape(tr(WHY))}")
    return Outgoing("\n".join(lines), asks=True)


def read_back(wish: Wish, tr: Translator) -> Outgoing:
    """Read a request back in full, to be sent, changed or called off."""
    assert wish.due is not None  # it is whole
    lines = [
        f"⏳ <b>{escape(tr(TITLE))}</b>",
        f"{heading(wish.part)}{extra(wish.part, tr)}",
        _present(wish.part, wish.today, tr),
        escape(tr(N_("New date: {day}"), day=tr.long_date(wish.due))),
        *_reason(wish.part, wish.reason, tr),
        *_marks(wish.number, tr, many=wish.many, after_due=wish.after_due),
        *_warnings(wish.warnings, tr),
    ]
    part_id = wish.part.id
    row = (
        Button(tr(N_("✅ Right, send")), data(Press.EXT_SEND, part_id)),
        Button(tr(N_("✏️ Change")), data(Press.EXT_EDIT, part_id)),
        Button(tr(N_("✖ Cancel")), data(Press.EXT_OFF, part_id)),
    )
    return Outgoing("\n".join(lines), (row,))


def sent(done: Extended, tr: Translator) -> Outgoing:
    """Say that a request was sent, or granted at once."""
    extension = done.extension
    if extension.self_decided:
        said = tr(
            N_("New date {day}, decided by yourselves: nobody else can decide."),
            day=tr.long_date(extension.granted),
        )
        row: tuple[Button, ...] = (viewer(done.part, tr),)
    else:
        said = tr(N_("Sent. Văn phòng decides; until then the present date counts."))
        row = (viewer(done.part, tr), back(extension.id, tr))
    lines = [
        f"⏸ {heading(done.part)}{extra(done.part, tr)}",
        *_dates(done, tr),
        f"<b>{escape(said)}</b>",
    ]
    return Outgoing("\n".join(lines), (row,))


def standing(about: Extended, tr: Translator, *, asked_again: bool = False) -> Outgoing:
    """Say how a request stands, with what its viewer may do; `asked_again`: instead of asking."""
    lines = _outcome(about, tr, why=True)
    if asked_again and about.answers:
        lines.append(escape(tr(OPEN_ALREADY, code=about.part.code)))
    return Outgoing("\n".join(lines), (*of_request(about, tr), (viewer(about.part, tr),)))


def request(message: ExtensionMessage, tr: Translator) -> list[Outgoing]:
    """Tell who decides of a request, or of the unit's answer to a proposed date."""
    about = message.about
    if about.extension.state is not ExtensionState.REQUESTED:
        return [Outgoing("\n".join(_outcome(about, tr)), ((viewer(about.part, tr),),))]
    part, extension = about.part, about.extension
    title = tr(N_("{code} – {unit} asks for another date"), code=part.code, unit=part.unit)
    lines = [
        f"⏳ <b>{escape(title)}</b>{extra(part, tr)}",
        *title_lines(part),
        *_dates(about, tr),
        *_reason(part, extension.reason, tr),
        *_marks(about.number, tr, many=about.many, after_due=extension.after_due),
        *_warnings(about.warnings, tr),
    ]
    verdict, other = of_request(replace(about, decides=True, answers=False), tr)
    return [Outgoing("\n".join(lines), (verdict, (*other, viewer(part, tr))))]


def answer(message: ExtensionAnswerMessage, tr: Translator) -> list[Outgoing]:
    """Tell the unit what became of its request; a proposed date waits for its answer."""
    about = message.about
    seen = received(message.outbox_id, tr)
    rows: list[tuple[Button, ...]] = [(seen, viewer(about.part, tr))]
    lines = _outcome(about, tr)
    if about.extension.state is ExtensionState.REQUESTED:
        lines.append(escape(tr(N_("Văn phòng took back the day that it had proposed."))))
    keys = of_request(replace(about, answers=True, decides=False), tr)
    return [Outgoing("\n".join(lines), (*keys, *rows))]


DECLINED = N_("❌ {code} – {unit}: the proposed day was declined")
OUTCOMES = {
    ExtensionState.APPROVED: N_("✅ {code} – {unit}: another date is granted"),
    ExtensionState.REJECTED: N_("❌ {code} – {unit}: no other date"),
    ExtensionState.COUNTERED: N_("📅 {code} – {unit}: Văn phòng proposes another day"),
    ExtensionState.WITHDRAWN: N_("↩ {code} – {unit}: the request was taken back"),
    ExtensionState.REQUESTED: N_("⏳ {code} – {unit}: another date waits for Văn phòng"),
    ExtensionState.LAPSED: N_("⚪ {code} – {unit}: nothing to decide any more"),
}


def _outcome(about: Extended, tr: Translator, *, why: bool = False) -> list[str]:
    """Return what became of a request; with `why`, the reason of an open one too."""
    part, extension = about.part, about.extension
    declined = extension.state is ExtensionState.WITHDRAWN and extension.counter_due
    title = tr(DECLINED if declined else OUTCOMES[extension.state], code=part.code, unit=part.unit)
    lines = [
        f"<b>{escape(title)}</b>{extra(part, tr)}",
        *title_lines(part),
        *_dates(about, tr),
    ]
    if why and extension.open:
        asked = tr(
            N_("Asked for because: {reason}"), reason=clip(extension.reason, LONGEST_REASON)
        )
        lines += words_of(part, asked, tr)
    if extension.state is ExtensionState.LAPSED:
        lines.append(escape(tr(LAPSED)))
    if extension.answer:
        lines += _reason(part, extension.answer, tr)
    if extension.state in (ExtensionState.REJECTED, ExtensionState.WITHDRAWN):
        lines.append(escape(tr(N_("The present date stands."))))
    if extension.state is ExtensionState.APPROVED:
        lines += _marks(about.number, tr, many=about.many, after_due=extension.after_due)
    if extension.open or extension.state is ExtensionState.APPROVED:
        lines += _warnings(about.warnings, tr)
    return lines


def _reason(part: Part, reason: str, tr: Translator) -> list[str]:
    return words_of(part, tr(N_("Reason: {reason}"), reason=clip(reason, LONGEST_REASON)), tr)


def _dates(about: Extended, tr: Translator) -> list[str]:
    """Return the present, the asked for and the proposed date, each with its weekday."""
    extension, part = about.extension, about.part
    granted = extension.state is ExtensionState.APPROVED
    if extension.state is ExtensionState.LAPSED:
        return [escape(tr(N_("Asked for: {day}"), day=tr.long_date(extension.to_due)))]
    before = N_("Date before: {day}") if granted else N_("Present date: {day}")
    lines = [tr(before, day=tr.long_date(extension.from_due))]
    if part.original_due not in (None, extension.from_due):
        lines.append(tr(N_("Date in the plan: {day}"), day=tr.long_date(part.original_due)))
    if granted:
        new = tr(N_("New date: {day}"), day=tr.long_date(extension.granted))
        return [*map(escape, lines), f"<b>{escape(new)}</b>"]
    lines.append(tr(N_("Asked for: {day}"), day=tr.long_date(extension.to_due)))
    if extension.counter_due:
        lines.append(tr(N_("Proposed: {day}"), day=tr.long_date(extension.counter_due)))
    return [*map(escape, lines)]


def _present(part: Part, today: dt.date, tr: Translator) -> str:
    assert part.due is not None  # only what has a date is extended
    return escape(tr(N_("Present date: {day}"), day=tr.long_date(part.due)))


def _marks(number: int, tr: Translator, *, many: bool, after_due: bool) -> list[str]:
    lines = []
    if many:
        words = tr(N_("extension number {number}: extended many times"), number=tr.number(number))
        lines.append(f"⚠️ {escape(capital(words))}")
    if after_due:
        lines.append(f"⚠️ {escape(capital(tr(AFTER_DUE)))}")
    return lines


def _warnings(found: Sequence[Problem], tr: Translator) -> list[str]:
    return [f"⚠️ {escape(tr.problem(one))}" for one in found]


def ask_rejection(offer: Offer, tr: Translator) -> Outgoing:
    """Ask why a request is rejected."""
    text = tr(
        N_("Why no other date for {code}? Answer this message with a few words for the unit."),
        code=offer.part.code,
    )
    lines = [f"❌ {escape(text)}", *not_kept(offer.part, tr)]
    return Outgoing("\n".join(lines), asks=True)


def ask_offer(offer: Offer, tr: Translator) -> Outgoing:
    """Ask which other day Văn phòng proposes."""
    asked = tr.long_date(offer.extension.granted)
    if offer.problem is not None:
        text = tr.problem(offer.problem)
    else:
        text = tr(
            N_("Which day do you propose for {code}, instead of {day}? For example 28/6."),
            code=offer.part.code,
            day=asked,
        )
    return Outgoing(f"📅 {escape(text)}", asks=True)


def read_offer_back(offer: Offer, tr: Translator) -> Outgoing:
    """Read the proposed day back, to be sent, changed or called off."""
    assert offer.due is not None  # it was read
    extension = offer.extension
    lines = [
        f"📅 {heading(offer.part)}{extra(offer.part, tr)}",
        escape(tr(N_("Asked for: {day}"), day=tr.long_date(extension.to_due))),
        *_replaced(extension, tr),
        escape(tr(N_("Propose {day} to the unit?"), day=tr.long_date(offer.due))),
        *_warnings(offer.warnings, tr),
    ]
    row = (
        Button(tr(N_("✅ Right, send")), data(Press.EXT_OFFER, extension.id)),
        Button(tr(N_("✏️ Change")), _ask_data(extension)),
        Button(tr(N_("✖ Cancel")), data(Press.EXT_OFF, 0)),
    )
    return Outgoing("\n".join(lines), (row,))


def _replaced(extension: Extension, tr: Translator) -> list[str]:
    if extension.counter_due is None:
        return []
    return [escape(tr(N_("Proposed: {day}"), day=tr.long_date(extension.counter_due)))]


def _ask_data(extension: Extension) -> str:
    if extension.counter_due is None:
        return data(Press.EXT_OTHER, extension.id)
    return offer_data(OfferPress.AGAIN, extension.id, extension.counter_due)
