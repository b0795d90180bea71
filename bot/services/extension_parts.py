"""Which part of an item may get another date, and what stands in the way."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_date
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.status import Progress
from bot.domain.work import Duty, Part, earliest_owed
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.removed_items import refuse_removed
from storage import extensions, parts
from storage.audit import refuse_repeated
from storage.db import Database

NOT_HEAD = N_(
    "Only the head of a unit that owes a part of this item can ask for another date. "
    "Nothing has changed."
)
NO_DATE = N_("Your unit has no open part with a date in item {code}. Nothing has changed.")
REPORTED = N_(
    "{code} was reported done on {day} and waits for Văn phòng, so no other date is needed. "
    "If it is returned, another date can be asked for. Nothing has changed."
)
DONE = N_("{code} is done, so there is no date to extend. Nothing has changed.")
OPEN_ALREADY = N_(
    "Another date for {code} was asked for already and is not decided yet. Nothing has changed."
)


async def part_to_extend(db: Database, actor: Actor, item_id: int, now: dt.datetime) -> Part:
    """Return the presser's earliest open part of an item that has a date.

    Raises:
        NotFound, NotAllowed: no such item, or none of whose units the presser heads.
        UserError: there is none; why.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        await refuse_closed(session, item.plan_id)
        refuse_removed(item)
        mine = [
            part
            for part in await parts.parts_of_item(session, item_id)
            if part.unit_id in viewer.heads()
        ]
    if not mine:
        raise NotAllowed(NOT_HEAD)
    found = earliest_dated(mine, viewer)
    if found is None:
        raise _nothing(item.code, mine)
    return found


def earliest_dated(found: Sequence[Part], viewer: Viewer) -> Part | None:
    """Return the earliest part with a date that a unit which the viewer heads still owes."""
    return next(
        (part for part in earliest_owed(found, viewer.heads()) if _dated(part)),
        None,
    )


def _dated(part: Part) -> bool:
    return part.due is not None and part.duty is not Duty.COOPERATE


def _nothing(code: str, mine: Sequence[Part]) -> UserError:
    """Return why no part of a unit can get another date."""
    dated = [part for part in mine if _dated(part)]
    for part in dated:
        if part.progress is Progress.AWAITING_CONFIRMATION and part.submitted_at:
            return UserError(REPORTED, code=code, day=office_date(local_day(part.submitted_at)))
    if any(part.progress is Progress.DONE for part in dated):
        return UserError(DONE, code=code)
    return UserError(NO_DATE, code=code)


async def extendable(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    """Return a part for which the viewer may ask for another date now.

    Raises:
        NotFound, NotAllowed: no such part for this head.
        UserError: it has no date to extend, or another request is open.
    """
    part = await parts.find_part(session, viewer.office_id, part_id)
    if part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    await refuse_closed(session, part.plan_id)
    if part.unit_id not in viewer.heads():
        raise NotAllowed(NOT_HEAD)
    if await extensions.open_extension(session, part.id) is not None:
        raise UserError(OPEN_ALREADY, code=part.code)
    if not part.owed or not _dated(part):
        raise _nothing(part.code, [part])
    return part
