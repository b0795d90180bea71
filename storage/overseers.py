"""Who stands above the units: the leaders who supervise them, and the Director."""

import datetime as dt
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import Role
from storage.models import GrantRow, PersonRow
from storage.rows import Person, identity


async def directors(session: AsyncSession, office_id: int, today: dt.date) -> list[Person]:
    """Return who is Giám đốc on the local day `today`."""
    return await _leaders(session, office_id, today, col(GrantRow.director).is_(True))


async def supervisors(
    session: AsyncSession, office_id: int, unit_id: int, today: dt.date
) -> list[Person]:
    """Return the leaders who supervise a unit on the local day `today`."""
    return await _leaders(session, office_id, today, GrantRow.unit_id == unit_id)


async def _leaders(
    session: AsyncSession, office_id: int, today: dt.date, which: Any
) -> list[Person]:
    rows = await session.exec(
        select(PersonRow)
        .join(GrantRow, col(GrantRow.person_id) == col(PersonRow.id))
        .where(
            GrantRow.office_id == office_id,
            GrantRow.role == Role.LEADER,
            which,
            or_(col(GrantRow.valid_from).is_(None), col(GrantRow.valid_from) <= today),
            or_(col(GrantRow.valid_to).is_(None), col(GrantRow.valid_to) >= today),
        )
        .order_by("id")
        .distinct()
    )
    return [
        Person(identity(row.id), row.office_id, row.telegram_id, row.name, row.locale)
        for row in rows
    ]
