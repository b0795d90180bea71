"""Who may take an act back: whoever may do it at the moment of the press.

A role can have ended since. To let an act be taken back, name it in `RIGHTS` with the right that
it needs itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotAllowed
from bot.domain.problem import N_
from bot.domain.roles import Role, Viewer, coordinates, may_decide
from bot.domain.states import ExtensionState
from bot.services.difficulty_owing import may_answer
from bot.services.proof_rights import members_units
from bot.services.recipients import office_asks
from bot.services.undo_roles import may_hold
from storage import parts, undoing
from storage.models import AuditRow

NO_LONGER = N_("You may no longer do this, so you cannot take it back. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Case:
    """What an act was about: whose part, who asked, and whether Văn phòng itself did.

    `accepted`: it took a date that Văn phòng had proposed, which is the unit's to do.
    """

    unit_id: int | None = None
    asked_by: int | None = None
    office_asks: bool = False
    accepted: bool = False


Right = Callable[[Viewer, Case], bool]


def _office(viewer: Viewer, _case: Case) -> bool:
    return coordinates(viewer)


def _head(viewer: Viewer, case: Case) -> bool:
    return case.unit_id in viewer.heads()


def _reporter(viewer: Viewer, case: Case) -> bool:
    return _head(viewer, case) or coordinates(viewer)


def _member(viewer: Viewer, case: Case) -> bool:
    return case.unit_id in members_units(viewer)


def _prover(viewer: Viewer, case: Case) -> bool:
    return _member(viewer, case) or coordinates(viewer)


def _decider(viewer: Viewer, case: Case) -> bool:
    if case.accepted:
        return _head(viewer, case)
    return case.asked_by is not None and may_decide(
        viewer, case.asked_by, office_asks=case.office_asks
    )


def _answerer(viewer: Viewer, _case: Case) -> bool:
    return may_answer(viewer)


def _giver(viewer: Viewer, _case: Case) -> bool:
    """Let those pass who may give or lend some role; `may_hold` looks at the one in hand."""
    return coordinates(viewer) or viewer.has(Role.HEAD, Role.LEADER)


RIGHTS: dict[str, Right] = {
    "part.report": _reporter,
    "report.confirm": _decider,
    "report.return": _decider,
    "report.reopen": _office,
    "extension.request": _reporter,
    "extension.withdraw": _reporter,
    "extension.approve": _decider,
    "extension.reject": _decider,
    "extension.offer": _decider,
    "extension.grant": _decider,
    "extension.unoffer": _decider,
    "evidence.add": _prover,
    "evidence.correct": _prover,
    "evidence.remove": _prover,
    "difficulty.raise": _member,
    "difficulty.answer": _answerer,
    "difficulty.close": _prover,
    "part.hand": _head,
    "part.start": _member,
    "part.add": _office,
    "part.settle": _office,
    "part.give": _office,
    "part.duty": _office,
    "part.drop": _office,
    "part.resume": _office,
    "part.assign": _office,
    "item.add": _office,
    "item.name": _office,
    "item.unname": _office,
    "item.edit": _office,
    "item.remove": _office,
    "occurrence.event": _office,
    "occurrence.before": _office,
    "occurrence.date": _office,
    "occurrence.move": _office,
    "settings.set": _office,
    "part.take": _reporter,
    "grant.give": _office,
    "grant.end": _giver,
    "grant.lend": _giver,
    "unit.rename": _office,
    "unit.edit": _office,
    "unit.alias": _office,
    "unit.unalias": _office,
    "unit.merge": _office,
    "unit.end": _office,
}


async def check_rights(
    session: AsyncSession, viewer: Viewer, entries: list[AuditRow], rows: list[Any]
) -> None:
    """Let only those pass who may do now what they take back.

    Raises:
        NotAllowed: a right that one of the entries needed is held no more.
    """
    cases: dict[int | None, Case] = {}
    places = [(await undoing.item_of(session, row))[1] for row in rows]
    for part_id in dict.fromkeys(places):
        if part_id is not None:
            unit_id = (await parts.part_key(session, part_id)).unit_id
            about = [
                (entry, row)
                for entry, row, place in zip(entries, rows, places, strict=True)
                if place == part_id
            ]
            asks = await office_asks(session, viewer.office_id, unit_id)
            cases[part_id] = _case(unit_id, about, asks=asks)
    # A row of no part (an occurrence) goes with the part that the act was about.
    cases[None] = next((case for part_id, case in cases.items() if part_id), Case())
    for entry, row, part_id in zip(entries, rows, places, strict=True):
        if not RIGHTS[entry.act](viewer, cases[part_id]):
            raise NotAllowed(NO_LONGER)
        if not may_hold(viewer, entry, row):
            raise NotAllowed(NO_LONGER)


def _case(unit_id: int | None, about: list[tuple[AuditRow, Any]], *, asks: bool) -> Case:
    """Return what is asked about a part: by the report or the request among an act's rows."""
    case = Case(unit_id, office_asks=asks)
    for entry, row in about:
        if entry.subject == "report":
            case = Case(unit_id, row.person_id, asks or row.on_behalf)
        elif entry.subject == "extension":
            countered = (entry.before or {}).get("state") == ExtensionState.COUNTERED
            accepted = countered and entry.act == "extension.approve"
            case = Case(unit_id, row.requested_by, asks, accepted=accepted)
    return case
