"""Requests for another date."""

import datetime as dt
from typing import Any

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.extension import Extension
from bot.domain.states import OPEN_REQUESTS, ExtensionState
from storage.audit import Act
from storage.audit_rows import change_row
from storage.models import ExtensionRow, ItemRow, OccurrenceRow, PartRow
from storage.rows import identity


def extension_value(row: ExtensionRow) -> Extension:
    """Return the row as a value."""
    return Extension(
        identity(row.id),
        row.office_id,
        row.part_id,
        row.requested_by,
        row.requested_at,
        row.from_due,
        row.to_due,
        row.reason,
        row.state,
        row.progress_before,
        row.decided_by,
        row.decided_at,
        row.answer,
        row.counter_due,
        row.after_due,
    )


async def find_extension(
    session: AsyncSession, office_id: int, extension_id: int
) -> Extension | None:
    """Return a request of the office."""
    return await _one(
        session, ExtensionRow.id == extension_id, ExtensionRow.office_id == office_id
    )


async def open_extension(session: AsyncSession, part_id: int) -> Extension | None:
    """Return the request of a part that somebody still has to decide."""
    return await _one(
        session, ExtensionRow.part_id == part_id, col(ExtensionRow.state).in_(OPEN_REQUESTS)
    )


async def _one(session: AsyncSession, *conditions: Any) -> Extension | None:
    statement = select(ExtensionRow).where(*conditions)
    # Another statement of this session may have changed the row since it was read.
    row = (await session.exec(statement.execution_options(populate_existing=True))).first()
    return None if row is None else extension_value(row)


def granted_day() -> Any:
    """Return the day that a request leads to, as `Extension.granted` does, for a statement."""
    return func.coalesce(col(ExtensionRow.counter_due), col(ExtensionRow.to_due))


async def open_of_plan(session: AsyncSession, plan_id: int) -> list[Extension]:
    """Return the requests of a plan that somebody still has to decide, the oldest first."""
    rows = await session.exec(
        select(ExtensionRow)
        .join(PartRow, col(PartRow.id) == col(ExtensionRow.part_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
        .join(ItemRow, col(ItemRow.id) == col(OccurrenceRow.item_id))
        .where(ItemRow.plan_id == plan_id, col(ExtensionRow.state).in_(OPEN_REQUESTS))
        .order_by(col(ExtensionRow.id))
    )
    return [extension_value(row) for row in rows]


async def count_approved(session: AsyncSession, part_id: int) -> int:
    """Return how often a part's date was extended."""
    counted = select(func.count()).where(
        ExtensionRow.part_id == part_id, ExtensionRow.state == ExtensionState.APPROVED
    )
    return int((await session.exec(counted)).one())


async def change_extension(session: AsyncSession, before: Extension, **values: Any) -> bool:
    """Change columns of a request; return False when it no longer stands as it did `before`."""
    done = await session.exec(
        update(ExtensionRow)
        .where(
            col(ExtensionRow.id) == before.id,
            col(ExtensionRow.state) == before.state,
            col(ExtensionRow.counter_due).is_not_distinct_from(before.counter_due),
        )
        .values(**values)
    )
    return bool(done.rowcount == 1)


async def open_row(session: AsyncSession, part_id: int) -> ExtensionRow | None:
    """Return the row of a part's open request; changing it changes the table."""
    asked = select(ExtensionRow).where(
        ExtensionRow.part_id == part_id, col(ExtensionRow.state).in_(OPEN_REQUESTS)
    )
    return (await session.exec(asked.execution_options(populate_existing=True))).first()


async def close_open(
    session: AsyncSession, act: Act, name: str, part_id: int, state: ExtensionState, **more: Any
) -> None:
    """Close a part's open request, if there is one, inside another act; and record it."""
    row = await open_row(session, part_id)
    if row is not None:
        await change_row(session, act, name, row, state=state, decided_at=act.now, **more)


async def extended_due(session: AsyncSession, part_id: int) -> dt.date | None:
    """Return the date that an earlier extension gave a part."""
    statement = select(col(PartRow.extended_due)).where(PartRow.id == part_id)
    return (await session.exec(statement)).one()


async def extend_part(session: AsyncSession, part_id: int, due: dt.date) -> None:
    """Give a part another due day; its occurrence keeps the original one."""
    await session.exec(update(PartRow).where(col(PartRow.id) == part_id).values(extended_due=due))
