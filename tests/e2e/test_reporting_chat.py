"""Heads report completion with documents, photos and albums; Văn phòng confirms or returns."""

import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.domain.roles import ChatPurpose, Role
from storage.models import EvidenceRow, PartRow, ReportDraftRow, ReportRow
from tests.builders import rows
from tests.e2e.conftest import MakeOffice, Office, at
from tests.e2e.test_loading_chat import UNITS, handled, latest

PLAN = (
    "KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tNHIỆM VỤ CHUNG\n"
    "1\tLập danh mục hồ sơ\tDanh mục\tTrước ngày 30/4/2024\tPhòng Hành chính tư pháp\n"
    "2\tBáo cáo công tác thi đua\tKế hoạch; Báo cáo tổng kết\tTháng 6/2024\t"
    "Phòng Hành chính tư pháp\n"
)


def png(shade: int) -> bytes:
    """Return a small picture that differs from those of other shades."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes([shade]) * 8) * 8)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@asynccontextmanager
async def opened(
    office: MakeOffice, plan: str = PLAN, units: str = UNITS
) -> AsyncIterator[Office]:
    """Open an office on an afternoon; it is left when nothing is under way any more."""
    async with office(
        plan.encode(),
        units,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-22", "16:00"),
    ) as here:
        yield here
        await handled(here)
        await here.bot.ticker.tick()


async def press(here: Office, chat: int, user: int, label: str) -> str:
    """Press a button of the latest message that has it; return the notice."""
    message = next(
        m
        for m in reversed(here.sandbox.messages(chat))
        if any(
            label in one["text"]
            for row in m.get("reply_markup", {}).get("inline_keyboard", [])
            for one in row
        )
    )
    button = next(
        one["callback_data"]
        for row in message["reply_markup"]["inline_keyboard"]
        for one in row
        if label in one["text"]
    )
    said = await here.press(chat, user, message, button)
    await handled(here)
    return said


async def crew(here: Office) -> tuple[int, int, int, int]:
    lan = await here.join("Lan", Role.COORDINATOR)
    minh = await here.join("Minh", Role.HEAD, "HCTP")
    hctp = await here.bind("HCTP", [minh], ChatPurpose.UNIT, "HCTP")
    desk = await here.bind("Văn phòng", [lan], ChatPurpose.OFFICE)
    return lan, minh, hctp, desk


async def test_an_album_and_a_document_are_read_back_sent_returned_and_confirmed(
    office: MakeOffice,
) -> None:
    async with opened(office) as here:
        lan, minh, hctp, desk = await crew(here)
        await here.ask(minh, minh, "/xem I.1", "I.1")
        await press(here, minh, minh, "Báo hoàn thành")
        for shade in (1, 2, 3):
            here.sandbox.send_photo(
                minh, minh, png(shade), "đã họp" if shade == 1 else None, media_group_id="a1"
            )
        await handled(here)
        panels = [t for t in here.said_by_bot(minh) if "Gửi Văn phòng xác nhận?" in t]
        here.sandbox.say(minh, minh, "123/BC-STP ngày 22/4/2024, mục II, trang 3")
        await handled(here)
        read_back = (await latest(here, minh))["text"]
        drafted = await rows(here.db, EvidenceRow)
        await press(here, minh, minh, "📤 Gửi")
        asked = await here.sandbox.wait_for_message(desk, "báo hoàn thành")
        await here.press(desk, lan, asked, "↩️ Trả lại")
        question = await here.sandbox.wait_for_message(desk, "Vì sao")
        here.sandbox.say(desk, lan, "Thiếu phụ lục", reply_to=question["message_id"])
        told = await here.sandbox.wait_for_message(hctp, "bị trả lại")
        await handled(here)
        await here.ask(minh, minh, "/xong I.1", "I.1")
        again = (await latest(here, minh))["text"]
        await press(here, minh, minh, "📤 Gửi")
        await here.sandbox.wait_for_message(desk, "báo hoàn thành", after=told["message_id"])
        await handled(here)
        await press(here, desk, lan, "✅ Xác nhận")

        assert len(panels) == 1, "an album is answered by one message that grows"
        assert panels[0].count(".jpg") == 3
        assert "123/BC-STP ngày 22/4/2024, mục II, trang 3" in read_back
        assert drafted == [], "a draft counts for nothing"
        assert "Thiếu phụ lục" in told["text"]
        assert "123/BC-STP" in again, "nobody has to type it twice"
        reports = await rows(here.db, ReportRow)
        assert [r.state for r in reports] == ["returned", "accepted"]
        proofs = await rows(here.db, EvidenceRow, EvidenceRow.report_id == reports[1].id)
        assert len(proofs) == 4
        assert len({p.sha256 for p in proofs if p.sha256}) == 3
        assert (await rows(here.db, PartRow))[0].progress == "done"
        assert await rows(here.db, ReportDraftRow) == []


async def test_products_are_ticked_one_by_one_and_shown_to_the_office(office: MakeOffice) -> None:
    async with opened(office) as here:
        _, minh, _, desk = await crew(here)
        await here.ask(minh, minh, "/xong I.2 45/BC-STP ngày 20/4/2024", "I.2")
        await handled(here)
        await press(here, minh, minh, "Báo cáo tổng kết")
        await press(here, minh, minh, "📤 Gửi")
        asked = await here.sandbox.wait_for_message(desk, "báo hoàn thành")

        assert "☐ Kế hoạch" in asked["text"]
        assert "☑ Báo cáo tổng kết" in asked["text"]
        report = (await rows(here.db, ReportRow))[0]
        assert report.products == [1]


async def test_in_a_group_a_photo_answers_the_question(office: MakeOffice) -> None:
    async with opened(office) as here:
        _, minh, hctp, desk = await crew(here)
        here.sandbox.say(hctp, minh, "/xong I.1")
        question = await here.sandbox.wait_for_message(hctp, "trả lời tin này")
        here.sandbox.send_photo(
            hctp, minh, png(7), "ký ngày 22/4", reply_to=question["message_id"]
        )
        await handled(here)
        await press(here, hctp, minh, "📤 Gửi")
        asked = await here.sandbox.wait_for_message(desk, "báo hoàn thành")

        assert ".jpg" in asked["text"]
        assert "ký ngày 22/4" in asked["text"]


async def test_a_second_press_says_how_it_stands_and_changes_nothing(office: MakeOffice) -> None:
    async with opened(office) as here:
        _, minh, _, _ = await crew(here)
        await here.ask(minh, minh, "/xong I.2 45/BC-STP", "I.2")
        await handled(here)
        panel = await latest(here, minh)
        send = next(
            one["callback_data"]
            for row in panel["reply_markup"]["inline_keyboard"]
            for one in row
            if "Gửi" in one["text"]
        )
        await here.press(minh, minh, panel, send)
        query = here.sandbox.press(minh, minh, panel["message_id"], send, force=True)
        answer = await here.sandbox.wait_for_answer(query)

        assert "đã gửi hoặc đã bỏ" in (answer.text or "")
        assert len(await rows(here.db, ReportRow)) == 1


async def test_the_office_reports_for_a_unit_and_a_leader_decides(office: MakeOffice) -> None:
    async with opened(office) as here:
        lan, _, hctp, _ = await crew(here)
        viet = await here.join("Việt", Role.LEADER)
        here.sandbox.say(lan, lan, "/xong I.1 https://vanban.example/1")
        await handled(here)
        panel = (await latest(here, lan))["text"]
        await press(here, lan, lan, "📤 Gửi")
        await handled(here)
        own = await here.ask(lan, lan, "/xem I.1", "I.1")
        asked = await here.sandbox.wait_for_message(viet, "báo hoàn thành")
        await here.press(viet, viet, asked, "✅ Xác nhận")
        told = await here.sandbox.wait_for_message(hctp, "được xác nhận hoàn thành")

        assert "báo thay đơn vị" in panel
        assert "báo thay đơn vị" in asked["text"]
        assert "báo thay đơn vị" in told["text"]
        assert "Xác nhận" not in str(own["reply_markup"]), "who reports may not decide"
        assert (await rows(here.db, ReportRow))[0].on_behalf is True


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("chay.exe", b"MZ\x90", "Loại tệp này không nhận"),
        ("bao-cao.pdf", b"MZ\x90", "Loại tệp này không nhận"),
        ("MẬT.pdf", b"%PDF", "mật"),
        ("lon.pdf", b"\0" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
async def test_what_may_not_be_kept_is_refused_and_not_kept(
    office: MakeOffice, name: str, data: bytes, words: str
) -> None:
    async with opened(office) as here:
        _, minh, _, _ = await crew(here)
        await here.ask(minh, minh, "/xong I.1", "I.1")
        await handled(here)
        sent = here.sandbox.send_file(minh, minh, name, data)
        refused = await here.sandbox.wait_for_message(minh, words, after=sent["message_id"])
        await handled(here)

        assert "Chưa có gì thay đổi" in refused["text"] or "không được lưu" in refused["text"]
        assert (await rows(here.db, ReportDraftRow))[0].proofs == []


async def test_what_looks_secret_is_asked_and_dropped(office: MakeOffice) -> None:
    async with opened(office) as here:
        _, minh, _, _ = await crew(here)
        await here.ask(minh, minh, "/xong I.1", "I.1")
        sent = here.sandbox.send_file(minh, minh, "Báo cáo (MẬT) quý I.pdf", b"%PDF-1.7 x")
        await here.sandbox.wait_for_message(minh, "tài liệu mật", after=sent["message_id"])
        await handled(here)
        await press(here, minh, minh, "Phải, bỏ đi")

        assert await rows(here.db, ReportDraftRow) == []
        assert await rows(here.db, EvidenceRow) == []
