"""The folder of proofs: which section, and its index as a table. Pure."""

from collections.abc import Mapping
from html import escape

from bot.domain.days import local_time
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.reports.sheet import Column, Row, Sheet
from bot.services.evidence_folder import Folder
from bot.services.messages import Button, Outgoing
from handlers.callbacks import Press, data, pair_data
from handlers.words import clip

COLUMNS = (
    (N_("Item"), 10),
    (N_("Task"), 44),
    (N_("Product"), 28),
    (N_("Unit"), 28),
    (N_("Document"), 20),
    (N_("Dated"), 12),
    (N_("Page or section"), 18),
    (N_("Link"), 36),
    (N_("File in the folder"), 36),
    (N_("Size (bytes)"), 14),
    (N_("SHA-256"), 68),
    (N_("Received at"), 22),
)
MISSING = N_("not fetched: {name}")
INDEX = N_("index")
MOST_SECTIONS = 40


def which(found: Folder, tr: Translator) -> Outgoing:
    """Ask whether the whole plan's proofs are wanted, or those of a section."""
    files = sum(proof.file_id is not None for proof in found.proofs)
    text = tr(
        N_("{count} proofs, {files} of them files. Which do you want?"),
        count=len(found.proofs),
        files=files,
    )
    rows = [(Button(tr(N_("🗂 The whole plan")), data(Press.EXPORT_PROOFS, found.plan_id)),)]
    rows += [
        (Button(clip(name, 60), pair_data(Press.EXPORT_SECTION, found.plan_id, place)),)
        for place, name in enumerate(found.sections[:MOST_SECTIONS])
    ]
    rows.append((Button(tr(N_("⬅ Back")), data(Press.EXPORT_PLAN, found.plan_id)),))
    return Outgoing(escape(text), tuple(rows))


def index_sheet(found: Folder, names: Mapping[int, str], tr: Translator) -> Sheet:
    """Return the index; `names` are the places of the files that are in the folder, by proof."""
    rows: list[Row] = []
    for proof in found.proofs:
        name = names.get(proof.id, "")
        if not name and proof.file_id is not None:
            name = tr(MISSING, name=proof.file_name or "")
        rows.append(
            (
                proof.code,
                proof.title,
                proof.product,
                proof.unit,
                proof.number or "",
                proof.dated_on or "",
                proof.place or "",
                proof.url or "",
                name,
                proof.file_size or "",
                proof.sha256 or "",
                local_time(proof.received_at).replace(tzinfo=None),
            )
        )
    title = f"{found.plan_title} – {found.section}" if found.section else found.plan_title
    return Sheet(
        tr(N_("Proofs")),
        title,
        tuple(Column(tr(words), width) for words, width in COLUMNS),
        tuple(rows),
    )
