"""Broadcasts: any text or file of Văn phòng's to every unit, previewed before it goes."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.briefings import NO_BRIEFING, everybody
from bot.services.messages_briefing import Delivered, Spread
from bot.services.secret_marks import refuse_marks
from storage import briefings, outbox
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_rows import insert_row, remove_row
from storage.audit_values import columns
from storage.db import Database
from storage.models import BroadcastRow
from storage.rows import identity

NOTHING = N_(
    "What shall I send to all units? Write it behind the command, or answer a text, a file or a "
    "picture with /thong_bao."
)
NO_BROADCAST = N_("There is no such broadcast here.")
SENT = N_("This was sent already.")
TOO_LONG = N_(
    "A notice may have {most} letters, this one has {length}. Please shorten it, or send the text "
    "as a file. Nothing was sent."
)
OTHER_MEDIA = N_(
    "I can pass on a text, a picture or a file. Please send this as a file (📎 → File) and answer "
    "it with /thong_bao. Nothing was sent."
)
LONGEST = 3500


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be broadcast: a text, a file or a picture, or both.

    `other_media`: there was something else with it, such as a video, that is not passed on.
    """

    text: str = ""
    file_id: str | None = None
    file_name: str | None = None
    photo: bool = False
    other_media: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A broadcast that waits for its sender's word, and how many chats it goes to."""

    id: int
    matter: Matter
    chats: int


async def prepare(db: Database, actor: Actor, matter: Matter, now: dt.datetime) -> Prepared:
    """Keep what is to be broadcast and return it for a look; nothing is sent yet.

    Raises:
        NotAllowed: the person is not of Văn phòng.
        UserError: there is nothing to send, too much, or what is not passed on; or it bears a
            mark of secrecy.
    """
    if matter.other_media:
        raise UserError(OTHER_MEDIA)
    if len(matter.text.strip()) > LONGEST:
        raise UserError(TOO_LONG, most=LONGEST, length=len(matter.text.strip()))
    if not matter.text.strip() and matter.file_id is None:
        raise UserError(NOTHING)
    refuse_marks(matter.text, matter.file_name or "")
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await _coordinator(session, actor, now)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        assert viewer.person_id is not None  # a coordinator is registered
        row = BroadcastRow(
            office_id=viewer.office_id,
            person_id=viewer.person_id,
            text=matter.text.strip(),
            file_id=matter.file_id,
            file_name=matter.file_name,
            photo=matter.photo,
            created_at=now,
        )
        await insert_row(session, act, "broadcast.prepare", row)
        chats = await everybody(session, viewer.office_id, local_day(now))
    return Prepared(identity(row.id), matter, len(chats))


async def _coordinator(session: AsyncSession, actor: Actor, now: dt.datetime) -> Viewer:
    viewer = await get_viewer(session, actor, local_day(now))
    if not coordinates(viewer):
        raise NotAllowed(NOT_COORDINATOR)
    return viewer


async def send(db: Database, actor: Actor, broadcast_id: int, now: dt.datetime) -> int:
    """Owe a broadcast to every unit's chat, the leaders and Văn phòng; return to how many.

    Raises:
        NotFound, NotAllowed, UserError: none here, not of Văn phòng, sent before.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await _coordinator(session, actor, now)
        if await briefings.find_broadcast(session, viewer.office_id, broadcast_id) is None:
            raise NotFound(NO_BROADCAST)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if not await briefings.mark_sent(session, BroadcastRow, broadcast_id, now):
            raise UserError(SENT)
        chats = await everybody(session, viewer.office_id, local_day(now))
        for chat in chats:
            await outbox.owe(
                session,
                chat,
                OutboxKind.BROADCAST,
                f"broadcast:{broadcast_id}",
                now,
                subject_id=broadcast_id,
            )
        await record(
            session,
            act,
            "broadcast.send",
            "broadcast",
            broadcast_id,
            before=columns(sent_at=None),
            after={**columns(sent_at=now), "chats": len(chats)},
        )
    return len(chats)


async def drop(db: Database, actor: Actor, broadcast_id: int, now: dt.datetime) -> None:
    """Forget a broadcast that was not sent.

    Raises:
        NotFound, NotAllowed, UserError: as `send` does.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await _coordinator(session, actor, now)
        row = await briefings.find_broadcast(session, viewer.office_id, broadcast_id)
        if row is None:
            raise NotFound(NO_BROADCAST)
        if row.sent_at is not None:
            raise UserError(SENT)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await remove_row(session, act, "broadcast.drop", row)


async def spread(
    db: Database, actor: Actor, subject_id: int, now: dt.datetime, *, briefing: bool
) -> Spread:
    """Return how far a briefing or broadcast has come.

    Raises:
        NotFound: there is none.
        NotAllowed: the person may not compare units here.
    """
    kind = OutboxKind.BRIEFING if briefing else OutboxKind.BROADCAST
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not viewer.sees_every_unit():
            raise NotAllowed(NOT_COORDINATOR)
        find = briefings.find_briefing if briefing else briefings.find_broadcast
        if await find(session, viewer.office_id, subject_id) is None:
            raise NotFound(NO_BRIEFING if briefing else NO_BROADCAST)
        found = await briefings.deliveries(session, viewer.office_id, kind, subject_id)
    return Spread(
        subject_id,
        briefing,
        tuple(
            Delivered(
                # In a group nobody is named whose own chat it went to.
                title if viewer.private or not of_one else "",
                row.state,
                row.reason,
                row.acknowledged_at is not None,
            )
            for row, title, of_one in found
        ),
    )
