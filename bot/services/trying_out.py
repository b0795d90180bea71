"""A test to every bound chat, and what came of it."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.problem import N_
from bot.domain.roles import coordinates
from bot.domain.told import Tried
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from storage import chats, outbox, told
from storage.audit import Act, claim_update, record
from storage.db import Database

NO_CHATS = N_("No group is registered yet, so there is nothing to test. Make a code with /moi.")

NO_TEST = N_("There was no such test here. Send /thu_nhac for a new one.")


@dataclass(frozen=True, slots=True)
class Trial:
    """A test that was sent, `run` is its number; by chat what became of it."""

    run: int
    chats: tuple[Tried, ...]

    @property
    def over(self) -> bool:
        """Whether every chat has it, or is known not to get it."""
        return all(
            one.state not in {OutboxState.PENDING, OutboxState.SENDING} for one in self.chats
        )

    def count(self, *states: OutboxState) -> int:
        """Return how many chats stand in one of `states`."""
        return sum(one.state in states for one in self.chats)


async def send_test(db: Database, actor: Actor, now: dt.datetime) -> Trial:
    """Owe every bound chat of the office a test.

    Raises:
        NotAllowed: the person is not of Văn phòng.
        UserError: no chat is bound.
    """
    run = int(now.timestamp())
    async with db.begin() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        bound = {chat.id: chat for chat, *_ in await chats.bound_chats(session, viewer.office_id)}
        if not bound:
            raise UserError(NO_CHATS)
        for chat in bound.values():
            await outbox.owe(session, chat, OutboxKind.TEST, f"test:{run}", now, subject_id=run)
        await record(
            session,
            act,
            "test.send",
            "office",
            viewer.office_id,
            before={},
            after={"chats": len(bound)},
        )
        found = await told.tried(session, viewer.office_id, OutboxKind.TEST, run)
    return Trial(run, tuple(found))


async def look_at_test(db: Database, actor: Actor, run: int, now: dt.datetime) -> Trial:
    """Return how far a test has come.

    Raises:
        NotFound: there was none.
        NotAllowed: the person is not of Văn phòng.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)
        found = await told.tried(session, viewer.office_id, OutboxKind.TEST, run)
    if not found:
        raise NotFound(NO_TEST)
    return Trial(run, tuple(found))
