"""Evidence that is kept: its list, one proof with its versions, and what was changed. Pure."""

from decimal import Decimal
from html import escape

from bot.domain.evidence import Evidence
from bot.domain.kept_proofs import Fate, KeptProof
from bot.domain.problem import N_
from bot.domain.status import Progress
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_proofs import (
    ProofLine,
    ProofList,
    ProofsChanged,
    ProofView,
    ProvableParts,
)
from handlers.callbacks import Press, data
from handlers.naming import closed_lines
from handlers.proof_keys import ProofPress, adding_rows, part_name, proof_data
from handlers.render_lists import viewer
from handlers.words import PROGRESS, clip, extra, proof, proofs

Row = tuple[Button, ...]
WHICH_PER_PAGE, PER_ROW = 8, 4
SHOWN = 10
ONLY_NUMBERS = N_("This item has documents under state secrecy: only numbers are kept and shown.")
FATES = {
    Fate.REPLACED: N_("replaced by a newer version"),
    Fate.REMOVED: N_("taken out"),
    Fate.FALLEN: N_("went with the returned report"),
}


def listed(found: ProofList, tr: Translator, *, files_sent: bool = False) -> Outgoing:
    """Say what proves an item or a part, a page at a time, with what can be done about it."""
    title = N_("{code}: earlier evidence") if found.history else N_("{code}: evidence")
    count = f" ({found.total})" if found.pages > 1 else ""
    lines = [f"📎 <b>{escape(tr(title, code=found.code))}{count}</b>"]
    lines += closed_lines(found.closed, tr)
    if not found.lines:
        nothing = N_("Nothing here.") if found.history else N_("No evidence yet.")
        lines.append(escape(tr(nothing)))
    if found.secret:
        lines.append(f"<i>{escape(tr(ONLY_NUMBERS))}</i>")
    part_id = 0
    for line in found.lines:
        if line.part.id != part_id and not found.part_id:
            lines.append(f"<b>{escape(line.part.unit)}</b>{extra(line.part, tr)}")
        part_id = line.part.id
        lines += _line(line, found, tr)
    return Outgoing("\n".join(lines), _rows(found, tr, files_sent=files_sent))


def _line(line: ProofLine, found: ProofList, tr: Translator) -> list[str]:
    kept = line.proof
    more = [_size(kept.evidence, tr)] if kept.evidence.file_size and not found.secret else []
    if kept.evidence.sha256 and not found.secret:
        more.append(f"SHA-256 {kept.evidence.sha256[:8]}")
    if found.history:
        more.append(tr(FATES.get(kept.fate, FATES[Fate.REPLACED])))
    said = " · ".join([_said(kept.evidence, tr, secret=found.secret), *map(escape, more)])
    return [f"{line.number}. {said}"]


def _said(evidence: Evidence, tr: Translator, *, secret: bool) -> str:
    if not secret:
        return proof(evidence, tr)
    return escape(evidence.number or tr(N_("a proof without a number")))


def _size(evidence: Evidence, tr: Translator) -> str:
    kilobytes = Decimal(evidence.file_size or 0) / 1024
    if kilobytes < 1000:
        return f"{tr.number(int(kilobytes) + 1)} KB"
    return f"{tr.decimal(round(kilobytes / 1024, 1))} MB"


def _rows(found: ProofList, tr: Translator, *, files_sent: bool) -> tuple[Row, ...]:
    of_part = bool(found.part_id)
    subject = found.part_id or found.item_id
    here = ProofPress.PART if of_part else ProofPress.ITEM
    old = ProofPress.OLD_PART if of_part else ProofPress.OLD_ITEM
    files = ProofPress.FILES_PART if of_part else ProofPress.FILES_ITEM
    numbers = [
        Button(str(line.number), proof_data(ProofPress.ONE, line.proof.id)) for line in found.lines
    ]
    rows: list[Row] = [
        tuple(numbers[start : start + PER_ROW]) for start in range(0, len(numbers), PER_ROW)
    ]
    rows += _pages(old if found.history else here, subject, found.page, found.pages)
    has_files = any(line.proof.evidence.file_id for line in found.lines)
    if has_files and not (files_sent or found.history or found.secret):
        rows.append((Button(tr(N_("📤 Send the files")), proof_data(files, subject, found.page)),))
    if found.pages > 1 and not found.history and not found.secret:
        every = tr(N_("🗂 All of them as ZIP"))
        rows.append((Button(every, data(Press.EXPORT_FOLDER, found.plan_id)),))
    if found.history:
        rows.append((Button(tr(N_("⬅ Back")), proof_data(here, subject)),))
        return tuple(rows)
    rows += adding_rows(found.may_add, found.item_id, tr)
    last = [Button(tr(N_("View {code}"), code=found.code), data(Press.OPEN, found.item_id))]
    if found.old:
        label = tr(N_("🕘 Earlier ones ({count})"), count=found.old)
        last.insert(0, Button(label, proof_data(old, subject)))
    return (*rows, tuple(last))


def _pages(press: ProofPress, subject: int, page: int, pages: int) -> list[Row]:
    if pages == 1:
        return []
    turns = [Button("◀", proof_data(press, subject, page - 1))] if page else []
    turns.append(Button(f"{page + 1}/{pages}", proof_data(press, subject, page)))
    if page + 1 < pages:
        turns.append(Button("▶", proof_data(press, subject, page + 1)))
    return [tuple(turns)]


def which(found: ProvableParts, page: int, tr: Translator) -> Outgoing:
    """Ask which part evidence is added to."""
    pages = max(1, -(-len(found.parts) // WHICH_PER_PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * WHICH_PER_PAGE
    rows: list[Row] = [
        (
            Button(
                f"{clip(part_name(part, found.parts, tr), 36)} – {tr(PROGRESS[part.progress])}",
                proof_data(ProofPress.ADD, part.id),
            ),
        )
        for part in found.parts[first : first + WHICH_PER_PAGE]
    ]
    rows += _pages(ProofPress.WHICH, found.item_id, page, pages)
    rows.append((Button(tr(N_("View {code}"), code=found.code), data(Press.OPEN, found.item_id)),))
    text = tr(N_("{code}: to which part?"), code=found.code)
    return Outgoing(f"📎 <b>{escape(text)}</b>", tuple(rows))


def one(view: ProofView, tr: Translator, *, asking: bool = False) -> Outgoing:
    """Say everything of one proof and of its older versions; `asking` whether to take it out."""
    kept = view.proof
    lines = [
        f"📎 <b>{escape(view.part.code)}</b> – {escape(view.part.unit)}{extra(view.part, tr)}",
        _said(kept.evidence, tr, secret=view.secret),
        *map(escape, _facts(kept, view, tr)),
    ]
    if not kept.counts:
        lines.append(f"⚠️ {escape(tr(FATES[kept.fate]))}")
    if view.older:
        lines.append(f"<b>{escape(tr(EARLIER))}</b>")
    for older in view.older[:SHOWN]:
        said = _said(older.evidence, tr, secret=view.secret)
        lines.append(f"• {said} – <i>{escape(tr.moment(older.received_at))}</i>")
    if asking:
        lines.append(f"❓ <b>{escape(tr(SURE))}</b>")
        if view.only and view.part.progress is Progress.AWAITING_CONFIRMATION:
            lines.append(f"⚠️ {escape(tr(LAST_ONE))}")
        return Outgoing("\n".join(lines), (_sure_row(view, tr),))
    return Outgoing("\n".join(lines), _one_rows(view, tr))


EARLIER = N_("Earlier versions:")
SURE = N_("Take this evidence out? It stays in the history.")
LAST_ONE = N_("It is the only one: the part will be listed as without evidence.")


def _facts(kept: KeptProof, view: ProofView, tr: Translator) -> list[str]:
    facts = []
    if kept.evidence.file_size and not view.secret:
        digest = f" · SHA-256 {kept.evidence.sha256[:16]}" if kept.evidence.sha256 else ""
        facts.append(f"{_size(kept.evidence, tr)}{digest}")
    received = tr(N_("Received {moment}"), moment=tr.moment(kept.received_at))
    who = f", {kept.person}" if view.names and kept.person else ""
    facts.append(f"{received}{who}")
    if kept.on_behalf:
        facts.append(tr(N_("Added by Văn phòng for the unit")))
    if kept.removed_at is not None:
        facts.append(tr(N_("Taken out {moment}"), moment=tr.moment(kept.removed_at)))
    return facts


def _sure_row(view: ProofView, tr: Translator) -> Row:
    key = view.proof.id
    return (
        Button(tr(N_("🗑 Take it out")), proof_data(ProofPress.OUT_NOW, key)),
        Button(tr(N_("⬅ Back")), proof_data(ProofPress.ONE, key)),
    )


def _one_rows(view: ProofView, tr: Translator) -> tuple[Row, ...]:
    key = view.proof.id
    rows: list[Row] = []
    if view.may_change:
        rows.append(
            (
                Button(tr(N_("✏️ Correct")), proof_data(ProofPress.EDIT, key)),
                Button(tr(N_("🗑 Take out")), proof_data(ProofPress.OUT, key)),
            )
        )
    files = sum(bool(p.evidence.file_id) for p in (view.proof, *view.older))
    if files and not view.secret:
        label = tr.n("📤 Send the file", "📤 Send all {count} versions", files)
        rows.append((Button(label, proof_data(ProofPress.FILE, key)),))
    back = Button(tr(N_("⬅ Evidence")), proof_data(ProofPress.PART, view.part.id))
    return (*rows, (back,))


def changed(done: ProofsChanged, tr: Translator) -> Outgoing:
    """Read back what was added or corrected, and say what comes next."""
    part = done.part
    if done.was is not None:
        title = tr(N_("{code}: the evidence was corrected"), code=part.code)
        said = [f"<s>{proof(done.was, tr)}</s>", proof(done.proofs[0], tr)]
    else:
        title = tr.n(
            "{code}: {count} proof added", "{code}: {count} proofs added", len(done.proofs),
            code=part.code,
        )  # fmt: skip
        said = [proofs(done.proofs[:SHOWN], tr)]
    lines = [f"📎 <b>{escape(title)}</b>{extra(part, tr)}", *said]
    if done.on_behalf:
        lines.append(escape(tr(N_("Added by Văn phòng for the unit"))))
    if done.late:
        lines.append(escape(tr(LATE)))
    elif next_words := NEXT.get(part.progress):
        lines.append(escape(tr(next_words)))
    rows: list[Row] = [(viewer(part, tr),)]
    if done.may_report:
        rows.insert(0, (Button(tr(N_("✅ Report done")), data(Press.REPORT, part.id)),))
    return Outgoing("\n".join(lines), tuple(rows))


LATE = N_("The part stays done; it is marked as added after the confirmation.")
NEXT = {
    Progress.AWAITING_CONFIRMATION: N_("Văn phòng sees it in the report that waits."),
    Progress.RETURNED: N_("The report is still to be sent again."),
    Progress.NOT_STARTED: N_("The part is not reported done yet."),
    Progress.IN_PROGRESS: N_("The part is not reported done yet."),
}
