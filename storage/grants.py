"""Roles as they are given, lent for a time, and ended."""

import datetime as dt

from sqlalchemy import or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.membership import Held
from bot.domain.roles import Role
from storage.models import GrantRow, PersonRow
from storage.rows import identity


async def put_grant(
    session: AsyncSession,
    office_id: int,
    person_id: int,
    role: Role,
    unit_id: int | None,
    *,
    today: dt.date,
    stands_in_for: int | None = None,
    days: tuple[dt.date | None, dt.date | None] = (None, None),
    director: bool = False,
) -> tuple[int, bool] | None:
    """Give a role from–to (`days`); return its id and whether the row is new.

    One that ended, or was only lent, becomes the new one: a person holds a role in a unit once.
    None when the person holds it for good already.
    """
    row = (
        await session.exec(
            select(GrantRow).where(
                GrantRow.person_id == person_id,
                GrantRow.role == role,
                col(GrantRow.unit_id).is_(None)
                if unit_id is None
                else col(GrantRow.unit_id) == unit_id,
            )
        )
    ).first()
    new = row is None
    if row is None:
        row = GrantRow(office_id=office_id, person_id=person_id, role=role, unit_id=unit_id)
    elif row.stands_in_for is None and (row.valid_to is None or row.valid_to >= today):
        return None
    row.stands_in_for, row.director = stands_in_for, director
    row.valid_from, row.valid_to = days
    session.add(row)
    await session.flush()
    return identity(row.id), new


async def held_grants(
    session: AsyncSession, office_id: int, today: dt.date, *, person_id: int | None = None
) -> list[Held]:
    """Return the roles held on `today` or later, by person in the order they joined."""
    statement = (
        select(GrantRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(GrantRow.person_id))
        .where(
            GrantRow.office_id == office_id,
            or_(col(GrantRow.valid_to).is_(None), col(GrantRow.valid_to) >= today),
        )
        .order_by(col(GrantRow.person_id), col(GrantRow.id))
    )
    if person_id is not None:
        statement = statement.where(GrantRow.person_id == person_id)
    return [
        Held(
            identity(row.id),
            row.person_id,
            name,
            row.role,
            row.unit_id,
            row.stands_in_for,
            row.valid_from,
            row.valid_to,
            row.director,
        )
        for row, name in await session.exec(statement)
    ]


async def without_role(session: AsyncSession, office_id: int, today: dt.date) -> dict[int, str]:
    """Return the names of those who joined and hold no role on `today` or later, by person."""
    holds = select(GrantRow.person_id).where(
        GrantRow.office_id == office_id,
        or_(col(GrantRow.valid_to).is_(None), col(GrantRow.valid_to) >= today),
    )
    rows = await session.exec(
        select(PersonRow.id, PersonRow.name)
        .where(
            PersonRow.office_id == office_id,
            col(PersonRow.erased_at).is_(None),
            col(PersonRow.id).not_in(holds),
        )
        .order_by(col(PersonRow.id))
    )
    return {identity(person_id): name for person_id, name in rows}


async def set_director(session: AsyncSession, grant_id: int, director: bool) -> None:
    """Say whether a leader is Giám đốc."""
    await session.exec(
        update(GrantRow).where(col(GrantRow.id) == grant_id).values(director=director)
    )


async def end_grant(session: AsyncSession, grant_id: int, last: dt.date) -> None:
    """Let a role end with the local day `last`."""
    row = await session.get(GrantRow, grant_id)
    assert row is not None  # it was found a moment ago, in this transaction
    row.valid_to = last
    session.add(row)
    await session.flush()
