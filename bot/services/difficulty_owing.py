"""Who hears of difficulties: messages owed, and their content when they are sent."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.difficulty import Difficulty
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import Line
from bot.domain.roles import Role, Viewer, coordinates
from bot.domain.work import Part
from bot.services.calendars import calendar_of
from bot.services.messages import Gone
from bot.services.messages_difficulties import (
    DifficultyAnswerMessage,
    DifficultyMessage,
    Stuck,
)
from bot.services.proof_rights import members_units
from bot.services.recipients import office_chats, recipients_of
from storage import chats, difficulties, outbox, parts, people
from storage.rows import Chat, Owed


def may_answer(viewer: Viewer) -> bool:
    """Tell whether the viewer answers difficulties: Văn phòng and the leaders do."""
    return coordinates(viewer) or viewer.has(Role.LEADER)


def may_close(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer may say that nothing stands in the way of a part any more."""
    return coordinates(viewer) or part.unit_id in members_units(viewer)


async def tell_office(
    session: AsyncSession, office_id: int, key: int, unit_id: int | None, now: dt.datetime
) -> frozenset[Role]:
    """Owe Văn phòng and the leaders in charge of a unit a word about its difficulty.

    Returns which of the two is told: a unit may be in nobody's charge.
    """
    today = local_day(now)
    to = {
        Role.COORDINATOR: await office_chats(session, office_id, today),
        Role.LEADER: await _leaders_of(session, office_id, unit_id, today),
    }
    every = [chat for found in to.values() for chat in found]
    await _owe(session, every, OutboxKind.DIFFICULTY, key, "open", now)
    return frozenset(role for role, found in to.items() if found)


async def tell_unit(session: AsyncSession, about: Stuck, name: str, now: dt.datetime) -> None:
    """Owe the unit a word about what became of its difficulty."""
    to = await recipients_of(session, about.difficulty.office_id, local_day(now))
    unit = list(to.by_unit.get(about.line.part.unit_id, ()))
    await _owe(session, unit, OutboxKind.DIFFICULTY_ANSWER, about.difficulty.id, name, now)


async def _leaders_of(
    session: AsyncSession, office_id: int, unit_id: int | None, today: dt.date
) -> list[Chat]:
    """Return the leaders in charge of a unit, in private."""
    if unit_id is None:
        return []
    private = await chats.private_chats(session, office_id)
    found = await people.supervisors(session, office_id, unit_id, today)
    return [private[leader.id] for leader in found if leader.id in private]


async def _owe(
    session: AsyncSession, to: list[Chat], kind: OutboxKind, key: int, what: str, now: dt.datetime
) -> None:
    for chat in {chat.id: chat for chat in to}.values():
        await outbox.owe(
            session, chat, kind, f"{kind}:{key}:{what}:{now.isoformat()}", now, subject_id=key
        )


async def stuck_of(
    session: AsyncSession, viewer: Viewer | None, found: Difficulty, today: dt.date
) -> Stuck:
    """Return a difficulty with its part, and what the viewer may do about it."""
    part = await parts.find_part(session, found.office_id, found.part_id)
    assert part is not None  # difficulties point to parts, and parts are never deleted
    line = Line(part, part.standing(today, await calendar_of(session, found.office_id, today)))
    if viewer is None:
        return Stuck(found, line, today)
    return Stuck(found, line, today, may_answer(viewer), may_close(viewer, part))


async def to_office(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> DifficultyMessage | Gone:
    """Return the message about a new difficulty, unless it was dealt with before it was told."""
    found = await as_it_stands(session, owed, now)
    if isinstance(found, Gone) or found.about.difficulty.open:
        return found
    return Gone("answered or closed already")


async def as_it_stands(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> DifficultyMessage | Gone:
    """Return what a message about a difficulty says now, also once it is dealt with."""
    found = await difficulties.find_difficulty(session, owed.office_id, owed.subject_id or 0)
    if found is None:
        return Gone("no such difficulty")
    return DifficultyMessage(owed.id, await stuck_of(session, None, found, local_day(now)))


async def to_unit(
    session: AsyncSession, owed: Owed, now: dt.datetime
) -> DifficultyAnswerMessage | Gone:
    """Return the message about an answer, unless it was taken back."""
    found = await difficulties.find_difficulty(session, owed.office_id, owed.subject_id or 0)
    if found is None or found.open:
        return Gone("the answer was taken back")
    return DifficultyAnswerMessage(owed.id, await stuck_of(session, None, found, local_day(now)))
