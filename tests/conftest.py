"""A fresh database for each test, copied from one that was migrated once."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

# Otherwise python-telegram-bot warns whenever it reads a time to wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from storage.db import Database
from tests.builders import Clock, Delivered, FakeSender, Office, make_office, vn

# A slow machine is no failure: time belongs in tests/bench.
# `pytest --hypothesis-profile=thorough tests/services/test_acts_stateful.py` tries far more.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=300)
hypothesis.settings.load_profile("steady")


@dataclass(frozen=True)
class Templates:
    """Database files that were prepared once: without a row, and with an office."""

    empty: Path
    furnished: Path
    office: Office


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("databases")
    empty, furnished = folder / "empty.db", folder / "furnished.db"

    async def prepare() -> Office:
        db = open_database(empty)
        await db.migrate()
        await db.close()
        shutil.copy(empty, furnished)
        db = open_database(furnished)
        office = await make_office(db)
        await db.close()
        return office

    return Templates(empty, furnished, asyncio.run(prepare()))


def open_database(path: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{path}")


@pytest.fixture
async def db(
    templates: Templates, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Database]:
    """A database of its own: with an office where the test asks for `office`, else empty."""
    furnished = "office" in request.fixturenames
    path = tmp_path / "nhacviec.db"
    shutil.copy(templates.furnished if furnished else templates.empty, path)
    db = open_database(path)
    yield db
    await db.close()


@pytest.fixture
def office(db: Database, templates: Templates) -> Office:
    made = templates.office
    return Office(db, made.id, dict(made.units), dict(made.persons), dict(made.chats))


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


def pytest_collection_finish() -> None:
    """Leave what stays to the end, thousands of tests, out of every garbage collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
