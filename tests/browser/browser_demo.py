"""What the page's tests start from: people, groups, a bot, and a page that is watched."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Browser, ConsoleMessage, Page

from bot.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Demo:
    """A sandbox with a bot: lan and minh in `group`, lan and hoa in `forum`.

    Only lan has started the bot, which has shown her its card.
    """

    sandbox: Sandbox
    lan: int
    minh: int
    hoa: int
    group: int
    forum: int


def is_ours(said: ConsoleMessage) -> bool:
    """Whether the page itself is to blame; a test may cut the line to the server."""
    return said.type == "error" and "Failed to load resource" not in said.text


async def watched_page(
    browser: Browser, url: str, size: tuple[int, int], *, has_touch: bool = False
) -> AsyncIterator[Page]:
    """Open a page of this width and height; any error in its scripts fails the test."""
    errors: list[str] = []
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, has_touch=has_touch, locale="vi-VN"
    )
    opened = await context.new_page()
    opened.set_default_timeout(5000)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if is_ours(said) else None)
    await opened.goto(url)
    yield opened
    await context.close()
    assert errors == []
