"""Roles that were given, taken or lent and are taken back: by whom, and what may rest on them."""

import datetime as dt
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import UNIT_ROLES, Viewer, coordinates
from bot.services.held_roles import roles_for
from storage import grants, undoing
from storage.models import AuditRow, GrantRow

GIVEN = frozenset({"grant.give", "grant.lend"})
OF_ROLES = GIVEN | {"grant.end"}


def may_hold(viewer: Viewer, entry: AuditRow, row: Any) -> bool:
    """Tell whether the viewer may give and take a role: never the own, nor one above the own.

    What was lent, whoever has the role lends. What is no role is not looked at.
    """
    if entry.act not in OF_ROLES or not isinstance(row, GrantRow):
        return True
    if row.person_id == viewer.person_id:
        return False
    if row.stands_in_for is not None and row.stands_in_for == viewer.person_id:
        return any((g.role, g.unit_id) == (row.role, row.unit_id) for g in viewer.grants)
    return coordinates(viewer) and row.role in roles_for(viewer)


async def rested_on(
    session: AsyncSession, entries: list[AuditRow], rows: list[Any], today: dt.date
) -> bool:
    """Tell whether somebody prepares parts of a unit by a role that is to be taken back."""
    for entry, row in zip(entries, rows, strict=True):
        if entry.act not in GIVEN or not isinstance(row, GrantRow) or row.unit_id is None:
            continue
        held = await grants.held_grants(session, row.office_id, today, person_id=row.person_id)
        others = [one for one in held if one.unit_id == row.unit_id and one.id != row.id]
        if any(one.role in UNIT_ROLES for one in others):
            continue
        if await undoing.prepares(session, row.person_id, row.unit_id):
            return True
    return False
