import datetime as dt
import shutil
from collections.abc import AsyncIterator

import pytest
from browser_demo import Demo
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright
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
    async for one in open_page(browser, demo, 1280, 800):
        yield one


@pytest.fixture
async def phone(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    """The page on a phone, by touch."""
    async for one in open_page(browser, demo, 390, 844, has_touch=True):
        yield one


def is_ours(said: ConsoleMessage) -> bool:
    """Whether the page itself is to blame; a test may cut the line to the server."""
    return said.type == "error" and "Failed to load resource" not in said.text


async def open_page(
    browser: Browser, demo: Demo, width: int, height: int, *, has_touch: bool = False
) -> AsyncIterator[Page]:
    errors: list[str] = []
    viewport = {"width": width, "height": height}
    context = await browser.new_context(viewport=viewport, has_touch=has_touch, locale="vi-VN")
    opened = await context.new_page()
    opened.set_default_timeout(5000)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if is_ours(said) else None)
    await opened.goto(demo.sandbox.url)
    yield opened
    await context.close()
    assert errors == []
