"""A fresh database for each test, copied from one that was migrated once."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

# Otherwise python-telegram-bot warns whenever it reads a time to wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from storage.db import Database
from tests.builders import Clock, Delivered, FakeSender, Office, make_office, vn


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import asyncio

    path = tmp_path_factory.mktemp("database") / "empty.db"

    async def migrate() -> None:
        db = Database(f"sqlite+aiosqlite:///{path}")
        await db.migrate()
        await db.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
async def db(migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "nhacviec.db"
    shutil.copy(migrated, path)
    db = Database(f"sqlite+aiosqlite:///{path}")
    yield db
    await db.close()


@pytest.fixture
async def office(db: Database) -> Office:
    return await make_office(db)


@pytest.fixture
def clock() -> Clock:
    """Friday 19/4/2024, 07:30 in Vietnam."""
    return Clock(vn("2024-04-19 07:30"))


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def delivered(db: Database, sender: FakeSender, clock: Clock) -> Delivered:
    return Delivered(db, sender, clock)
