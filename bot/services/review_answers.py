"""What an answer to a draft's question changes, and what is recorded of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Unspecified
from bot.domain.draft import Draft, DraftItem
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.review import (
    NO_LEAD,
    Question,
    Topic,
    deadline_problems,
    name_key,
    names_in,
    note_problems,
    unknown_names,
)
from bot.domain.work import Duty
from bot.services.plan_items import store_deadline
from storage import draft_changes
from storage.audit import Act
from storage.audit_rows import recording
from storage.models import ItemUnitRow
from storage.rows import StoredUnit

MISFIT = N_("This answer does not fit the question. Nothing has changed.")
NO_UNIT = N_("Choose at least one unit.")
Change = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TheUnit:
    """A written name means this unit."""

    unit_id: int


@dataclass(frozen=True, slots=True)
class NoUnit:
    """A written name is no unit of the office."""


@dataclass(frozen=True, slots=True)
class TheUnits:
    """A collective means these units, or these lead."""

    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AsRead:
    """It was read right, or was looked at."""


@dataclass(frozen=True, slots=True)
class OnDeadline:
    """The deadline is this one; `Unspecified` leaves it to be set later."""

    deadline: DateDeadline | Ongoing | Unspecified


Answer = TheUnit | NoUnit | TheUnits | AsRead | OnDeadline


async def apply(
    session: AsyncSession,
    act: Act,
    draft: Draft,
    units: Sequence[StoredUnit],
    question: Question,
    said: Answer,
) -> Change:
    """Change the draft as answered; return what it was and what it is, for the record.

    Raises:
        UserError: the answer is not one to this question.
    """
    match question.topic, said:
        case Topic.UNIT, TheUnit(unit_id):
            chosen = next((stored for stored in units if stored.id == unit_id), None)
            if chosen is None:
                raise UserError(MISFIT)
            return await _name_unit(session, act, draft, units, question, chosen)
        case Topic.UNIT, NoUnit():
            return await _strike_unit(session, draft, units, question)
        case Topic.COLLECTIVE | Topic.LEAD, TheUnits(unit_ids):
            return await _put_units(session, act, units, question, unit_ids)
        case Topic.DEADLINE, OnDeadline(deadline):
            return await _put_deadline(session, act, draft, question, deadline)
        case Topic.DEADLINE, AsRead():
            return await _accept_deadline(session, draft, question)
        case Topic.NOTE, AsRead():
            return await _seen(session, draft, units, question)
    raise UserError(MISFIT)


def _places(
    draft: Draft, units: Sequence[StoredUnit], written: str
) -> list[tuple[DraftItem, frozenset[str]]]:
    """Return every item that has the written name, with the ways it stands there."""
    same = name_key(written)
    found = []
    for item in draft.items:
        unknown = unknown_names(item, [stored.unit for stored in units])
        names = frozenset(name for name in unknown if name_key(name) == same)
        if names:
            found.append((item, names))
    return found


async def _drop_name_problems(
    session: AsyncSession, item: DraftItem, names: frozenset[str]
) -> None:
    left = [problem for problem in item.problems if not names_in(problem, names)]
    await draft_changes.put_problems(session, item.id, left)


async def _name_unit(
    session: AsyncSession,
    act: Act,
    draft: Draft,
    units: Sequence[StoredUnit],
    question: Question,
    chosen: StoredUnit,
) -> Change:
    """Let a written name mean a unit in the whole draft, and remember it for later plans."""
    for item, names in _places(draft, units, question.written):
        await draft_changes.rename_unit(session, item.id, names, chosen.unit.name, chosen.id)
        await _drop_name_problems(session, item, names)
    async with recording(session, act, "alias.add"):
        await draft_changes.add_alias(session, act.office_id, chosen.id, question.written)
    return {"written": question.written, "codes": [*question.codes]}, {"unit": chosen.id}


async def _strike_unit(
    session: AsyncSession, draft: Draft, units: Sequence[StoredUnit], question: Question
) -> Change:
    for item, names in _places(draft, units, question.written):
        await draft_changes.remove_unit(session, item.id, names)
        await _drop_name_problems(session, item, names)
    return {"written": question.written, "codes": [*question.codes]}, {"unit": None}


async def _put_units(
    session: AsyncSession,
    act: Act,
    units: Sequence[StoredUnit],
    question: Question,
    unit_ids: tuple[int, ...],
) -> Change:
    item = question.item
    chosen = [(stored.id, stored.unit.name) for stored in units if stored.id in unit_ids]
    if not chosen:
        raise UserError(NO_UNIT)
    assert item is not None  # these are asked item by item
    if question.topic is Topic.COLLECTIVE:
        leads = frozenset(unit.written for unit in item.units if unit.duty is Duty.LEAD)
        await draft_changes.replace_collective(session, item.id, question.written, chosen, leads)
        return {"collective": question.written}, {"units": [*unit_ids]}
    session.add_all(
        ItemUnitRow(
            office_id=act.office_id,
            item_id=item.id,
            position=position,
            duty=Duty.LEAD,
            written=name,
            unit_id=unit_id,
        )
        for position, (unit_id, name) in enumerate(chosen)
    )
    left = [problem for problem in item.problems if problem.msgid != NO_LEAD]
    await draft_changes.put_problems(session, item.id, left)
    return {"lead": []}, {"lead": [*unit_ids]}


async def _put_deadline(
    session: AsyncSession, act: Act, draft: Draft, question: Question, deadline: Deadline
) -> Change:
    """Put one deadline in the place of all that was read from the item's cell."""
    item = question.item
    assert item is not None  # deadlines are asked item by item
    before = await draft_changes.remove_deadlines(session, item.id)
    await store_deadline(session, act.office_id, item.id, 0, deadline, [], internal=False)
    await draft_changes.mark_settled(session, item.id)
    await _drop_deadline_problems(session, draft, item)
    day = deadline.due.isoformat() if isinstance(deadline, DateDeadline) else None
    return {"deadlines": before}, {"due": day, "kind": type(deadline).__name__}


async def _accept_deadline(session: AsyncSession, draft: Draft, question: Question) -> Change:
    item = question.item
    assert item is not None  # deadlines are asked item by item
    await draft_changes.mark_settled(session, item.id)
    await _drop_deadline_problems(session, draft, item)
    return {"problems": [p.msgid for p in question.problems]}, {"accepted": True}


async def _drop_deadline_problems(session: AsyncSession, draft: Draft, item: DraftItem) -> None:
    settled = deadline_problems(draft, item)
    left = [problem for problem in item.problems if problem not in settled]
    await draft_changes.put_problems(session, item.id, left)


async def _seen(
    session: AsyncSession, draft: Draft, units: Sequence[StoredUnit], question: Question
) -> Change:
    seen = question.problems
    if question.item is None:
        await draft_changes.put_plan_problems(
            session, draft.id, [p for p in draft.problems if p not in seen]
        )
    else:
        notes = note_problems(draft, question.item, [stored.unit for stored in units])
        left = [p for p in question.item.problems if p not in notes]
        await draft_changes.put_problems(session, question.item.id, left)
    return {"problems": [p.msgid for p in seen]}, {"seen": True}
