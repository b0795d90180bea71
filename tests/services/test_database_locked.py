"""Another program holds the database: nothing is lost, and nothing is said twice."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.domain.errors import DatabaseTrouble
from bot.domain.outbox import OutboxState
from bot.services import updates
from bot.services.messages import Address, Outgoing
from storage.db import Database
from storage.models import OutboxRow, UpdateRow
from tests.builders import Delivered, FakeSender, Office, make_item, rows, vn

HC = "Phòng Hành chính"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the other program for a moment instead of half a minute."""
    monkeypatch.setattr("storage.db.BUSY_SECONDS", 0)
    monkeypatch.setattr("bot.services.delivery.TRY_WRITING_AGAIN", 0.01)


@contextmanager
def held(db: Database) -> Iterator[None]:
    """Hold the database as a program that writes for long."""
    path = Path(str(make_url(db.url).database))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


class HoldingSender(FakeSender):
    """Lets another program take the database while a message is on its way."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self.db = db
        self.arrived = asyncio.Event()
        self.let_go = asyncio.Event()

    async def send(self, address: Address, message: Outgoing) -> int:
        holding = asyncio.create_task(self._hold())
        await asyncio.sleep(0)
        sent = await super().send(address, message)
        self.arrived.set()
        self.holding = holding
        return sent

    async def _hold(self) -> None:
        with held(self.db):
            await self.let_go.wait()


async def test_what_cannot_be_written_down_is_taken_in_when_it_comes_again(db: Database) -> None:
    update = {"update_id": 7, "message": {"text": "x"}}
    with held(db), pytest.raises(DatabaseTrouble):
        await updates.take_in(db, [update], vn("2024-04-26 09:00"))

    await updates.take_in(db, [update], vn("2024-04-26 09:00"))

    assert [row.id for row in await rows(db, UpdateRow)] == [7]


async def test_a_reminder_waits_until_the_database_is_free(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", lead=[HC]))
    with held(db), pytest.raises(DatabaseTrouble):
        await delivered.tick("2024-04-26 07:30")
    assert sender.sent == []

    assert await delivered.tick("2024-04-26 07:31") == ["hc"]


async def test_what_arrived_while_the_database_was_held_is_recorded_afterwards(
    db: Database, office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item("I.1", lead=[HC]))
    delivered.sender = sender = HoldingSender(db)

    ticking = asyncio.create_task(delivered.tick("2024-04-26 07:30"))
    await sender.arrived.wait()
    await asyncio.sleep(0.05)
    sender.let_go.set()
    await ticking

    assert sender.chats() == ["hc"]
    assert len(sender.sent) == 1
    assert [row.state for row in await rows(db, OutboxRow)] == [OutboxState.SENT]
