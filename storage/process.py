"""What the running process leaves for other commands."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ProcessFactRow
from storage.upsert import insert_into


async def put_fact(session: AsyncSession, name: str, value: str, now: dt.datetime) -> None:
    """Record a fact as of `now`, replacing what it was."""
    values = {"value": value, "at": now}
    statement = insert_into(session, ProcessFactRow).values(name=name, **values)
    await session.exec(statement.on_conflict_do_update(index_elements=["name"], set_=values))


async def find_fact(session: AsyncSession, name: str) -> tuple[str, dt.datetime] | None:
    """Return a fact and when it was recorded."""
    row = await session.get(ProcessFactRow, name)
    return None if row is None else (row.value, row.at)
