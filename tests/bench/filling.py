"""Tables filled by the thousand: an office with many units and chats, and its years of work."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.domain.roles import ChatPurpose
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from storage.db import Database
from storage.models import (
    ChatBindingRow,
    ChatRow,
    DeadlineRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    UnitRow,
)
from tests.builders import LONG_AGO, Office, day, make_office

FIRST_ID = 1_000  # what `make_office` makes has smaller ids
FIRST_CHAT = 5_000_000
BATCH = 20_000
EMPTY = {
    "product": "", "deadline_text": "", "assignment_text": "", "note": "", "problems": [],
}  # fmt: skip


async def open_office(path: Path, units: int) -> Office:
    """Return an office over a new database file, with this many units of a group chat each."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.migrate()
    office = await make_office(db, settings={})
    numbers = range(FIRST_ID, FIRST_ID + units)
    own = {"office_id": office.id}
    names = {n: f"Phòng Thứ {n}" for n in numbers}
    await put(db, UnitRow, ({**own, "id": n, "position": n, "name": names[n]} for n in numbers))
    there = {**own, "thread_id": 0}
    chats = (
        {**there, "id": n, "telegram_id": -FIRST_CHAT - n, "title": names[n]} for n in numbers
    )
    await put(db, ChatRow, chats)
    bound = {**own, "purpose": ChatPurpose.UNIT}
    await put(db, ChatBindingRow, ({**bound, "chat_id": n, "unit_id": n} for n in numbers))
    office.units.update({name: n for n, name in names.items()})
    office.chats.update({name: n for n, name in names.items()})
    return office


async def put(db: Database, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, many in a transaction."""
    held = list(rows)
    for at in range(0, len(held), BATCH):
        async with db.begin() as session:
            connection = await session.connection()
            await connection.execute(insert(table), held[at : at + BATCH])


async def put_plan(office: Office, first: str, last: str) -> int:
    """Put a plan in force for some days, and return its id."""
    plan = {
        "id": FIRST_ID, "office_id": office.id, "title": "Kế hoạch", "year": day(last).year,
        "starts_on": day(first), "ends_on": day(last), "state": PlanState.ACTIVE,
        "source_name": "k.txt", "source_sha256": "x", "loaded_at": LONG_AGO,
        "activated_at": LONG_AGO, "problems": [],
    }  # fmt: skip
    await put(office.db, PlanRow, [plan])
    return FIRST_ID


async def put_items(
    office: Office,
    plan_id: int,
    count: int,
    kind: DeadlineKind = DeadlineKind.RECURRING,
    since: int = FIRST_ID,
) -> None:
    """Put items with a deadline each, under the same ids from `since`."""
    ids, own = range(since, since + count), {"office_id": office.id}
    items = (
        {**own, "id": n, "plan_id": plan_id, "position": n, "code": f"V.{n}", "section": "V",
         "title": f"Rà soát, báo cáo kết quả lần thứ {n}", **EMPTY}
        for n in ids
    )  # fmt: skip
    await put(office.db, ItemRow, items)
    deadlines = (
        {**own, "id": n, "item_id": n, "position": 0, "kind": kind,
         "value": {"text": "ngày 14 hàng tháng"}, "written_units": []}
        for n in ids
    )  # fmt: skip
    await put(office.db, DeadlineRow, deadlines)


async def put_parts(
    office: Office,
    item_ids: range,
    dues: Iterable[dt.date | None],
    since: int = FIRST_ID,
    **other: Any,
) -> None:
    """Put an occurrence a due day, with one part each, spread over items and units in turn.

    `other` are columns of the parts.
    """
    days, own = list(dues), {"office_id": office.id}
    units = [n for n in office.units.values() if n >= FIRST_ID]
    occurrences = (
        {**own, "id": since + at, "item_id": item_ids[at % len(item_ids)],
         "deadline_id": item_ids[at % len(item_ids)], "number": since + at, "due": due,
         "original_due": due}
        for at, due in enumerate(days)
    )  # fmt: skip
    await put(office.db, OccurrenceRow, occurrences)
    values = {"duty": Duty.LEAD, "progress": Progress.NOT_STARTED, **other}
    parts = (
        {**own, **values, "id": since + at, "occurrence_id": since + at,
         "unit_id": units[at % len(item_ids) % len(units)]}
        for at in range(len(days))
    )  # fmt: skip
    await put(office.db, PartRow, parts)
