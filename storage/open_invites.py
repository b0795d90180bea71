"""Codes that were handed out and not used yet: seen without the code, and revoked."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import ChatPurpose, Role
from storage.models import InviteRow, PersonRow
from storage.rows import identity


@dataclass(frozen=True, slots=True)
class OpenInvite:
    """A code still valid: for whom or what, until when; `by` made it, "" at the computer."""

    id: int
    role: Role | None
    purpose: ChatPurpose | None
    unit_id: int | None
    by: str
    expires_at: dt.datetime


async def open_invites(
    session: AsyncSession, office_id: int, now: dt.datetime
) -> list[OpenInvite]:
    """Return the office's codes that can be used now, in the order they were made."""
    rows = await session.exec(
        select(InviteRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(InviteRow.created_by), isouter=True)
        .where(
            InviteRow.office_id == office_id,
            col(InviteRow.used_at).is_(None),
            InviteRow.expires_at > now,
        )
        .order_by(col(InviteRow.id))
    )
    return [
        OpenInvite(identity(r.id), r.role, r.purpose, r.unit_id, name or "", r.expires_at)
        for r, name in rows
    ]


async def revoke(session: AsyncSession, invite_id: int, now: dt.datetime) -> bool:
    """Let a code expire now; return False where it was used or has expired."""
    done = await session.exec(
        update(InviteRow)
        .where(
            col(InviteRow.id) == invite_id,
            col(InviteRow.used_at).is_(None),
            col(InviteRow.expires_at) > now,
        )
        .values(expires_at=now)
    )
    return bool(done.rowcount == 1)
