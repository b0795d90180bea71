"""Stand-ins: a head or leader lends the own roles to somebody of the office for a time."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.membership import Held
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.domain.vietnamese import fold
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.change_steps import NO_DATE
from bot.services.choosing_people import NOBODY
from bot.services.extension_words import read_day
from bot.services.members import IN_PRIVATE
from storage import chats, grants, outbox
from storage.audit import Act, claim_update
from storage.audit_rows import recording
from storage.db import Database

Days = tuple[dt.date, dt.date]
LENT = (Role.HEAD, Role.LEADER)
HOW = N_(
    "Send /thay_mat alone to choose by buttons, or type who stands in for you and from when to "
    "when: /thay_mat NAME > 22/4/2024 > 30/4/2024. Nothing has changed."
)
HELD = N_("{name} has this role already. Nothing has changed.")
NOT_YOURS = N_("Only heads and leaders name a stand-in. Nothing has changed.")
CANNOT_TELL = N_("⚠️ I cannot reach that person in private: please tell them yourself.")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in, and the first and the last day of it.

    `told`: that person can be written to.
    """

    name: str
    first: dt.date
    last: dt.date
    told: bool


async def name_stand_in(db: Database, actor: Actor, text: str, now: dt.datetime) -> StandIn:
    """Lend one's own roles as typed, "name > first day > last day"; the stand-in is told.

    Raises:
        NotFound, NotAllowed: a stranger; neither head nor leader; not in private; no such person.
        UserError: it cannot be understood, or the days are past or in the wrong order.
    """
    today = local_day(now)
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, today)
        if not viewer.has(*LENT) or viewer.person_id is None:
            raise NotAllowed(NOT_YOURS)
        if not actor.private:
            raise NotAllowed(IN_PRIVATE)
        wanted, days = _read(text, today)
        held = await grants.held_grants(session, viewer.office_id, today)
        person_id, name = _named(held, wanted, viewer.person_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        # What is lent to oneself is not lent on.
        own = [g for g in held if g.person_id == viewer.person_id and not g.stands_in_for]
        own = [g for g in own if g.role in LENT]
        if not own:
            raise NotAllowed(NOT_YOURS)
        if not _lacking(held, person_id, own):
            raise UserError(HELD, name=name)
        told = await lend(session, act, viewer.person_id, own, person_id, days)
    return StandIn(name, *days, told)


def _lacking(held: list[Held], person_id: int, own: list[Held]) -> bool:
    """Tell whether somebody lacks one of these roles, or has it only lent."""
    theirs = [g for g in held if g.person_id == person_id and g.stands_in_for is None]
    return bool({(g.role, g.unit_id) for g in own} - {(g.role, g.unit_id) for g in theirs})


def _read(text: str, today: dt.date) -> tuple[str, Days]:
    words = [word.strip() for word in text.split(">")]
    if len(words) not in (2, 3):
        raise UserError(HOW)
    # One day alone is the last, as by the buttons.
    first = _day(words[1], today) if len(words) == 3 else today
    days = first, _day(words[-1], today)
    if not today <= days[1] or days[0] > days[1]:
        raise UserError(HOW)
    return words[0], days


def _day(text: str, today: dt.date) -> dt.date:
    day = read_day(text, today)
    if day is None:
        raise UserError(NO_DATE, text=text[:60])
    return day


def _named(held: list[Held], name: str, but: int) -> tuple[int, str]:
    found = {
        one.person_id: one.name
        for one in held
        if fold(one.name) == fold(name) and one.person_id != but
    }
    if len(found) != 1:
        raise NotFound(NOBODY, name=name)
    return next(iter(found.items()))


async def lend(
    session: AsyncSession, act: Act, giver: int, own: list[Held], person_id: int, days: Days
) -> bool:
    """Lend a person's roles to another and tell the latter; return False where that cannot be."""
    for grant in own:
        async with recording(session, act, "grant.lend"):
            await grants.put_grant(
                session,
                act.office_id,
                person_id,
                grant.role,
                grant.unit_id,
                today=local_day(act.now),
                stands_in_for=giver,
                days=days,
                director=grant.director,
            )
    chat = (await chats.private_chats(session, act.office_id)).get(person_id)
    if chat is None:
        return False
    first, last = (day.isoformat() for day in days)
    await outbox.owe(
        session,
        chat,
        OutboxKind.ASSIGNED,
        f"lent:{giver}:{first}:{last}:{act.now.isoformat()}",
        act.now,
        subject_id=person_id,
        payload={"by": giver, "first": first, "last": last},
    )
    return True


async def reachable(session: AsyncSession, office_id: int, person_id: int) -> bool:
    """Tell whether a person can be written to in private."""
    return person_id in await chats.private_chats(session, office_id)
