"""Marks of secrecy in what people send (Luật 117/2025/QH15): refused, and nothing of it is kept.

Everything that is typed or sent and kept passes through here first.
"""

from bot.domain.errors import BearsSecretMark, UserError
from bot.domain.evidence import (
    Evidence,
    bears_secret_mark,
    may_bear_secret_mark,
    name_bears_secret_mark,
)
from bot.domain.problem import N_
from bot.domain.states import EvidenceKind

IS_SECRET = N_(
    "This bears a mark of state secrecy, so it was not kept. Report without it: only the "
    "document's number, never its content."
)
SAY_WITHOUT = N_("This bears a mark of state secrecy, so it was not kept. Say it without.")
NUMBER_ONLY = N_(
    "Item {code} has documents under state secrecy: only a document's number is kept, no file, no "
    "link and no text. Send the number, for example 12/BC-STP. Nothing has changed."
)
PERHAPS = N_(
    "This may bear a mark of state secrecy (MẬT in capitals), so it was not kept. If it is an "
    "ordinary word, write it in small letters and send it again."
)


def check_words(text: str, name: str = "") -> bool:
    """Return whether a text or a file's name may bear a mark of secrecy, so that it is asked.

    Raises:
        BearsSecretMark: it does bear one; nothing of it may be kept.
    """
    if bears_secret_mark(text) or name_bears_secret_mark(name):
        raise BearsSecretMark(IS_SECRET)
    return may_bear_secret_mark(text) or may_bear_secret_mark(name)


def refuse_marks(text: str, name: str = "") -> None:
    """Refuse words, or a file's name, that bear a mark of secrecy or may do.

    Raises:
        BearsSecretMark: they do, or it is not certain; nothing of it may be kept.
    """
    if bears_secret_mark(text) or name_bears_secret_mark(name):
        raise BearsSecretMark(SAY_WITHOUT)
    if may_bear_secret_mark(text) or may_bear_secret_mark(name):
        raise BearsSecretMark(PERHAPS)


def numbers_only(proofs: tuple[Evidence, ...], code: str) -> tuple[Evidence, ...]:
    """Return the bare numbers of documents; an item with secret documents keeps nothing else.

    Raises:
        UserError: there is something else, or no number.
    """
    found = tuple(
        Evidence(EvidenceKind.DOCUMENT, number=proof.number) for proof in proofs if proof.number
    )
    if not found or any(proof.kind is not EvidenceKind.DOCUMENT for proof in proofs):
        raise UserError(NUMBER_ONLY, code=code)
    return found
