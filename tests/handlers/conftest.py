import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.intake import libreoffice
from storage.db import Database
from tests.builders import Clock
from tests.chatting import RecordingRequest, Talk, make_application
from tests.conftest import Templates
from tests.press_stage import Stage, set_stage
from tests.pressing import Trial, trying


@pytest.fixture
async def talk(db: Database, clock: Clock, tmp_path: Path) -> AsyncIterator[Talk]:
    request = RecordingRequest()
    application = make_application(db, clock, request, tmp_path / "files")
    await application.initialize()
    request.calls.clear()
    yield Talk(application, request)
    await application.shutdown()


@pytest.fixture(scope="session")
def press_stage(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """An office where everything that a button can be about waits."""
    path = tmp_path_factory.mktemp("presses") / "stage.db"
    return asyncio.run(set_stage(path, templates.furnished, templates.office))


@pytest.fixture
async def pressing(
    press_stage: Stage, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Trial]:
    monkeypatch.setattr(libreoffice, "installed", lambda: False)  # no document is asked about
    async with trying(press_stage, tmp_path, clock) as trial:
        yield trial
