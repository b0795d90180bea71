"""What an act that is taken back was about: for who did it, and for who was told of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.records import ItemFacts
from bot.domain.rules import NAMES
from bot.domain.states import ExtensionState
from bot.domain.work import Part
from bot.services import undo_standing
from bot.services.messages import Gone
from bot.services.messages_undoing import LastAct, UndoneMessage
from storage import offices, parts, plans, undoing
from storage.models import AuditRow, PartRow
from storage.rows import Owed

# An act of several steps is called by the first of these that is among them.
UNITS = tuple(f"unit.{act}" for act in ("merge", "end", "rename", "edit", "alias", "unalias"))
ROLES = ("grant.give", "grant.end", "grant.lend")
MAIN = (
    "occurrence.event",
    "occurrence.date",
    "item.add",
    "item.name",
    "settings.set",
    *UNITS,
    *ROLES,
)
APPROVED = "extension.approve"
MOST_CODES = 10
Place = tuple[int | None, int | None]


async def about(
    session: AsyncSession,
    office_id: int,
    entries: Sequence[AuditRow],
    places: Sequence[Place],
    items: Sequence[ItemFacts],
    until: dt.datetime,
) -> LastAct:
    """Say what entries of one act were about; `places` are (item, part) of each."""
    part_ids = sorted({part_id for _, part_id in places if part_id is not None})
    found = [await parts.find_part(session, office_id, part_id) for part_id in part_ids]
    units = dict.fromkeys(part.unit for part in found if part is not None and part.unit)
    newest, main = entries[-1], main_entry(entries)
    if main.act in UNITS or main.act in ROLES:
        units = dict.fromkeys(await _kept_units(session, office_id, entries))
    several = len(items) > 1
    return LastAct(
        newest.id or 0,
        main.act,
        main.subject,
        newest.at,
        until,
        items[0].id if items else None,
        ", ".join(item.code for item in items[:MOST_CODES]) + "…" * (len(items) > MOST_CODES),
        "" if several or not items else items[0].title,
        tuple(units),
        _settings(main),
    )


async def _kept_units(
    session: AsyncSession, office_id: int, entries: Sequence[AuditRow]
) -> list[str]:
    """Return the units that an act on units or roles was about, the merged one first."""
    names = await offices.unit_names(session, office_id)
    found: list[str] = []
    for entry in entries:
        values = {**(entry.before or {}), **(entry.after or {})}
        own = entry.subject_id if entry.subject == "unit" else None
        # A merger moves ways of writing too; they are not what it was about.
        named = values.get("unit_id") if entry.act in ("unit.alias", "unit.unalias") else None
        if entry.act in ROLES:
            row = await undoing.row_or_shadow(session, entry)
            named = getattr(row, "unit_id", None)
        ids = (own, values.get("merged_into"), named)
        found += [names[key] for key in ids if key in names]
    return found


def main_entry(entries: Sequence[AuditRow]) -> AuditRow:
    """Return the entry that says best what an act was."""
    by_act = {entry.act: entry for entry in reversed(entries)}
    return next((by_act[name] for name in MAIN if name in by_act), entries[-1])


def _settings(entry: AuditRow) -> tuple[str, ...]:
    """Return the names of the settings that an entry changed."""
    if entry.act != "settings.set":
        return ()
    before, after = ({**(side or {})} for side in (entry.before, entry.after))
    kept = before.pop("settings", None) or {}, after.pop("settings", None) or {}
    before, after = {**before, **kept[0]}, {**after, **kept[1]}
    return tuple(name for name in NAMES if before.get(name) != after.get(name))


async def undone(session: AsyncSession, owed: Owed, now: dt.datetime) -> UndoneMessage | Gone:
    """Return the word to who was told of an act that was taken back."""
    newest = await undoing.find_entry(session, owed.office_id, owed.subject_id or 0)
    if newest is None:
        return Gone("no such act")
    entries = [
        entry
        for entry in await undoing.entries_with(session, newest)
        if entry.subject in undoing.TABLES
    ]
    rows = [await undoing.row_or_shadow(session, entry) for entry in entries]
    places = [await undoing.item_of(session, row) for row in rows]
    wanted = await _shown(session, owed, places)
    items = [await plans.find_item(session, owed.office_id, item_id) for item_id in wanted]
    known = [item for item in items if item is not None]
    if not known and main_entry(entries).act not in (*UNITS, *ROLES):
        return Gone("it is about no item")
    own = [place for place in places if place[0] in wanted]
    last = await about(session, owed.office_id, entries, own, known, now)
    behalf = any(getattr(row, "on_behalf", False) for row in rows)
    accepted = any(map(_accepts, entries))
    return UndoneMessage(
        owed.id,
        last,
        local_day(now),
        await undo_standing.line_of(session, owed, own, now),
        behalf,
        accepted,
        await _event(session, entries, rows),
        await undo_standing.without_it(session, owed, rows, now),
        *await undo_standing.roles_of(session, owed, rows, now),
    )


async def _event(
    session: AsyncSession, entries: Sequence[AuditRow], rows: Sequence[Any]
) -> Part | None:
    """Return a part that counts from the event that an act recorded."""
    if all(entry.act != "occurrence.event" for entry in entries):
        return None
    part_ids = [row.id for row in rows if isinstance(row, PartRow) and row.id is not None]
    found = (await parts.parts_with_ids(session, part_ids)).values()
    return next((part for part in found if part.event_on is not None), None)


def _accepts(entry: AuditRow) -> bool:
    """Tell whether an entry is of a unit that took the day proposed to it."""
    before, after = entry.before or {}, entry.after or {}
    proposed = before.get("state") == ExtensionState.COUNTERED
    return entry.act == APPROVED and proposed and "counter_due" not in after


async def _shown(session: AsyncSession, owed: Owed, places: Sequence[Place]) -> list[int]:
    """Return the items of an act that may be named in a chat: those that it was told of."""
    every = [item_id for item_id in dict.fromkeys(item for item, _ in places) if item_id]
    told = owed.payload.get("items")
    return every if told is None else [item_id for item_id in every if item_id in told]
