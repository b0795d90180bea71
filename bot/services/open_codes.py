"""Codes that wait to be used: who made them for whom, and taking one back."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.services.actor import Actor
from bot.services.held_roles import roles_for
from bot.services.members import people_office
from storage import offices, open_invites
from storage.audit import Act, claim_update, record
from storage.audit_values import columns
from storage.db import Database
from storage.open_invites import OpenInvite

NO_CODE = N_("This code was used, has expired or was revoked already. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class OpenCodes:
    """The codes that can be used now, and the units' names; the codes themselves nobody keeps."""

    codes: tuple[OpenInvite, ...]
    units: dict[int, str]


async def listed(db: Database, actor: Actor, now: dt.datetime) -> OpenCodes:
    """Return the open codes, for Văn phòng in private.

    Raises:
        NotFound, NotAllowed: a stranger; not Văn phòng in private.
    """
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        names = await offices.unit_names(session, viewer.office_id)
        found = tuple(await _mine(session, viewer, now))
    return OpenCodes(found, names)


async def _mine(session: AsyncSession, viewer: Viewer, now: dt.datetime) -> list[OpenInvite]:
    """Return the codes that the viewer might have made: none for a right above the own."""
    found = await open_invites.open_invites(session, viewer.office_id, now)
    return [one for one in found if one.role is None or one.role in roles_for(viewer)]


async def revoke(db: Database, actor: Actor, invite_id: int, now: dt.datetime) -> None:
    """Take a code back: from now on it is refused like an unknown one.

    Raises:
        NotFound, NotAllowed: a stranger; not Văn phòng in private; no such open code.
    """
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        one = next((c for c in await _mine(session, viewer, now) if c.id == invite_id), None)
        if one is None:
            raise NotFound(NO_CODE)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if not await open_invites.revoke(session, invite_id, now):
            raise NotFound(NO_CODE)
        before, after = columns(expires_at=one.expires_at), columns(expires_at=now)
        await record(
            session, act, "invite.revoke", "invite", invite_id, before=before, after=after
        )
