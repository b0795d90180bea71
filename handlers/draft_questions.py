"""What is asked while a report, or evidence, is put together. Pure."""

from bot.domain.evidence import may_bear_secret_mark
from bot.domain.problem import N_
from bot.domain.states import EvidenceKind
from bot.domain.status import Progress
from bot.i18n import Translator
from bot.services.messages_drafts import DraftView
from handlers.words import clip


def question(view: DraftView, tr: Translator) -> str:
    """Ask for what is to be collected."""
    if view.corrects is not None and not view.secret:
        return tr(CORRECT[view.corrects.kind], day=tr.date(view.day))
    if view.secret:
        return tr(
            N_("This item has documents under state secrecy: send only the document's number.")
        )
    return tr(WHAT_ELSE if view.adds else WHAT, day=tr.date(view.day))


WHAT = N_(
    "What proves it? Send a link, a file or photos; or the document's number and date, "
    "for example 123/BC-STP ngày {day}, mục II, trang 3. Add what was done, if you like."
)
WHAT_ELSE = N_(
    "What is to be added? Send a link, a file or photos; or the document's number and date, "
    "for example 123/BC-STP ngày {day}, mục II, trang 3."
)
CORRECT = {
    EvidenceKind.DOCUMENT: N_(
        "What is right? Send the number, the date, the section or page, for example 123/BC-STP "
        "ngày {day}, mục II, trang 3. What you do not mention stays. Or send a file or a link "
        "instead."
    ),
    EvidenceKind.LINK: N_(
        "What is right? Send the new link; or a file, or a document's number, instead."
    ),
    EvidenceKind.FILE: N_(
        "What is right? Send the new file; or a link, or a document's number, instead."
    ),
}


def sure(view: DraftView, tr: Translator) -> str:
    """Ask whether what was collected counts."""
    if view.corrects is not None:
        return tr(N_("Let this count instead? The earlier version is kept."))
    if view.asks_outside and view.draft.outside_done is None and not view.adds:
        return tr(N_("Was it also pressed in the province's software?"))
    if view.late:
        return tr(N_("Add this? It is marked as added after the confirmation."))
    if view.adds and view.part.progress is Progress.AWAITING_CONFIRMATION:
        return tr(N_("Add this to the report that waits for Văn phòng?"))
    if view.adds:
        return tr(N_("Add this as evidence?"))
    if not view.sends:
        return tr(N_("Give it to the head to send?"))
    if view.confirmed:
        return tr(N_("Send it to Văn phòng for confirmation?"))
    return tr(N_("Record it as done?"))


def odd_days(view: DraftView, tr: Translator) -> list[str]:
    """Ask for a document's date that could not be read, and point to one that is still to come."""
    lines = []
    for proof in view.draft.proofs:
        if proof.unread_day:
            unread = N_("I cannot read the day “{day}” of {number}. Type it again, as {example}.")
            example = tr.date(view.day)
            lines.append(
                tr(unread, day=clip(proof.unread_day, 30), number=proof.number, example=example)
            )
        elif proof.dated_on and proof.dated_after(view.day):
            future = N_("{number} is dated {day}, which is still to come. Is that right?")
            lines.append(tr(future, number=proof.number, day=tr.long_date(proof.dated_on)))
    return [f"⚠️ {line}" for line in lines]


def doubt(view: DraftView, tr: Translator) -> str:
    """Ask whether what may bear a mark of secrecy does, naming it."""
    files = [clip(p.file_name, 60) for p in view.draft.proofs if p.doubtful and p.file_name]
    said = [clip(line, 60) for line in view.draft.note.split("\n") if may_bear_secret_mark(line)]
    named = [tr(N_("“{name}”"), name=name) for name in (*files, *said)]
    if not named:
        return tr(N_("Is this a document under state secrecy? Then it must not stay here."))
    asked = N_("Is {what} under state secrecy? Then it must not stay here.")
    return tr(asked, what=tr.listing(named))
