"""What would go out: every scheduled message of some days, worked out on a copy."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.collectives import is_office
from bot.domain.days import instant, local_day
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.roles import ChatPurpose
from bot.i18n import Translators
from bot.services.messages import Renderer
from bot.services.recipients import office_chats, recipients_of
from bot.services.walk import Sent, Walk, days, widest_rules
from storage import chats, copies, offices
from storage.db import Database

LONGEST = dt.timedelta(days=3 * 366)
BACKWARDS = N_("The last day is before the first one.")
TOO_LONG = N_("At most three years can be shown at once.")
NOT_A_FILE = N_("A preview needs the database to be a SQLite file.")
# Addresses of chats that do not exist, for units that have none yet.
NOWHERE = -(10**12)


async def preview(
    db: Database,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    render: Renderer,
    translators: Translators,
) -> list[Sent]:
    """Return the scheduled messages of the local days `first` to `last`, if nothing is reported.

    All is done on a copy: nothing changes, nothing is sent. For days to come the time until then
    is lived through first; for days that have passed the plans are taken to have been at work
    since `first`. Units that nobody could be written to about are shown as chats of their own.

    Raises:
        UserError: the days are in the wrong order or too many, or there is no file to copy.
    """
    if last < first:
        raise UserError(BACKWARDS)
    if last - min(first, local_day(now)) > LONGEST:
        raise UserError(TOO_LONG)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "preview.db"
        if not await copies.copy_sqlite(db.url, path):
            raise UserError(NOT_A_FILE)
        copy = Database(f"sqlite+aiosqlite:///{path}", fleeting=True)
        try:
            return await _walk(copy, first, last, now, render, translators)
        finally:
            await copy.close()


async def _walk(
    copy: Database,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    render: Renderer,
    translators: Translators,
) -> list[Sent]:
    begins = instant(first, dt.time())
    start = min(now, begins)
    async with copy.begin() as session:
        if begins < now:
            await copies.set_back(session, begins, first)
        for office_id in await offices.office_ids(session):
            await _stand_in(session, office_id, local_day(start))
    rules = await widest_rules(copy)
    walk = Walk(copy, render, translators, start, office_too=True)
    for day in days(local_day(start), last):
        await walk.day(day, rules, after=start)
    return [sent for sent in walk.sent if sent.at.date() >= first]


async def _stand_in(session: AsyncSession, office_id: int, today: dt.date) -> None:
    """Give what nobody could be written to about a chat of its own, in the copy."""
    if not await office_chats(session, office_id, today):
        chat = await chats.put_chat(session, office_id, NOWHERE - office_id, 0, title="Văn phòng")
        await chats.bind(session, chat, ChatPurpose.OFFICE, None)
    else:
        return
    to = await recipients_of(session, office_id, today)
    known = await chats.bound_chats(session, office_id)
    office = {chat.id for chat, purpose, _ in known if purpose is ChatPurpose.OFFICE}
    for stored in await offices.units_of(session, office_id):
        told = {chat.id for chat in to.by_unit[stored.id]}
        if told <= office and not is_office(stored.unit):
            address = NOWHERE - 10**6 - stored.id
            chat = await chats.put_chat(session, office_id, address, 0, title=stored.unit.name)
            await chats.bind(session, chat, ChatPurpose.UNIT, stored.id)
