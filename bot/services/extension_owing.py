"""Who hears what about other dates: messages owed, and their content when they are sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.extension import Extension
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import Line
from bot.domain.roles import Viewer
from bot.domain.states import ExtensionState
from bot.domain.work import Part
from bot.services.calendars import calendar_of
from bot.services.deciders import deciders_chats
from bot.services.extension_warnings import warnings
from bot.services.messages import Gone
from bot.services.messages_extensions import (
    Extended,
    ExtensionAnswerMessage,
    ExtensionMessage,
)
from bot.services.recipients import recipients_of
from bot.services.rules import rules_of
from storage import extensions, outbox, parts
from storage.rows import Chat, Owed

CHANGED = "the request has moved on"


async def extended(
    session: AsyncSession, extension: Extension, part: Part, today: dt.date
) -> Extended:
    """Return a request with which one of the part's it is."""
    rules = await rules_of(session, extension.office_id, part.plan_id)
    approved = await extensions.count_approved(session, part.id)
    number = approved + (extension.state is not ExtensionState.APPROVED)
    many = number >= rules.many_extensions
    said = await warnings(session, part, extension.granted)
    return Extended(extension, part, today, number, many, said)


async def tell_deciders(
    session: AsyncSession, viewer: Viewer, extension: Extension, part: Part, now: dt.datetime
) -> None:
    """Owe those who decide a word about a request, or what the unit said to a proposed date."""
    to = await deciders_chats(session, viewer, part.unit_id, local_day(now))
    await _owe(session, to, OutboxKind.EXTENSION, extension, now)


async def tell_unit(
    session: AsyncSession, extension: Extension, part: Part, now: dt.datetime
) -> None:
    """Owe the unit a word about what became of its request."""
    to = await recipients_of(session, extension.office_id, local_day(now))
    chats = list(to.by_unit.get(part.unit_id, ()))
    await _owe(session, chats, OutboxKind.EXTENSION_ANSWER, extension, now)


async def _owe(
    session: AsyncSession,
    to: list[Chat],
    kind: OutboxKind,
    extension: Extension,
    now: dt.datetime,
) -> None:
    """Owe a word about the present state; after an undo the same state is told again."""
    for chat in to:
        await outbox.owe(
            session,
            chat,
            kind,
            f"{kind}:{extension.id}:{extension.state}:{now.isoformat()}",
            now,
            subject_id=extension.id,
            payload=_stands(extension),
        )


def _stands(extension: Extension) -> dict[str, str | None]:
    """Return what a message about a request tells: where it stands, and which day is proposed."""
    day = extension.counter_due
    return {"state": str(extension.state), "counter_due": day.isoformat() if day else None}


async def _found(
    session: AsyncSession, owed: Owed, now: dt.datetime, *, moved: bool = False
) -> tuple[Extended, Line] | None:
    """Return what a message is about, None when that is no longer so; `moved`: all the same."""
    extension = await extensions.find_extension(session, owed.office_id, owed.subject_id or 0)
    stands = _stands(extension) if extension else {}
    if extension is None or (not moved and {**stands, **owed.payload} != stands):
        return None
    part = await parts.find_part(session, owed.office_id, extension.part_id)
    assert part is not None  # requests point to parts, and parts are never deleted
    today = local_day(now)
    line = Line(part, part.standing(today, await calendar_of(session, owed.office_id, today)))
    return await extended(session, extension, part, today), line


async def to_deciders(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> ExtensionMessage | Gone:
    """Return the message to who decides, unless it was decided before it was told."""
    found = await _found(session, owed, now)
    return Gone(CHANGED) if found is None else ExtensionMessage(owed.id, *found)


async def to_unit(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> ExtensionAnswerMessage | Gone:
    """Return the message to the unit, unless the answer does not stand any more."""
    found = await _found(session, owed, now)
    return Gone(CHANGED) if found is None else ExtensionAnswerMessage(owed.id, *found)


async def as_it_stands(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> ExtensionMessage | ExtensionAnswerMessage | Gone:
    """Return what a message that was sent says of the request as it stands now."""
    found = await _found(session, owed, now, moved=True)
    if found is None:
        return Gone(CHANGED)
    made = ExtensionMessage if owed.kind is OutboxKind.EXTENSION else ExtensionAnswerMessage
    return made(owed.id, *found)
