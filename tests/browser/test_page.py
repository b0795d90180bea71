"""The chat page, driven as a person would drive it."""

import re
from pathlib import Path

import pytest
from browser_demo import Demo
from playwright.async_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser


async def open_chat(page: Page, title: str) -> Locator:
    """Open a chat from the list and return its log of messages."""
    await page.locator(".chat").filter(has=page.get_by_text(title, exact=True)).click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.get_by_role("log")


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Tin nhắn").fill(text)
    await page.keyboard.press("Enter")


async def test_a_message_is_sent_answered_and_never_becomes_markup(page: Page) -> None:
    log = await open_chat(page, "Nguyễn Thị Lan")

    await write(page, "Chào <b>bot</b> & 📌")

    answer = log.get_by_role("article").filter(has_text="Đã nhận: Chào <b>bot</b> & 📌")
    await expect(answer).to_be_visible()
    await expect(answer.locator(".quote")).to_contain_text("Chào <b>bot</b>")
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_have_value("")


async def test_formatting_shows_as_in_telegram(page: Page) -> None:
    log = await open_chat(page, "Nguyễn Thị Lan")

    await expect(log.locator("strong")).to_contain_text("VIII.1 · Đề ra các giải pháp")
    await expect(log.locator("u")).to_have_text("thứ Sáu 26/4")
    await expect(log.locator("blockquote")).to_contain_text("Chủ trì: Văn phòng")
    await expect(log.get_by_text("thứ Sáu 26/4/2024", exact=True)).to_be_visible()


async def test_a_button_shows_its_answer_and_the_message_changes(page: Page) -> None:
    log = await open_chat(page, "Nguyễn Thị Lan")

    await page.get_by_role("button", name="✅ Báo hoàn thành").click()

    await expect(page.get_by_role("status").filter(has_text="Đã ghi nhận")).to_be_visible()
    await expect(log).to_contain_text("chờ Văn phòng xác nhận")
    await expect(log).to_contain_text("đã sửa")
    await expect(page.get_by_role("button", name="✅ Báo hoàn thành")).to_have_count(0)


async def test_an_alert_waits_until_it_is_read(page: Page) -> None:
    await open_chat(page, "Nguyễn Thị Lan")

    await page.get_by_role("button", name="🕘 Lịch sử").click()

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Chỉ trưởng đơn vị mới xem được lịch sử.")
    await dialog.get_by_role("button", name="Đồng ý").click()
    await expect(dialog).to_be_hidden()


async def test_the_speaker_is_chosen_among_the_members(page: Page, demo: Demo) -> None:
    log = await open_chat(page, "Phòng Hành chính tư pháp")
    speaker = page.get_by_label("Đang nói với tư cách:")
    assert await speaker.locator("option").all_inner_texts() == [
        "Nguyễn Thị Lan",
        "Trần Quang Minh",
    ]

    await speaker.select_option(label="Trần Quang Minh")
    await write(page, "Tôi là Minh")

    await expect(log.locator(".message.own")).to_contain_text("Tôi là Minh")
    assert demo.sandbox.messages(demo.group)[-1]["from"]["id"] == demo.minh


async def test_the_clock_moves_to_the_next_working_morning(page: Page) -> None:
    await expect(page.locator("#clock")).to_have_text("thứ Sáu 26/4/2024, 07:31")

    await page.get_by_role("button", name="+1 giờ").click()
    await expect(page.locator("#clock")).to_have_text("thứ Sáu 26/4/2024, 08:31")
    await page.get_by_role("button", name="13:31").click()
    await expect(page.locator("#clock")).to_have_text("thứ Sáu 26/4/2024, 13:31")
    await page.get_by_role("button", name="Sáng làm việc kế tiếp").click()
    await expect(page.locator("#clock")).to_have_text("thứ Hai 29/4/2024, 07:31")


async def test_the_menu_of_commands_works_with_the_keyboard(page: Page) -> None:
    log = await open_chat(page, "Phòng Hành chính tư pháp")

    await page.get_by_role("textbox", name="Tin nhắn").press_sequentially("/v")
    menu = page.get_by_role("listbox", name="Lệnh của bot")
    await expect(menu.get_by_role("option")).to_have_text(["/viecViệc cần làm"])
    await page.keyboard.press("Enter")

    await expect(log).to_contain_text("VIII.1 · Đề ra các giải pháp")
    await expect(menu).to_be_hidden()


async def test_a_forced_reply_makes_the_next_message_answer_it(page: Page, demo: Demo) -> None:
    log = await open_chat(page, "Phòng Hành chính tư pháp")

    await write(page, "/nop")
    await expect(page.get_by_text("Trả lời nhắc việc")).to_be_visible()
    await expect(page.get_by_placeholder("Số, ký hiệu")).to_be_visible()
    await write(page, "123/BC-STP")

    await expect(log).to_contain_text("Đã nhận: 123/BC-STP")
    await expect(page.get_by_text("Trả lời nhắc việc")).to_be_hidden()


async def test_what_is_said_while_a_chat_is_opening_is_shown(page: Page, demo: Demo) -> None:
    async def say_meanwhile(route: Route) -> None:
        response = await route.fetch()
        demo.sandbox.say(demo.group, demo.minh, "Nói chen vào")
        await expect(page.locator(".chat").filter(has_text="Nói chen vào")).to_be_visible()
        await route.fulfill(response=response)

    await page.route("**/sandbox/messages?*", say_meanwhile, times=1)

    log = await open_chat(page, "Phòng Hành chính tư pháp")

    await expect(log).to_contain_text("Nói chen vào")
    await expect(log.get_by_role("article")).to_have_count(1)


async def test_files_are_sent_and_can_be_fetched(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "Báo cáo quý I.docx"
    file.write_bytes(b"noi dung")
    log = await open_chat(page, "Nguyễn Thị Lan")

    await page.locator("#files").set_input_files(file)
    await expect(page.get_by_role("button", name="Bỏ tệp Báo cáo quý I.docx")).to_be_visible()
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(log).to_contain_text("Đã nhận: Báo cáo quý I.docx")
    async with page.expect_download() as fetching:
        await log.get_by_role("link", name=re.compile("Báo cáo quý I.docx")).click()

    fetched = await fetching.value
    assert fetched.suggested_filename == "Báo cáo quý I.docx"
    await fetched.save_as(tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == b"noi dung"


async def test_news_elsewhere_is_counted_and_topics_are_kept_apart(page: Page, demo: Demo) -> None:
    topic = demo.sandbox.topics(demo.forum)["Nhắc việc"]
    forum = page.locator(".chat").filter(has_text="Văn phòng Sở")
    await open_chat(page, "Phòng Hành chính tư pháp")

    demo.sandbox.say(demo.forum, demo.hoa, "/viec", thread_id=topic)

    await expect(forum.locator(".badge")).to_have_text("1")
    log = await open_chat(page, "Văn phòng Sở")
    await expect(forum.locator(".badge")).to_have_count(0)
    await expect(log.locator(".topic")).to_have_text(["Nhắc việc", "Nhắc việc"])
    await page.get_by_role("button", name="Báo cáo tháng").click()
    await expect(log.get_by_role("article")).to_have_count(0)
    await page.get_by_role("button", name="Nhắc việc", exact=True).click()
    await expect(log.get_by_role("article")).to_have_count(2)


async def test_whoever_has_not_started_is_offered_to(page: Page, demo: Demo) -> None:
    log = await open_chat(page, "Lê Thị Hoa")
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_be_hidden()

    await page.get_by_role("button", name="Bắt đầu").click()

    await expect(log).to_contain_text("VIII.1 · Đề ra các giải pháp")
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_be_visible()


async def test_a_link_to_the_bot_opens_the_private_chat(page: Page, demo: Demo) -> None:
    link = f"https://t.me/{demo.sandbox.world.bot['username']}?start=don-vi_7"
    keyboard = {"inline_keyboard": [[{"text": "Đăng ký", "url": link}]]}
    call = f"{demo.sandbox.base_url}{demo.sandbox.token}/sendMessage"
    message = {"chat_id": demo.group, "text": "Mời đăng ký", "reply_markup": keyboard}
    await page.request.post(call, data=message)

    await open_chat(page, "Phòng Hành chính tư pháp")
    await page.get_by_role("link", name="Đăng ký ↗").click()

    await expect(page.get_by_role("heading", name="Nguyễn Thị Lan")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("/start don-vi_7")


async def test_a_lost_server_is_said_in_a_sentence(page: Page, demo: Demo) -> None:
    await open_chat(page, "Phòng Hành chính tư pháp")
    await page.route("**/sandbox/say", lambda route: route.abort())

    await write(page, "Có ai không")

    problem = page.get_by_role("alert")
    await expect(problem).to_contain_text("Không liên lạc được với máy chủ dùng thử")
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_have_value("Có ai không")


async def width_fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", [360, 390, 430])
async def test_a_phone_shows_one_column_that_fits(phone: Page, demo: Demo, width: int) -> None:
    await phone.set_viewport_size({"width": width, "height": 844})
    await expect(phone.get_by_role("navigation")).to_be_visible()
    await expect(phone.get_by_role("main")).to_be_hidden()
    assert await width_fits(phone)

    log = await open_chat(phone, "Phòng Hành chính tư pháp")
    await phone.get_by_role("button", name="Xem các lệnh").tap()
    await phone.get_by_role("option", name="/viec").tap()
    await phone.get_by_role("button", name="✅ Báo hoàn thành").wait_for()
    demo.sandbox.say(demo.group, demo.minh, "https://example.vn/" + "x" * 200)
    await expect(log).to_contain_text("x" * 200)
    await phone.locator("#clock-toggle").tap()

    await expect(phone.get_by_role("navigation")).to_be_hidden()
    assert await width_fits(phone)
    assert await log.evaluate("log => log.scrollWidth <= log.clientWidth")
    small = await phone.evaluate(
        "[...document.querySelectorAll('button, .back, select')]"
        ".filter(one => one.offsetParent && !one.matches('.command') && one.offsetHeight < 40)"
        ".map(one => one.outerHTML)"
    )
    assert small == []

    await phone.get_by_role("link", name="Về danh sách trò chuyện", exact=True).tap()
    await expect(phone.get_by_role("navigation")).to_be_visible()
    await phone.go_back()
    await expect(phone.get_by_role("main")).to_be_visible()
    await phone.go_back()
    await expect(phone.get_by_role("navigation")).to_be_visible()
