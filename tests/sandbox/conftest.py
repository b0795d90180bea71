import os
from collections.abc import AsyncIterator

import aiohttp
import pytest
import telegram
from sandbox_office import FRIDAY_MORNING, Office

from bot.sandbox import Sandbox

# Otherwise python-telegram-bot warns whenever it reads a time to wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    sandbox = await Sandbox.start(now=FRIDAY_MORNING)
    async with sandbox, aiohttp.ClientSession() as http:
        lan, minh, khach = map(sandbox.add_user, ("Lan", "Minh", "Khách"))
        sandbox.press_start(lan)
        group = sandbox.add_group("Phòng Hành chính tư pháp", [lan, minh])
        sandbox.add_bot_to_group(group)
        sandbox.world.updates.drop_all()
        yield Office(sandbox, http, lan, minh, khach, group)


@pytest.fixture
async def bot(office: Office) -> AsyncIterator[telegram.Bot]:
    sandbox = office.sandbox
    async with telegram.Bot(
        sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url
    ) as started:
        yield started
