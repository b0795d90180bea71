"""The record of every change, and the guard that lets an update act once."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import AlreadyHandled
from storage.models import AuditRow, UpdateRow


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts and when; `update_id` is the incoming update that asked for it, if one did."""

    office_id: int
    now: dt.datetime
    person_id: int | None = None
    update_id: int | None = None


async def refuse_repeated(session: AsyncSession, update_id: int | None) -> None:
    """Refuse an update that has acted: what it finds now is what it did itself.

    Raises:
        AlreadyHandled: it has.
    """
    acted = select(UpdateRow.id).where(UpdateRow.id == update_id, col(UpdateRow.acted).is_(True))
    if update_id is not None and (await session.exec(acted)).first() is not None:
        raise AlreadyHandled


async def claim_update(session: AsyncSession, act: Act) -> None:
    """Let the update act, once.

    Belongs to the transaction of the act itself, so that both happen or neither.

    Raises:
        AlreadyHandled: the update has acted before (it came twice, or the process was killed
            between the act and its answer).
    """
    if act.update_id is None:
        return
    claimed = await session.exec(
        update(UpdateRow)
        .where(col(UpdateRow.id) == act.update_id, col(UpdateRow.acted).is_(False))
        .values(acted=True)
    )
    if claimed.rowcount == 1:
        return
    known = await session.exec(select(UpdateRow.id).where(UpdateRow.id == act.update_id))
    if known.first() is not None:
        raise AlreadyHandled


async def record(
    session: AsyncSession,
    act: Act,
    name: str,
    subject: str,
    subject_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    undoes_id: int | None = None,
) -> None:
    """Write down a change to `subject` (a table's name) with what it was and what it is.

    `undoes_id` is the entry that this change takes back.
    """
    session.add(
        AuditRow(
            office_id=act.office_id,
            at=act.now,
            person_id=act.person_id,
            act=name,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
            update_id=act.update_id,
            undoes_id=undoes_id,
        )
    )
    await session.flush()


async def newest_entry(session: AsyncSession) -> int:
    """Return the id of the newest entry, 0 where there is none."""
    return (await session.exec(select(func.max(AuditRow.id)))).one() or 0
