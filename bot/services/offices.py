"""The office and its units."""

import datetime as dt
from collections.abc import Sequence

from bot.domain.plan import Unit
from storage import offices
from storage.audit import Act
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import StoredUnit


async def ensure_office(db: Database, name: str, locale: str) -> int:
    """Return the office's id, adding it to an empty database."""
    async with db.begin() as session:
        found = await offices.find_office(session)
        return found or await offices.add_office(session, name, locale)


async def load_units(db: Database, office_id: int, units: Sequence[Unit], now: dt.datetime) -> int:
    """Add units, or bring those of the same name up to date; return how many there are now."""
    async with db.begin() as session:
        for position, unit in enumerate(units, start=1):
            async with recording(session, Act(office_id, now), "unit.put"):
                await offices.put_unit(session, office_id, position, unit)
        return len(await offices.units_of(session, office_id))


async def units_of(db: Database, office_id: int, *, on: dt.date | None = None) -> list[StoredUnit]:
    """Return the office's units in the order of their list; `on`: those alive on that day."""
    async with db.read() as session:
        return await offices.units_of(session, office_id, on=on)


async def all_units(db: Database) -> list[Unit]:
    """Return the first office's units, none in an empty database."""
    async with db.read() as session:
        office_id = await offices.find_office(session)
        if office_id is None:
            return []
        return [stored.unit for stored in await offices.units_of(session, office_id)]
