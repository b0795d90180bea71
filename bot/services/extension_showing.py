"""An open request for another date, as who answers for it or decides on it sees it anywhere."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed
from bot.domain.extension import Extension
from bot.domain.roles import Viewer, may_decide
from bot.domain.work import Part
from bot.services import extension_owing
from bot.services.access import access_item, get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.extension_decisions import NOT_DECIDER, seen_request
from bot.services.extension_parts import earliest_dated
from bot.services.messages_extensions import Extended
from bot.services.recipients import office_asks
from storage import extensions, parts
from storage.db import Database


async def request(db: Database, actor: Actor, extension_id: int, now: dt.datetime) -> Extended:
    """Return a request as it stands, with what the viewer may do about it.

    Raises:
        NotFound: no such request here.
        NotAllowed: the viewer neither decides on it nor answers for its unit.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        extension, part = await seen_request(session, viewer, extension_id)
        found = await _seen(session, viewer, extension, part, local_day(now))
    if not found.decides and not found.answers:
        raise NotAllowed(NOT_DECIDER)
    return found


async def request_of_part(
    db: Database, actor: Actor, part_id: int, now: dt.datetime
) -> Extended | None:
    """Return the open request of a part whose unit the viewer heads; None: there is none.

    Raises:
        NotFound: a stranger.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await parts.find_part(session, viewer.office_id, part_id)
        if part is None or part.unit_id not in viewer.heads():
            return None
        return await _open(session, viewer, part, local_day(now))


async def request_of_item(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> Extended | None:
    """Return the open request that a bare command about an item means; None: there is none.

    For a head that of the earliest part with a date, for who decides the earliest.

    Raises:
        NotFound: no such item for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        await access_item(session, viewer, item_id)
        found = await parts.parts_of_item(session, item_id)
        if mine := earliest_dated(found, viewer):
            return await _open(session, viewer, mine, local_day(now))
        for part in found:
            shown = await _open(session, viewer, part, local_day(now))
            if shown is not None and shown.decides:
                return shown
    return None


async def _open(
    session: AsyncSession, viewer: Viewer, part: Part, today: dt.date
) -> Extended | None:
    extension = await extensions.open_extension(session, part.id)
    if extension is None:
        return None
    await refuse_closed(session, part.plan_id)
    return await _seen(session, viewer, extension, part, today)


async def _seen(
    session: AsyncSession, viewer: Viewer, extension: Extension, part: Part, today: dt.date
) -> Extended:
    asks = await office_asks(session, viewer.office_id, part.unit_id)
    return replace(
        await extension_owing.extended(session, extension, part, today),
        decides=may_decide(viewer, extension.requested_by, office_asks=asks),
        answers=part.unit_id in viewer.heads(),
    )
