"""Giving out parts when an item changes, and telling the units concerned."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind
from bot.domain.states import PlanState
from bot.domain.status import CLOSED, OWED, Progress
from bot.domain.work import DeadlineKind, Duty
from bot.services.change_steps import At
from bot.services.extension_lapsing import lapse
from bot.services.recipients import recipients_of
from bot.services.shares import Owing, Shares, first_progress
from storage import item_changes, offices, outbox
from storage.audit_rows import change_row, insert_row
from storage.models import DeadlineRow, ItemRow, OccurrenceRow, PartRow
from storage.rows import identity

OPEN = OWED | {Progress.WAITING_EVENT}


class Changed(StrEnum):
    """What happened to an item, as the units are told."""

    EVENT = "event"
    DATED = "dated"
    GIVEN = "given"
    TAKEN = "taken"
    ADDED = "added"
    DROPPED = "dropped"
    EDITED = "edited"
    CLOSED = "closed"
    MERGED = "merged"


async def shares_of(at: At, item_id: int) -> Shares:
    """Return who has which duty in an item, as it names them now."""
    units = await offices.units_of(at.session, at.viewer.office_id, on=at.today)
    named = await item_changes.units_of_item(at.session, item_id)
    deadlines = await item_changes.deadlines_of_item(at.session, item_id)
    return Shares.of(named, deadlines, units)


async def add_occurrence(
    at: At,
    name: str,
    deadline: DeadlineRow,
    due: dt.date,
    event_on: dt.date,
    owing: Owing,
    event: str | None = None,
) -> int:
    """Add a dated occurrence of a deadline with a part for each who owes something in it."""
    before = await item_changes.occurrences_of(at.session, identity(deadline.id))
    occurrence_id = await insert_row(
        at.session,
        at.act,
        name,
        OccurrenceRow(
            office_id=at.viewer.office_id,
            item_id=deadline.item_id,
            deadline_id=identity(deadline.id),
            number=max((row.number for row in before), default=0) + 1,
            due=due,
            original_due=due,
            event_on=event_on,
            event=event,
        ),
    )
    await add_parts(at, occurrence_id, owing, Progress.NOT_STARTED)
    return occurrence_id


async def add_parts(at: At, occurrence_id: int, owing: Owing, progress: Progress) -> None:
    """Add parts to an occurrence."""
    for unit_id, duty in owing:
        await insert_row(
            at.session,
            at.act,
            "part.add",
            PartRow(
                office_id=at.viewer.office_id,
                occurrence_id=occurrence_id,
                unit_id=unit_id,
                duty=duty,
                progress=progress,
            ),
        )


async def waiting_owing(at: At, deadline: DeadlineRow) -> Owing:
    """Return who waits for a relative deadline's event; failing that, who owes by the item."""
    owing: Owing = []
    for occurrence in await item_changes.occurrences_of(at.session, identity(deadline.id)):
        for part in await item_changes.part_rows(at.session, identity(occurrence.id)):
            if part.progress is Progress.WAITING_EVENT:
                owing.append((part.unit_id, part.duty))
    share = await shares_of(at, deadline.item_id)
    return list(dict.fromkeys(owing)) or share.of_deadline(deadline)


async def drop_part(at: At, part: PartRow, decision: str) -> bool:
    """Close an open part, with what this rests on; what was reported stays."""
    if part.progress not in OPEN:
        return False
    await lapse(at.session, at.act, "part.drop", identity(part.id), decision)
    return await change_row(
        at.session, at.act, "part.drop", part, progress=Progress.DROPPED, decision=decision
    )


async def share_anew(at: At, item_id: int, decision: str) -> None:
    """Bring an item's open parts in line with the units it names now; nothing is deleted."""
    share = await shares_of(at, item_id)
    for deadline in await item_changes.deadlines_of_item(at.session, item_id):
        if deadline.internal:
            continue
        for occurrence in await item_changes.occurrences_of(at.session, identity(deadline.id)):
            parts = await item_changes.part_rows(at.session, identity(occurrence.id))
            if parts and all(part.progress in CLOSED for part in parts):
                continue
            await _share_one(at, deadline, occurrence, share.of_deadline(deadline), decision)


async def _share_one(
    at: At, deadline: DeadlineRow, occurrence: OccurrenceRow, owing: Owing, decision: str
) -> None:
    wanted = dict(owing)
    parts = await item_changes.part_rows(at.session, identity(occurrence.id))
    held = {part.unit_id for part in parts}
    nobody = next((p for p in parts if p.unit_id is None and p.progress in OPEN), None)
    lead = next((u for u in wanted if u is not None and u not in held), None)
    if nobody is not None and lead is not None and None not in wanted:
        await change_row(at.session, at.act, "part.give", nobody, unit_id=lead)
    for part in parts:
        duty = wanted.pop(part.unit_id, None)
        if duty is None:
            await drop_part(at, part, decision)
        elif part.progress in OPEN:
            await change_row(at.session, at.act, "part.duty", part, duty=duty)
        elif part.progress is Progress.DROPPED:
            await change_row(
                at.session,
                at.act,
                "part.resume",
                part,
                duty=duty,
                decision=None,
                progress=_first(deadline, occurrence),
            )
    first = _first(deadline, occurrence)
    await add_parts(at, identity(occurrence.id), list(wanted.items()), first)


def _first(deadline: DeadlineRow, occurrence: OccurrenceRow) -> Progress:
    waits = deadline.kind is DeadlineKind.RELATIVE and occurrence.event_on is None
    return first_progress(DeadlineKind.RELATIVE if waits else DeadlineKind.DATE)


async def units_with_work(session: AsyncSession, item_id: int) -> set[int | None]:
    """Return the units with an open part in an item."""
    return {part.unit_id for part in await item_changes.open_rows(session, item_id)}


async def duties_with_work(session: AsyncSession, item_id: int) -> set[tuple[int, Duty]]:
    """Return the units with an open part in an item, each with its duty."""
    rows = await item_changes.open_rows(session, item_id)
    return {(row.unit_id, row.duty) for row in rows if row.unit_id is not None}


async def tell(
    at: At,
    item: ItemRow,
    what: Changed,
    units: Iterable[int | None],
    *,
    day: dt.date | None = None,
    occurrence_id: int | None = None,
) -> None:
    """Owe each chat of the units concerned a word about the change; none while it is a draft.

    `day` and `occurrence_id` say of which of the item's days it tells.
    """
    plan = await at.plan_of(item)
    concerned = set(units)
    if plan.state is not PlanState.ACTIVE or not concerned:
        return
    to = await recipients_of(at.session, at.viewer.office_id, local_day(at.act.now))
    for chat in to.chats():
        of_chat = sorted(u or 0 for u in concerned & set(to.units_of(chat.id)))
        if not of_chat:
            continue
        key = f"changed:{item.id}:{what}:{at.act.update_id or at.act.now.timestamp()}"
        payload = {
            "what": what.value,
            "units": of_chat,
            "day": day.isoformat() if day else None,
            "occurrence": occurrence_id,
        }
        await outbox.owe(
            at.session,
            chat,
            OutboxKind.ITEM_CHANGED,
            key,
            at.act.now,
            subject_id=identity(item.id),
            payload=payload,
        )
