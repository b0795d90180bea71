"""What a person says of a proof that is wrong, and the version that comes of it. Pure."""

import datetime as dt
from dataclasses import replace

from bot.domain.account import read_account, read_details
from bot.domain.evidence import Evidence
from bot.domain.states import EvidenceKind


def corrected(
    held: Evidence, text: str, files: tuple[Evidence, ...], today: dt.date
) -> Evidence | None:
    """Return a proof as a message corrects it, None where the message says nothing of use.

    A file or a link takes its place. A document's number, day, and page or section are changed one
    by one: what is not mentioned stays.
    """
    if files:
        return files[-1]
    found = read_account(text, today).proofs
    link = next((one for one in found if one.kind is EvidenceKind.LINK), None)
    cited = next((one for one in found if one.kind is EvidenceKind.DOCUMENT), None)
    if link is not None:
        return link
    is_document = held.kind is EvidenceKind.DOCUMENT
    if cited is not None:
        kept = held if is_document else cited
        return replace(
            cited, dated_on=cited.dated_on or kept.dated_on, place=cited.place or kept.place
        )
    day, place = read_details(text, today)
    if not is_document or not (day or place):
        return None
    return replace(
        held, dated_on=day or held.dated_on, place=place or held.place, version=1, late=False
    )


def with_day(held: tuple[Evidence, ...], text: str, today: dt.date) -> tuple[Evidence, ...] | None:
    """Return proofs with the day that a text gives for the document whose own could not be read.

    None where no day was asked for, or the text says something else.
    """
    asked = next((place for place, proof in enumerate(held) if proof.unread_day), None)
    if asked is None:
        return None
    said = read_account(text, today).proofs
    day, place = read_details(text, today)
    if len(said) == 1 and said[0].number == held[asked].number:
        day, place = said[0].dated_on, said[0].place
    elif said:
        return None
    if day is None:
        return None
    dated = replace(held[asked], dated_on=day, place=place or held[asked].place, unread_day=None)
    return (*held[:asked], dated, *held[asked + 1 :])


def same(one: Evidence, other: Evidence) -> bool:
    """Tell whether two proofs say the same, whichever version each is."""
    if one.kind is EvidenceKind.FILE and other.kind is EvidenceKind.FILE:
        return one.sha256 is not None and one.sha256 == other.sha256
    return replace(one, version=1, late=False) == replace(other, version=1, late=False)
