from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.db import Database
from tests.builders import Clock
from tests.chatting import RecordingRequest, Talk, make_application


@pytest.fixture
async def talk(db: Database, clock: Clock, tmp_path: Path) -> AsyncIterator[Talk]:
    request = RecordingRequest()
    application = make_application(db, clock, request, tmp_path / "files")
    await application.initialize()
    request.calls.clear()
    yield Talk(application, request)
    await application.shutdown()
