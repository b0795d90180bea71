"""Văn phòng loads a plan in chat: from the file to the first reminder."""

import asyncio
import io
from typing import Any

import docx
import openpyxl
import pytest

from bot.domain.roles import ChatPurpose, Role
from bot.services import loading, updates
from storage import drafts
from tests.e2e.conftest import MakeOffice, Office, at

UNITS = """name,short,aliases,group
Văn phòng,VP,,văn phòng
Phòng Hành chính tư pháp,HCTP,,phòng chuyên môn
Phòng Thanh tra – Bổ trợ tư pháp,TT-BTTP,,phòng chuyên môn
"""
FIRST_PLAN = (
    "KẾ HOẠCH CÔNG TÁC NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tCHUNG\n"
    "1\tBáo cáo đầu năm\tBáo cáo\t15/3/2024\tVăn phòng\n"
)
ROWS = (
    ("1", "Lập danh mục hồ sơ", "Danh mục", "Trước ngày 30/4/2024", "Phòng Hành chính tư pháp"),
    ("2", "Kiểm tra công chứng", "Kết luận", "31/6/2024", "Phòng Thanh tra – Hỗ trợ tư pháp"),
    ("3", "Thực hiện tiếp", "=1+1", "Trong năm 2024", "Phòng Thanh tra – Hỗ trợ tư pháp"),
    (
        "4",
        "Rà soát",
        "Báo cáo",
        "Tháng 6/2024",
        "Văn phòng chủ trì; các đơn vị liên quan phối hợp",
    ),
)


def docx_plan(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024")
    table = document.add_table(rows=0, cols=5)
    head = ("STT", "Nhiệm vụ", "Sản phẩm", "Tiến độ", "Phân công")
    for row in (head, ("I", "NHIỆM VỤ CHUNG", "", "", ""), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def button(message: dict[str, Any], verb: str) -> str:
    """Return the data of the first button whose data begins with `verb`."""
    return next(data for data in all_data(message) if data.startswith(f"{verb}:"))


def all_data(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [one["callback_data"] for row in rows for one in row]


async def handled(here: Office) -> None:
    """Wait until every update is handled, its answer included."""
    await here.sandbox.wait_for(lambda: not here.sandbox.pending_updates)
    while await updates.unhandled(here.db, 1):  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.01)


async def latest(here: Office, chat: int) -> dict[str, Any]:
    """Return the bot's last message in a chat as it stands when everything is handled.

    What it sends by itself, a briefing's draft, a summary or a call to confirm, is no answer.
    """
    await handled(here)
    bot_id = here.sandbox.world.bot["id"]
    said = [m for m in here.sandbox.messages(chat) if m["from"]["id"] == bot_id]
    return [m for m in said if not m.get("text", "").startswith(("📋", "📊", "📥"))][-1]


async def pressed(here: Office, chat: int, user: int, verb: str) -> dict[str, Any]:
    """Press a button of the last message and return the last message after it."""
    message = await latest(here, chat)
    await here.press(chat, user, message, button(message, verb))
    return await latest(here, chat)


async def test_a_plan_is_loaded_settled_activated_and_reminded(office: MakeOffice) -> None:
    async with office(
        FIRST_PLAN.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "HCTP")
        hctp = await here.bind("HCTP", [minh], ChatPurpose.UNIT, "HCTP")
        before = len(here.said_by_bot(hctp))

        sent = here.sandbox.send_file(lan, lan, "ke-hoach.docx", docx_plan(*ROWS))
        await here.sandbox.wait_for_message(lan, "2024", after=sent["message_id"])
        summary = await latest(here, lan)
        asked = await pressed(here, lan, lan, "load:look")
        collective = await pressed(here, lan, lan, "load:unit")
        marked = await pressed(here, lan, lan, "load:mark")
        deadline = await pressed(here, lan, lan, "load:units")
        await pressed(here, lan, lan, "load:type")
        here.sandbox.say(lan, lan, "31/6")
        unread = await latest(here, lan)
        here.sandbox.say(lan, lan, "28/6")
        read_back = await latest(here, lan)
        settled = await pressed(here, lan, lan, "load:day")

        assert summary["message_id"] == sent["message_id"] + 1  # one message, edited
        assert "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024" in summary["text"]
        assert "Hỗ trợ tư pháp" in asked["text"]
        assert "I.2, I.3" in asked["text"]
        assert labels(asked)[0] == "✅ TT-BTTP"
        assert "các đơn vị liên quan" in collective["text"]
        assert labels(marked)[0] == "☑️ VP"
        assert "31/6/2024" in deadline["text"]
        assert "31/6" in unread["text"]
        assert "thứ Sáu 28/6/2024" in read_back["text"]
        assert not [data for data in all_data(settled) if data.startswith("load:look")]

        listed = await pressed(here, lan, lan, "load:list")
        book = openpyxl.load_workbook(io.BytesIO(here.sandbox.file(listed["document"]["file_id"])))
        page = book.worksheets[0]
        cells = {str(row[0].value): row for row in page.iter_rows(min_row=3)}
        assert [cells["I.3"][3].value, cells["I.3"][3].data_type] == ["=1+1", "s"]
        assert cells["I.2"][5].value == "thứ Sáu 28/6/2024"
        assert cells["I.2"][6].value == "Phòng Thanh tra – Bổ trợ tư pháp"
        assert page.freeze_panes == "B3"
        assert page.auto_filter.ref == "A2:J6"
        assert page.page_setup.orientation == "landscape"

        assert here.said_by_bot(hctp)[before:] == []
        await here.press(lan, lan, settled, button(settled, "load:start"))
        await handled(here)
        assert here.said_by_bot(hctp)[before:] == []
        await here.clock("2024-04-26")
        await here.sandbox.wait_for_message(hctp, "Lập danh mục hồ sơ")

        assert any("I.1" in text for text in here.said_by_bot(hctp)[before:])


async def test_a_reader_that_breaks_leaves_no_message_that_waits_for_ever(
    office: MakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(loading, "_read", broken)
    async with office(
        FIRST_PLAN.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        sent = here.sandbox.send_file(lan, lan, "ke-hoach.docx", docx_plan(*ROWS))
        await latest(here, lan)

        texts = [
            m["text"] for m in here.sandbox.messages(lan) if m["message_id"] > sent["message_id"]
        ]
        assert len(texts) == 2
        assert texts[0].startswith("✖️")


async def test_in_a_group_a_date_is_typed_as_an_answer_by_the_person_asked(
    office: MakeOffice,
) -> None:
    async with office(
        FIRST_PLAN.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        chat = await here.bind("Văn phòng", [lan], ChatPurpose.OFFICE)
        here.sandbox.send_file(
            chat,
            lan,
            "ke-hoach.docx",
            docx_plan(("1", "Rà soát", "", "31/6", "Văn phòng")),
            caption="/nhap",
        )
        await latest(here, chat)
        await pressed(here, chat, lan, "load:look")

        asked = await pressed(here, chat, lan, "load:type")
        here.sandbox.say(chat, lan, "28/6", reply_to=asked["message_id"])
        read_back = await latest(here, chat)
        settled = await pressed(here, chat, lan, "load:day")

        assert "Lan" in asked["text"]
        assert asked["entities"][0]["type"] == "text_mention"
        assert "thứ Sáu 28/6/2024" in read_back["text"]
        assert not [data for data in all_data(settled) if data.startswith("load:look")]


async def test_only_the_office_loads_and_a_broken_file_says_so(office: MakeOffice) -> None:
    async with office(
        FIRST_PLAN.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "HCTP")

        here.sandbox.send_file(minh, minh, "ke-hoach.docx", docx_plan(*ROWS))
        refused = await latest(here, minh)
        here.sandbox.send_file(lan, lan, "ke-hoach.docx", b"PK\x03\x04 not a document")
        broken = await latest(here, lan)
        here.sandbox.send_file(lan, lan, "MẬT.docx", docx_plan(*ROWS))
        secret = await latest(here, lan)

        assert "chỉ Văn phòng" in refused["text"]
        assert "ke-hoach.docx" in broken["text"]
        assert labels(broken) == []
        assert labels(secret) == []
        async with here.db.read() as session:
            assert await drafts.drafts_in(session, here.office_id) == []


async def test_a_file_in_a_group_is_loaded_by_an_answer_and_old_buttons_say_what_is(
    office: MakeOffice,
) -> None:
    async with office(
        FIRST_PLAN.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "HCTP")
        chat = await here.bind("Văn phòng", [lan, minh], ChatPurpose.OFFICE)
        count = len(here.said_by_bot(chat))
        sent = here.sandbox.send_file(chat, minh, "ke-hoach.docx", docx_plan(*ROWS))
        await handled(here)
        assert len(here.said_by_bot(chat)) == count  # the bot does not even see it

        here.sandbox.say(chat, lan, "/nhap", reply_to=sent["message_id"])
        summary = await latest(here, chat)
        query = here.sandbox.press(chat, minh, summary["message_id"], button(summary, "load:drop"))
        refused = await here.sandbox.wait_for_answer(query)
        sure = await pressed(here, chat, lan, "load:drop")
        assert "4" in sure["text"]
        gone = await pressed(here, chat, lan, "load:dropnow")
        activate = button(summary, "load:start")
        query = here.sandbox.press(chat, lan, gone["message_id"], activate, force=True)
        old = await here.sandbox.wait_for_answer(query)

        assert "Chỉ Văn phòng" in (refused.text or "")
        assert "KẾ HOẠCH CẢI CÁCH" in gone["text"]
        assert "Lan" in (old.text or "")
        again = here.sandbox.send_file(
            chat, lan, "ke-hoach.docx", docx_plan(*ROWS), caption="/nhap"
        )
        await handled(here)
        anew = await latest(here, chat)
        assert anew["message_id"] > again["message_id"]
        query = here.sandbox.press(chat, lan, anew["message_id"], activate, force=True)
        assert "Lan" in ((await here.sandbox.wait_for_answer(query)).text or "")
