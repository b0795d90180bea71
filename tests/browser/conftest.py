import datetime as dt
import shutil
from collections.abc import AsyncIterator

import pytest
from browser_demo import Demo, watched_page
from playwright.async_api import Browser, Page, async_playwright
from scripted_bot import ScriptedBot

from bot.sandbox import Sandbox

CHROMIUM = shutil.which("chromium")
FRIDAY_MORNING = dt.datetime.fromisoformat("2024-04-26T07:31:00+07:00")


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    async with await Sandbox.start(now=FRIDAY_MORNING) as sandbox:
        lan = sandbox.add_user("Nguyễn Thị Lan")
        minh = sandbox.add_user("Trần Quang Minh")
        hoa = sandbox.add_user("Lê Thị Hoa")
        group = sandbox.add_group("Phòng Hành chính tư pháp", [lan, minh])
        forum = sandbox.add_group(
            "Văn phòng Sở", [hoa, lan], topics=["Nhắc việc", "Báo cáo tháng"]
        )
        async with ScriptedBot(sandbox):
            sandbox.add_bot_to_group(group)
            sandbox.add_bot_to_group(forum)
            sandbox.press_start(lan)
            await sandbox.wait_for_message(lan, "VIII.1")
            yield Demo(sandbox, lan, minh, hoa, group, forum)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    """The page on a desk's screen; any error in its scripts fails the test."""
    async for one in watched_page(browser, demo.sandbox.url, (1280, 800)):
        yield one


@pytest.fixture
async def phone(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    """The page on a phone, by touch."""
    async for one in watched_page(browser, demo.sandbox.url, (390, 844), has_touch=True):
        yield one
