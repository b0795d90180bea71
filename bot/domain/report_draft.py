"""A report of completion while it is put together: nothing of it counts yet. Pure."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain.evidence import Evidence, may_bear_secret_mark
from bot.domain.states import EvidenceKind

MOST_PROOFS = 30


class DraftPurpose(StrEnum):
    """What a draft becomes when it is sent."""

    REPORT = "report"
    ADD = "add"  # further proofs
    CORRECT = "correct"  # a newer version of one proof


@dataclass(frozen=True, slots=True)
class Panel:
    """The message that shows a draft, and the album whose pieces changed it last."""

    chat_id: int
    message_id: int
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What was collected so far; `products` are the places of those ticked.

    `outside_done` answers whether it was pressed in the province's software too. `doubtful`:
    something in it may bear a mark of secrecy. `prepared_at`: staff handed it to the head.
    `replaces_id` is the proof that it corrects.
    """

    id: int
    office_id: int
    part_id: int
    person_id: int
    person: str = ""
    note: str = ""
    products: tuple[int, ...] = ()
    proofs: tuple[Evidence, ...] = ()
    outside_done: bool | None = None
    doubtful: bool = False
    prepared_at: dt.datetime | None = None
    panel: Panel | None = None
    purpose: DraftPurpose = DraftPurpose.REPORT
    replaces_id: int | None = None


def toggled(places: tuple[int, ...], place: int) -> tuple[int, ...]:
    """Return the ticked places with one more, or without it when it was ticked."""
    held = set(places) ^ {place}
    return tuple(sorted(held))


def with_proofs(held: tuple[Evidence, ...], more: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the proofs with more of them; the same content, link or document stands once."""
    found = list(held)
    for proof in more:
        if not any(_same(proof, other) for other in found):
            found.append(proof)
    return tuple(found[:MOST_PROOFS])


def ordinary(held: Draft) -> Draft:
    """Return a draft of which nothing is doubtful any more."""
    proofs = tuple(replace(proof, doubtful=False) for proof in held.proofs)
    return replace(held, proofs=proofs, doubtful=False)


def without_doubtful(held: Draft) -> Draft:
    """Return a draft without what may bear a mark of secrecy: proofs, and what was said.

    Where it cannot be told what that is, nothing is left.
    """
    said = held.note.split("\n")
    kept = [line for line in said if not may_bear_secret_mark(line)]
    proofs = tuple(proof for proof in held.proofs if not proof.doubtful)
    if len(kept) == len(said) and len(proofs) == len(held.proofs):
        kept, proofs = [], ()
    return replace(held, proofs=proofs, note="\n".join(kept), doubtful=False)


def _same(one: Evidence, other: Evidence) -> bool:
    if one.kind is EvidenceKind.FILE:
        return one.sha256 is not None and one.sha256 == other.sha256
    if one.kind is EvidenceKind.LINK:
        return one.url == other.url
    return (one.kind, one.number, one.dated_on, one.place) == (
        other.kind,
        other.number,
        other.dated_on,
        other.place,
    )


def evidence_to_json(proof: Evidence) -> dict[str, Any]:
    """Return a proof as JSON holds it, without what it lacks."""
    values = {
        "kind": str(proof.kind),
        "url": proof.url,
        "number": proof.number,
        "dated_on": proof.dated_on.isoformat() if proof.dated_on else None,
        "place": proof.place,
        "file_id": proof.file_id,
        "file_name": proof.file_name,
        "file_size": proof.file_size,
        "sha256": proof.sha256,
        "photo": proof.photo or None,
        "unread_day": proof.unread_day,
        "doubtful": proof.doubtful or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def evidence_from_json(values: dict[str, Any]) -> Evidence:
    """Return the proof that `evidence_to_json` has written."""
    day = values.get("dated_on")
    return Evidence(
        EvidenceKind(values["kind"]),
        values.get("url"),
        values.get("number"),
        dt.date.fromisoformat(day) if day else None,
        values.get("place"),
        values.get("file_id"),
        values.get("file_name"),
        values.get("file_size"),
        values.get("sha256"),
        values.get("photo", False),
        unread_day=values.get("unread_day"),
        doubtful=values.get("doubtful", False),
    )
