"""Giving an item's occurrences and parts the shape of a newer version; nothing is deleted.

What was reported stays with its part, its occurrence and its day. Only what is open moves.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import ExtensionState
from bot.domain.status import OWED, Progress
from bot.domain.work import DeadlineKind, Duty
from bot.domain.workdays import Calendar
from bot.services import extension_lapsing
from bot.services.plans import is_past
from bot.services.shares import Owing, first_progress
from storage import extensions, plans, versions
from storage.audit import Act
from storage.models import DeadlineRow, ItemRow, OccurrenceRow, PartRow
from storage.rows import PlanFacts, StoredUnit, identity

OPEN = OWED | {Progress.WAITING_EVENT}
BY_VERSION = "version "


@dataclass
class Tally:
    """What applying a version led to, in counts."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    parts: int = 0
    dropped: int = 0
    moved: int = 0
    past: int = 0

    def as_json(self) -> dict[str, int]:
        """Return the counts for the record."""
        return dict(vars(self))


@dataclass(frozen=True, slots=True)
class Change:
    """One version being applied: who does it, to which plan, and what it rests on."""

    session: AsyncSession
    act: Act
    plan: PlanFacts
    decision: str
    today: dt.date
    calendar: Calendar
    units: tuple[StoredUnit, ...]
    tally: Tally = field(default_factory=Tally)
    names: dict[tuple[str, int], str] = field(default_factory=dict)

    def note(self, name: str, row: ItemRow | OccurrenceRow | PartRow) -> None:
        """Say what is done to a row; the record of changes calls it that."""
        self.names[str(row.__tablename__), identity(row.id)] = name


@dataclass(frozen=True, slots=True)
class Slot:
    """A day of a deadline in the new version and the occurrence that stands for it.

    `was` is the day it stood for before; `moved` tells that it is another one now.
    """

    deadline: DeadlineRow
    occurrence: OccurrenceRow
    day: dt.date | None
    start: dt.date | None = None
    before: bool = False
    was: dt.date | None = None
    moved: bool = False
    fresh: bool = False


def stands(part: PartRow) -> bool:
    """Tell whether a part is settled: reported, or dropped by a person's decision."""
    if part.progress is Progress.DROPPED:
        return not (part.decision or "").startswith(BY_VERSION)
    return part.progress not in OPEN


async def reconcile(change: Change, slot: Slot, owing: Owing) -> None:
    """Give an occurrence its day, and a part to everybody who owes something in it."""
    session = change.session
    occurrence = slot.occurrence
    parts = await versions.parts_of(session, [identity(occurrence.id)])
    settled = {part.unit_id for part in parts if stands(part)}
    if not slot.fresh:
        settled |= await _settled_before(session, occurrence)
    if slot.moved and slot.was is None:
        settled = set()  # what was done without a date says nothing about the new one
    loose = [part for part in parts if not stands(part)]
    settled |= await _settled_on(session, slot) - {part.unit_id for part in loose}
    wanted = {unit_id: duty for unit_id, duty in owing if unit_id not in settled}
    asked_anew = bool(wanted) and not any(part.progress in OPEN for part in parts)
    if slot.moved:
        if len(loose) < len(parts) and wanted:
            occurrence = await _split(session, occurrence, loose)
        if wanted:
            await _move(change, slot, occurrence)
    elif not slot.fresh:
        occurrence.start, occurrence.before = slot.start, slot.before
    for part in loose:
        duty = wanted.pop(part.unit_id, None)
        await (drop(change, part) if duty is None else _keep(change, part, duty, slot))
    await _add(change, slot, occurrence, list(wanted.items()))
    if asked_anew and not slot.moved and is_past(occurrence, *_past_by(change)):
        occurrence.unsettled = True
        change.tally.past += 1
    session.add(occurrence)
    await session.flush()


def _past_by(change: Change) -> tuple[Any, Calendar, dt.date]:
    return change.plan.weekend, change.calendar, change.today


async def _settled_before(session: AsyncSession, occurrence: OccurrenceRow) -> set[int | None]:
    """Return who reported for this occurrence before an earlier version moved what was open."""
    rows = await versions.occurrences_of_item(session, occurrence.item_id)
    others = [
        identity(row.id)
        for row in rows
        if row.id != occurrence.id
        and row.deadline_id == occurrence.deadline_id
        and row.original_due == occurrence.original_due
    ]
    return {part.unit_id for part in await versions.parts_of(session, others) if stands(part)}


async def _settled_on(session: AsyncSession, slot: Slot) -> set[int | None]:
    """Return who reported for another deadline of the item on the same day: one part, not two."""
    rows = await versions.occurrences_of_item(session, slot.occurrence.item_id)
    others = [
        identity(row.id)
        for row in rows
        if row.deadline_id != slot.deadline.id and slot.day is not None and row.due == slot.day
    ]
    return {part.unit_id for part in await versions.parts_of(session, others) if stands(part)}


async def _split(
    session: AsyncSession, occurrence: OccurrenceRow, loose: list[PartRow]
) -> OccurrenceRow:
    """Part what is open from what was reported, which keeps its day; return the open one."""
    siblings = await versions.occurrences_of_item(session, occurrence.item_id)
    numbers = [row.number for row in siblings if row.deadline_id == occurrence.deadline_id]
    values = occurrence.model_dump(exclude={"id", "number"})
    fresh = OccurrenceRow(**values, number=max(numbers) + 1)
    session.add(fresh)
    await session.flush()
    for part in loose:
        part.occurrence_id = identity(fresh.id)
        session.add(part)
    return fresh


async def _move(change: Change, slot: Slot, occurrence: OccurrenceRow) -> None:
    """Give an occurrence the day of the new version; its first day is kept.

    A plan's change is no extension. One that was granted stands where it is later.
    """
    before = occurrence.due
    extended = slot.was is not None and before is not None and before > slot.was
    due = max(before, slot.day) if extended and before and slot.day else slot.day
    occurrence.due = due
    occurrence.original_due = occurrence.original_due or due
    occurrence.start, occurrence.before = slot.start, slot.before
    was_past, occurrence.unsettled = occurrence.unsettled, is_past(occurrence, *_past_by(change))
    change.tally.moved += 1
    change.tally.past += occurrence.unsettled and not was_past
    change.session.add(occurrence)
    change.note("occurrence.move", occurrence)


async def _keep(change: Change, part: PartRow, duty: Duty, slot: Slot) -> None:
    """Let an open part run on; one that an earlier version had dropped is taken up again."""
    first = first_progress(slot.deadline.kind)
    part.duty = duty
    if part.progress is Progress.DROPPED:
        part.progress, part.decision = first, None
        change.tally.parts += 1
        change.note("part.resume", part)
    elif part.progress in (Progress.NOT_STARTED, Progress.WAITING_EVENT):
        waits = slot.deadline.kind is DeadlineKind.RELATIVE and slot.occurrence.event_on is None
        part.progress = Progress.WAITING_EVENT if waits else Progress.NOT_STARTED
    change.session.add(part)


async def _add(change: Change, slot: Slot, occurrence: OccurrenceRow, owing: Owing) -> None:
    waits = slot.occurrence.event_on is None
    first = first_progress(slot.deadline.kind) if waits else Progress.NOT_STARTED
    for unit_id, duty in owing:
        await plans.add_part(
            change.session, occurrence.office_id, identity(occurrence.id), unit_id, duty, first
        )
        change.tally.parts += 1


async def drop(change: Change, part: PartRow) -> None:
    """Close an open part: the new version no longer asks for it. What was reported stays."""
    if part.progress not in OPEN:
        return
    part.progress, part.decision = Progress.DROPPED, change.decision
    change.session.add(part)
    change.tally.dropped += 1
    change.note("part.drop", part)
    asked = await extensions.open_row(change.session, identity(part.id))
    if asked is not None:
        asked.state, asked.answer = ExtensionState.LAPSED, change.decision
        asked.decided_at = change.act.now
        change.session.add(asked)
        await extension_lapsing.tell(change.session, change.act, identity(asked.id))


async def drop_all(change: Change, occurrences: list[OccurrenceRow]) -> None:
    """Close every open part of occurrences that the new version no longer has."""
    for occurrence in occurrences:
        occurrence.unsettled = False
        change.session.add(occurrence)
    for part in await versions.parts_of(change.session, [identity(o.id) for o in occurrences]):
        await drop(change, part)
