"""The demo's page from the first reminder to the next working morning, as somebody uses it."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from browser_demo import watched_page
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo.stage import Stage, staged
from bot.demo.transcript import settle

pytestmark = pytest.mark.browser

FRIDAY = dt.date(2026, 4, 24)
DESK, PHONE = (1280, 800), (390, 844)
UNIT, OFFICE = "Phòng Hành chính", "Văn phòng Sở"
LINK = "https://tailieu.so.vn/qd-214"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(FRIDAY, tmp_path) as one:
        yield one
        # What is under way is finished before the database is closed.
        await settle(one)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
async def page(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> AsyncIterator[Page]:
    size: tuple[int, int] = request.param
    async for one in watched_page(browser, stage.sandbox.url, size, has_touch=size == PHONE):
        yield one


async def open_chat(page: Page, title: str) -> Locator:
    """Open a chat from the list, which a phone first has to return to; return its messages."""
    back = page.get_by_role("link", name="Về danh sách trò chuyện", exact=True)
    if await back.is_visible():
        await back.click()
    await page.locator(".chat").filter(has=page.get_by_text(title, exact=True)).click()
    await expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    return page.get_by_role("log")


async def answer(page: Page, question: Locator, text: str) -> None:
    """Answer a question of the bot, by its own button where no answer has been begun."""
    replying = page.get_by_text("Trả lời nhắc việc")
    if not await replying.is_visible():
        await question.get_by_role("button", name="Trả lời tin của nhắc việc").click()
    await expect(replying).to_be_visible()
    await write(page, text)


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Tin nhắn").fill(text)
    await page.get_by_role("button", name="Gửi", exact=True).click()


async def to_next_morning(page: Page) -> None:
    button = page.get_by_role("button", name="Sáng làm việc kế tiếp")
    if not await button.is_visible():
        await page.locator("#clock-toggle").click()
    await button.click()


def saying(log: Locator, words: str) -> Locator:
    """Return the newest message with these words."""
    return log.get_by_role("article").filter(has_text=words).last


async def expect_fit(page: Page) -> None:
    """Nothing runs out of the screen at its side, in the page or in the conversation."""
    wide = await page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.log, .chats, .bubble, .said')]"
        ".filter(one => one.scrollWidth > Math.min(one.clientWidth, innerWidth) + 1)"
        ".map(one => one.className || one.tagName)"
    )
    cut = await page.evaluate(
        "[...document.querySelectorAll('.bubble, .buttons button, .composer *')]"
        ".filter(one => one.offsetParent).map(one => one.getBoundingClientRect())"
        ".filter(box => box.left < 0 || box.right > innerWidth).length"
    )
    assert (wide, cut) == ([], 0)


async def test_a_reminded_item_is_reported_confirmed_and_gone_the_next_morning(
    page: Page,
) -> None:
    log = await open_chat(page, UNIT)
    reminder = saying(log, "Việc cần làm – thứ Sáu 24/4/2026")
    await expect(reminder).to_contain_text("III.1 · Công bố danh mục thủ tục hành chính sửa đổi")
    await expect(reminder.locator("strong").first).to_be_in_viewport()
    await expect_fit(page)

    await reminder.get_by_role("button", name="III.1", exact=True).click()
    card = saying(log, "Sản phẩm: ☐ Quyết định công bố")
    await expect(card).to_contain_text("Đến hạn · hạn hôm nay, thứ Sáu 24/4")
    await expect(card).to_be_in_viewport()
    await expect_fit(page)

    await card.get_by_role("button", name="✅ Báo hoàn thành").click()
    question = saying(log, "III.1: trả lời tin này bằng")
    await expect(question).to_be_in_viewport()
    await answer(page, question, f"{LINK} Quyết định 214/QĐ-STP ngày 23/4/2026, trang 2")
    await saying(log, "Gửi Văn phòng xác nhận?").get_by_role("button", name="📤 Gửi").click()
    await expect(saying(log, "Đã ghi nhận, đang chờ Văn phòng xác nhận.")).to_be_in_viewport()
    await expect_fit(page)

    log = await open_chat(page, OFFICE)
    report = saying(log, f"III.1 – {UNIT} và Bổ trợ tư pháp báo hoàn thành")
    await expect(report).to_contain_text("(đúng hạn)")
    await expect(report).not_to_contain_text("Phạm Đức Minh")
    await expect(report).to_contain_text("tailieu.so.vn/qd-214 · 214/QĐ-STP ngày 23/4/2026")
    await report.get_by_role("button", name="✅ Xác nhận").click()
    await expect(page.get_by_role("status").filter(has_text="Đã xác nhận.")).to_be_visible()
    await expect_fit(page)

    log = await open_chat(page, UNIT)
    confirmed = saying(log, "III.1 đã được xác nhận hoàn thành")
    await expect(confirmed).to_be_in_viewport()
    await expect(confirmed).to_contain_text("Hoàn thành đúng hạn")
    await expect_fit(page)

    log = await open_chat(page, OFFICE)
    await write(page, "/tre_han")
    overdue = saying(log, "Quá hạn: 4 phần việc")
    await expect(overdue).to_contain_text("II.1 · Góp ý dự thảo")
    await expect(overdue).not_to_contain_text("III.1")
    await expect_fit(page)

    await to_next_morning(page)
    await expect(page.locator("#clock")).to_have_text("thứ Ba 28/4/2026, 07:31")
    log = await open_chat(page, UNIT)
    reminder = saying(log, "Việc cần làm – thứ Ba 28/4/2026")
    await expect(reminder).to_be_in_viewport()
    await expect(reminder).to_contain_text("I.3 · Báo cáo kết quả giải quyết hồ sơ")
    await expect(reminder).not_to_contain_text("III.1")
    await expect_fit(page)


async def test_the_first_screen_has_something_to_act_on(page: Page) -> None:
    new = page.locator(".badge")

    if (page.viewport_size or {})["width"] == PHONE[0]:
        await expect(page.get_by_role("navigation")).to_be_visible()
        await expect(page.locator(".chat").first.locator(".badge")).to_have_text("1")
        await expect(page.locator(".chat").first).to_contain_text("📌 Việc cần làm")
        # Four groups, the heads with something at risk, and the head whose unit has no group.
        await expect(new).to_have_count(9)
    else:
        await expect(page.get_by_role("heading", name=UNIT, exact=True)).to_be_visible()
        reminder = saying(page.get_by_role("log"), "Việc cần làm – thứ Sáu 24/4/2026")
        await expect(reminder.get_by_role("button").first).to_be_in_viewport()
        await expect(new).to_have_count(8)


async def test_an_item_is_returned_with_a_reason_that_its_unit_reads(page: Page) -> None:
    log = await open_chat(page, "Phòng Văn bản")
    await write(page, "/xong II.1 đã gửi qua trục liên thông")
    asked = saying(log, "Ghi chú: đã gửi qua trục liên thông")
    await asked.get_by_role("button", name="Báo không kèm minh chứng").click()
    await expect(saying(log, "Thiếu minh chứng")).to_be_in_viewport()

    log = await open_chat(page, OFFICE)
    report = saying(log, "II.1 – Phòng Xây dựng và Kiểm tra văn bản báo hoàn thành")
    await report.get_by_role("button", name="✅ Xác nhận").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Chưa có minh chứng nên chưa xác nhận được.")
    await dialog.get_by_role("button", name="Đồng ý").click()
    await report.get_by_role("button", name="↩️ Trả lại").click()
    await answer(page, saying(log, "Vì sao trả lại II.1?"), "Chưa có số văn bản góp ý")
    await expect(saying(log, "Bị trả lại · hạn thứ Năm 16/4, quá 8 ngày")).to_be_visible()
    await expect_fit(page)

    log = await open_chat(page, "Phòng Văn bản")
    returned = saying(log, "II.1 bị trả lại")
    await expect(returned).to_be_in_viewport()
    await expect(returned).to_contain_text("Lý do: Chưa có số văn bản góp ý")
    await expect_fit(page)


async def test_long_lists_are_read_from_their_beginning(page: Page) -> None:
    log = await open_chat(page, OFFICE)

    await write(page, "/viec")

    found = saying(log, "phần việc đang mở")
    await expect(found.locator("strong").first).to_contain_text("phần việc đang mở")
    await expect(found.locator("strong").first).to_be_in_viewport()
    await expect_fit(page)


async def test_staff_and_strangers_are_told_what_they_may_do(page: Page, stage: Stage) -> None:
    log = await open_chat(page, UNIT)
    await page.get_by_label("Đang nói với tư cách:").select_option(label="Vũ Phương Thảo")
    await write(page, f"/xong III.1 {LINK}")
    refusal = saying(log, "Chỉ trưởng đơn vị có phần việc này mới báo hoàn thành được.")
    await expect(refusal).to_contain_text("Chưa có gì thay đổi.")

    stage.sandbox.add_user("Người lạ")
    log = await open_chat(page, "Người lạ")
    await page.get_by_role("button", name="Bắt đầu").click()
    await expect(saying(log, "hãy xin Văn phòng một mã")).to_be_visible()
    await write(page, "/viec")
    await expect(saying(log, "Bot chưa biết anh/chị là ai.")).to_be_visible()
    await expect(log).not_to_contain_text("III.1")
    await expect_fit(page)
