"""The ledger of reminders, read and written by the batch: it grows for years."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.outbox import OutboxState
from storage.models import OutboxRow, ReminderRow
from storage.rows import identity
from storage.upsert import insert_into

# (chat, part, the day it is about, step)
LedgerKey = tuple[int, int, dt.date, str]
# What was dropped or failed was not told: it is owed again.
LIVE = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.SENT)
BATCH = 400
EARLIER = "earlier"  # in a message's payload


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of a message: which part, about which day, at which step."""

    id: int
    part_id: int
    due: dt.date
    step: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What was told about a part, to which chat, and when it went out."""

    chat_id: int
    part_id: int
    due: dt.date
    step: str
    sent_at: dt.datetime


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(set(ids))
    for at in range(0, len(ordered), BATCH):
        yield ordered[at : at + BATCH]


async def told(
    session: AsyncSession, part_ids: Collection[int], steps: Collection[str]
) -> set[LedgerKey]:
    """Return what chats were told, or are about to be, about parts at one of `steps`."""
    names = sorted(set(steps))
    found: set[LedgerKey] = set()
    for batch in _batches(part_ids):
        rows = await session.exec(
            select(
                col(ReminderRow.chat_id),
                col(ReminderRow.part_id),
                col(ReminderRow.due),
                col(ReminderRow.step),
            )
            .join(OutboxRow, col(OutboxRow.id) == col(ReminderRow.outbox_id))
            .where(
                col(ReminderRow.part_id).in_(batch),
                col(ReminderRow.step).in_(names),
                col(OutboxRow.state).in_(LIVE),
            )
        )
        found.update(rows.all())
    return found


async def add_lines(
    session: AsyncSession, office_id: int, outbox_id: int, keys: Iterable[LedgerKey]
) -> None:
    """Write ledger lines of a message; a line whose message never went out points to this one.

    The message remembers that one, so that the ledger can still tell of it.
    """
    keys = list(keys)
    await _remember_earlier(session, outbox_id, keys)
    values = [
        {
            "office_id": office_id,
            "outbox_id": outbox_id,
            "chat_id": chat_id,
            "part_id": part_id,
            "due": due,
            "step": step,
        }
        for chat_id, part_id, due, step in keys
    ]
    for at in range(0, len(values), BATCH // 6):
        statement = insert_into(session, ReminderRow).values(values[at : at + BATCH // 6])
        await session.exec(
            statement.on_conflict_do_update(
                index_elements=["chat_id", "part_id", "due", "step"],
                set_={"outbox_id": outbox_id},
            )
        )


async def _remember_earlier(
    session: AsyncSession, outbox_id: int, keys: Sequence[LedgerKey]
) -> None:
    """Note in a message's payload which earlier ones, not sent, its lines stood in until now."""
    lines = await session.exec(
        select(ReminderRow).where(
            col(ReminderRow.chat_id).in_({key[0] for key in keys}),
            col(ReminderRow.part_id).in_({key[1] for key in keys}),
            ReminderRow.outbox_id != outbox_id,
        )
    )
    wanted = set(keys)
    ids = {
        line.outbox_id
        for line in lines
        if (line.chat_id, line.part_id, line.due, line.step) in wanted
    }
    if not ids:
        return
    rows = await session.exec(
        select(OutboxRow).where(col(OutboxRow.id).in_(ids), col(OutboxRow.state).not_in(LIVE))
    )
    earlier = {number for row in rows for number in (identity(row.id), *earlier_of(row.payload))}
    row = await session.get_one(OutboxRow, outbox_id)
    payload = {**(row.payload or {}), EARLIER: sorted(earlier.union(earlier_of(row.payload)))}
    await session.exec(
        update(OutboxRow).where(col(OutboxRow.id) == outbox_id).values(payload=payload)
    )


def earlier_of(payload: dict[str, Any] | None) -> list[int]:
    """Return the messages, not sent, in whose place the one with this payload was owed."""
    return list((payload or {}).get(EARLIER, ()))


async def lines_of(session: AsyncSession, outbox_id: int) -> list[LedgerLine]:
    """Return what a message is about, in the order in which it was planned."""
    rows = await session.exec(
        select(ReminderRow).where(ReminderRow.outbox_id == outbox_id).order_by("id")
    )
    return [_line(row) for row in rows]


async def keys_of(session: AsyncSession, outbox_id: int) -> set[LedgerKey]:
    """Return what the ledger knows a message's lines by."""
    return {
        (line.chat_id, line.part_id, line.due, line.step)
        for line in await lines_of(session, outbox_id)
    }


async def find_line(session: AsyncSession, office_id: int, line_id: int) -> LedgerLine | None:
    """Return a ledger line of the office."""
    row = await session.get(ReminderRow, line_id)
    if row is None or row.office_id != office_id:
        return None
    return _line(row)


def _line(row: ReminderRow) -> LedgerLine:
    return LedgerLine(identity(row.id), row.part_id, row.due, row.step, row.chat_id)


async def sent_about(session: AsyncSession, part_ids: Sequence[int]) -> list[ToldLine]:
    """Return everything that went out about parts, oldest first."""
    found: list[ToldLine] = []
    for batch in _batches(part_ids):
        rows = await session.exec(
            select(  # type: ignore[call-overload]
                col(ReminderRow.chat_id),
                col(ReminderRow.part_id),
                col(ReminderRow.due),
                col(ReminderRow.step),
                col(OutboxRow.closed_at),
            )
            .join(OutboxRow, col(OutboxRow.id) == col(ReminderRow.outbox_id))
            .where(
                col(ReminderRow.part_id).in_(batch),
                col(OutboxRow.state) == OutboxState.SENT,
                col(OutboxRow.closed_at).is_not(None),
            )
            .order_by(col(OutboxRow.closed_at))
        )
        found += [ToldLine(*row) for row in rows]
    return found


async def last_sent(
    session: AsyncSession, part_ids: Collection[int], kind: str
) -> dict[tuple[int, int, dt.date], dt.datetime]:
    """Return when a step of a kind ("up": "up:office:2") went out last, by (chat, part, due)."""
    found: dict[tuple[int, int, dt.date], dt.datetime] = {}
    for batch in _batches(part_ids):
        rows = await session.exec(
            select(
                col(ReminderRow.chat_id),
                col(ReminderRow.part_id),
                col(ReminderRow.due),
                func.max(col(OutboxRow.closed_at)),
            )
            .join(OutboxRow, col(OutboxRow.id) == col(ReminderRow.outbox_id))
            .where(
                col(ReminderRow.part_id).in_(batch),
                col(ReminderRow.step).startswith(f"{kind}:"),
                col(OutboxRow.state) == OutboxState.SENT,
            )
            .group_by(col(ReminderRow.chat_id), col(ReminderRow.part_id), col(ReminderRow.due))
        )
        found |= {(chat, part, due): at for chat, part, due, at in rows if at is not None}
    return found


async def asked_with(session: AsyncSession, line: LedgerLine) -> list[LedgerLine]:
    """Return the lines by which the message of a line asks at the same step."""
    message = select(ReminderRow.outbox_id).where(ReminderRow.id == line.id)
    rows = await session.exec(
        select(ReminderRow).where(
            col(ReminderRow.outbox_id).in_(message), ReminderRow.step == line.step
        )
    )
    return [_line(row) for row in rows]
