"""A report that is being put together: asked for, collected, read back. Pure."""

from html import escape

from bot.domain.evidence import Evidence
from bot.domain.problem import N_
from bot.domain.report_draft import DraftPurpose
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_drafts import DraftView
from handlers.draft_keys import ReportPress, draft_data
from handlers.draft_questions import doubt, odd_days, question, sure
from handlers.words import clip, extra, heading, proof, proofs

Row = tuple[Button, ...]
MOST_PRODUCTS, MOST_OUT = 12, 10
EVIDENCE = N_("Evidence:")


def panel(view: DraftView, tr: Translator, *, editing: bool = False) -> Outgoing:
    """Show a draft: what it holds, what is still asked, and what can be done next."""
    lines = [*_head(view, tr), *_held(view, tr)]
    collecting = editing or not _has_proof(view)
    if view.draft.doubtful:
        lines.append(f"⚠️ <b>{escape(doubt(view, tr))}</b>")
        return Outgoing("\n".join(lines), _doubt_rows(view, tr))
    lines += map(escape, odd_days(view, tr))
    if any(one.unread_day for one in view.draft.proofs) and not editing:
        return Outgoing("\n".join(lines), _day_rows(view, tr))
    if collecting:
        lines.append(f"❓ {escape(question(view, tr))}")
        return Outgoing("\n".join(lines), _collecting_rows(view, tr))
    lines.append(f"<b>{escape(sure(view, tr))}</b>")
    return Outgoing("\n".join(lines), _sending_rows(view, tr))


def _has_proof(view: DraftView) -> bool:
    """Tell whether there is something to send: a report may rest on what the part has already."""
    if view.corrects is not None:
        return view.draft.proofs != (view.corrects,) and bool(view.draft.proofs)
    return bool(view.draft.proofs) or (bool(view.attached) and not view.adds)


def ask_in_group(view: DraftView, tr: Translator) -> Outgoing:
    """Ask in a group, where the bot hears nothing but answers to its messages."""
    if any(proof.unread_day for proof in view.draft.proofs):
        asked = N_("{code}: answer this message with the document's date, as {example}.")
    else:
        asked = N_("{code}: answer this message with the link, number, file or photo.")
    text = tr(asked, code=view.part.code, example=tr.date(view.day))
    return Outgoing(escape(text), asks=True)


def _head(view: DraftView, tr: Translator) -> list[str]:
    part = view.part
    when = tr(N_("due {day}"), day=tr.day_near(part.due, view.day)) if part.due else ""
    whose = tr(N_("{unit}'s part"), unit=part.unit) if part.unit else ""
    lines = [
        f"{heading(part)}{extra(part, tr)}",
        escape(", ".join(words for words in (whose, when) if words)),
    ]
    if view.on_behalf and view.adds:
        lines.append(escape(tr(N_("✍️ Added by Văn phòng for the unit"))))
    elif view.on_behalf:
        lines.append(escape(tr(N_("✍️ Reported by Văn phòng on behalf of the unit"))))
    if view.prepared_by:
        lines.append(escape(tr(N_("👤 Prepared by {who}"), who=_preparer(view, tr))))
    if view.others:
        lines.append(
            escape(
                tr.n(
                    "(the earliest; {count} other part of yours stays open)",
                    "(the earliest; {count} other parts of yours stay open)",
                    view.others,
                )
            )
        )
    return lines


def _preparer(view: DraftView, tr: Translator) -> str:
    return view.prepared_by if view.names else tr(N_("a member of staff"))


def _held(view: DraftView, tr: Translator) -> list[str]:
    draft = view.draft
    lines = []
    if view.products and not view.adds:
        lines.append(escape(tr(N_("Products:"))))
        lines += products(view.products, draft.products)
    if view.corrects is not None:
        lines.append(f"{escape(tr(NOW_SAYS))} {_said(view, view.corrects, tr)}")
    elif view.attached:
        held = proofs(view.attached[:5], tr)
        lines.append(f"{escape(tr(HAS_ALREADY))} {held}" + (" …" if view.attached[5:] else ""))
    if draft.proofs and _has_proof(view):
        label = THEN_SAYS if view.corrects else NEW_ONES if view.adds else EVIDENCE
        lines.append(f"{escape(tr(label))} {proofs(draft.proofs[:10], tr)}")
    if draft.note:
        lines.append(escape(tr(N_("Note: {note}"), note=clip(draft.note, 600))))
    if view.asks_outside and draft.outside_done is not None:
        said = PRESSED if draft.outside_done else NOT_PRESSED
        lines.append(escape(tr(said)))
    return lines


HAS_ALREADY = N_("Has already:")
NEW_ONES = N_("To be added:")
NOW_SAYS = N_("Now:")
THEN_SAYS = N_("Corrected:")


def _said(view: DraftView, found: Evidence, tr: Translator) -> str:
    if view.secret:
        return escape(found.number or "")
    return proof(found, tr)


PRESSED = N_("✔️ Pressed in the province's software")
NOT_PRESSED = N_("⚠️ Not pressed in the province's software yet")


def products(names: tuple[str, ...], ticked: tuple[int, ...]) -> list[str]:
    """Return the products, one a line, with a sign of whether each was made."""
    shown = [
        f"{'☑' if place in ticked else '☐'} {escape(clip(name, 90))}"
        for place, name in enumerate(names[:MOST_PRODUCTS])
    ]
    return [*shown, "…"] if len(names) > MOST_PRODUCTS else shown


def _tick_rows(view: DraftView, tr: Translator) -> list[Row]:
    if len(view.products) < 2 or view.adds:
        return []
    return [
        (
            Button(
                f"{'☑' if place in view.draft.products else '☐'} {clip(name, 50)}",
                draft_data(ReportPress.TICK, view.draft.id, place),
            ),
        )
        for place, name in enumerate(view.products[:MOST_PRODUCTS])
    ]


def _doubt_rows(view: DraftView, tr: Translator) -> tuple[Row, ...]:
    draft_id = view.draft.id
    return (
        (Button(tr(N_("No, an ordinary document")), draft_data(ReportPress.ORDINARY, draft_id)),),
        (Button(tr(N_("Yes, drop it")), draft_data(ReportPress.SECRET, draft_id)),),
    )


def _day_rows(view: DraftView, tr: Translator) -> tuple[Row, ...]:
    draft_id = view.draft.id
    return (
        (Button(tr(N_("Without the date")), draft_data(ReportPress.NO_DAY, draft_id)),),
        (
            Button(tr(N_("✏️ Change")), draft_data(ReportPress.EDIT, draft_id)),
            Button(tr(N_("✖️ Cancel")), draft_data(ReportPress.CANCEL, draft_id)),
        ),
    )


def _collecting_rows(view: DraftView, tr: Translator) -> tuple[Row, ...]:
    draft = view.draft
    rows = _tick_rows(view, tr)
    rows += [
        (
            Button(
                tr(N_("🗑 {proof}"), proof=clip(_plain(view, place, tr), 40)),
                draft_data(ReportPress.OUT, draft.id, place),
            ),
        )
        for place in range(min(len(draft.proofs), MOST_OUT))
        if view.corrects is None
    ]
    if draft.note and draft.proofs:
        rows.append((Button(tr(N_("🗑 The note")), draft_data(ReportPress.NO_NOTE, draft.id)),))
    cancel = Button(tr(N_("✖️ Cancel")), draft_data(ReportPress.CANCEL, draft.id))
    if _has_proof(view):
        ready = Button(tr(N_("⬅ Ready")), draft_data(ReportPress.READ, draft.id))
        return (*rows, (ready, cancel))
    if view.adds:
        return (*rows, (cancel,))
    asked = _asks_outside_now(view)
    rows += _outside_rows(view, tr) if asked else []
    if not asked and view.sends:
        label = tr(N_("Report without evidence"))
        rows.append((Button(label, draft_data(ReportPress.SEND, draft.id)),))
    return (*rows, (cancel,))


def _plain(view: DraftView, place: int, tr: Translator) -> str:
    found = view.draft.proofs[place]
    return found.file_name or found.url or found.number or proof(found, tr)


def _asks_outside_now(view: DraftView) -> bool:
    return view.asks_outside and view.draft.outside_done is None and not view.adds


def _outside_rows(view: DraftView, tr: Translator) -> list[Row]:
    draft_id = view.draft.id
    return [
        (
            Button(tr(N_("Pressed there")), draft_data(ReportPress.PRESSED, draft_id, 1)),
            Button(tr(N_("Not yet")), draft_data(ReportPress.PRESSED, draft_id, 0)),
        )
    ]


def _sending_rows(view: DraftView, tr: Translator) -> tuple[Row, ...]:
    draft_id = view.draft.id
    edit = Button(tr(N_("✏️ Change")), draft_data(ReportPress.EDIT, draft_id))
    cancel = Button(tr(N_("✖️ Cancel")), draft_data(ReportPress.CANCEL, draft_id))
    rows = _tick_rows(view, tr)
    if _asks_outside_now(view):
        return (*rows, *_outside_rows(view, tr), (edit, cancel))
    if not view.sends and view.draft.purpose is DraftPurpose.REPORT:
        give = Button(tr(N_("📨 To the head")), draft_data(ReportPress.HAND_IN, draft_id))
        return (*rows, (give, edit, cancel))
    if view.draft.purpose is not DraftPurpose.REPORT:
        label = tr(N_("📤 Correct it")) if view.corrects else tr(N_("📤 Add"))
        return (*rows, (Button(label, draft_data(ReportPress.PROVE, draft_id)), edit, cancel))
    label = tr(N_("📤 Add")) if view.adds else tr(N_("📤 Send"))
    send = Button(label, draft_data(ReportPress.SEND, draft_id))
    if view.prepared_by:
        back = tr(N_("↩️ Back to {who}"), who=clip(_preparer(view, tr), 30))
        return (*rows, (send, edit), (Button(back, draft_data(ReportPress.GIVE_BACK, draft_id)),))
    return (*rows, (send, edit, cancel))
