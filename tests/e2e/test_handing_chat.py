"""A part handed to staff and back, what is opened again, three leads, two heads at once."""

from bot.domain.roles import ChatPurpose, Role
from storage.models import OutboxRow, PartRow, ReportDraftRow, ReportRow
from tests.builders import rows
from tests.e2e.conftest import MakeOffice
from tests.e2e.test_loading_chat import handled, latest
from tests.e2e.test_reporting_chat import crew, opened, png, press


async def test_staff_prepare_a_report_in_private_and_the_head_sends_it(
    office: MakeOffice,
) -> None:
    async with opened(office) as here:
        _, minh, _, desk = await crew(here)
        thao = await here.join("Thảo", Role.STAFF, "HCTP")
        await here.ask(minh, minh, "/xem I.1", "I.1")
        await press(here, minh, minh, "Giao cho…")
        await press(here, minh, minh, "Thảo")
        given = await here.sandbox.wait_for_message(thao, "giao chuẩn bị I.1")
        await here.clock("2024-04-24")
        reminded = await here.sandbox.wait_for_message(thao, "Việc cần làm")
        await press(here, thao, thao, "Chuẩn bị báo cáo")
        here.sandbox.send_photo(thao, thao, png(9), "đã in đủ hồ sơ")
        await handled(here)
        panel = await latest(here, thao)
        await press(here, thao, thao, "Chuyển trưởng đơn vị")
        asked = await here.sandbox.wait_for_message(minh, "Gửi Văn phòng xác nhận?")
        await press(here, minh, minh, "Trả lại Thảo")
        back = await here.sandbox.wait_for_message(thao, "trả lại I.1")
        await press(here, thao, thao, "Chuẩn bị báo cáo")
        kept = await latest(here, thao)
        await press(here, thao, thao, "Chuyển trưởng đơn vị")
        await here.sandbox.wait_for_message(
            minh, "Gửi Văn phòng xác nhận?", after=asked["message_id"]
        )
        await press(here, minh, minh, "📤 Gửi")
        told = await here.sandbox.wait_for_message(desk, "báo hoàn thành")

        assert "Minh" in given["text"]
        assert "👤 Thảo chuẩn bị" in asked["text"]
        assert "I.1" in reminded["text"], "who prepares it is reminded in private"
        assert "I.2" not in reminded["text"], "and of nothing else"
        assert "📤 Gửi" not in str(panel["reply_markup"]), "staff do not report"
        assert back["message_id"] > given["message_id"]
        assert ".jpg" in kept["text"], "what was prepared is still there"
        assert ".jpg" in told["text"]
        assert "đã in đủ hồ sơ" in told["text"]
        assert await rows(here.db, ReportDraftRow) == []


async def test_what_was_confirmed_by_mistake_is_opened_again_with_a_reason(
    office: MakeOffice,
) -> None:
    async with opened(office) as here:
        lan, minh, hctp, desk = await crew(here)
        await here.ask(minh, minh, "/xong I.1 https://vanban.example/1", "I.1")
        asked = await here.sandbox.wait_for_message(desk, "báo hoàn thành")
        await here.press(desk, lan, asked, "✅ Xác nhận")
        await here.sandbox.wait_for_message(hctp, "được xác nhận hoàn thành")
        done = (await rows(here.db, PartRow))[0].progress
        await here.ask(lan, lan, "/xem I.1", "I.1")
        await press(here, lan, lan, "Mở lại")
        here.sandbox.say(lan, lan, "Bấm nhầm việc khác")
        told = await here.sandbox.wait_for_message(hctp, "được mở lại")
        again = await here.ask(minh, minh, "/xong I.1", "I.1")
        await handled(here)

        part, report = (await rows(here.db, PartRow))[0], (await rows(here.db, ReportRow))[0]
        assert done == "done"
        assert "Bấm nhầm việc khác" in told["text"]
        assert (part.progress, part.submitted_at) == ("returned", None)
        assert (report.state, report.reason) == ("returned", "Bấm nhầm việc khác")
        assert "vanban.example/1" in again["text"], "the evidence need not be typed again"


async def test_of_two_heads_at_once_one_reports_and_the_other_is_told(
    office: MakeOffice,
) -> None:
    async with opened(office) as here:
        _, minh, _, _ = await crew(here)
        hoa = await here.join("Hoa", Role.HEAD, "HCTP")
        for who in (minh, hoa):
            await here.ask(who, who, "/xong I.2 45/BC-STP", "I.2")
        panels = [await latest(here, who) for who in (minh, hoa)]
        queries = []
        for who, panel in zip((minh, hoa), panels, strict=True):
            button = next(
                one["callback_data"]
                for row in panel["reply_markup"]["inline_keyboard"]
                for one in row
                if "Gửi" in one["text"]
            )
            queries.append(here.sandbox.press(who, who, panel["message_id"], button))
        answers = [(await here.sandbox.wait_for_answer(query)).text or "" for query in queries]

        assert "" in answers
        refused = answers[0] or answers[1]
        assert "đã được báo hoàn thành" in refused
        assert ("Hoa" if answers[0] else "Minh") in refused
        assert len(await rows(here.db, ReportRow)) == 1
        confirms = await rows(here.db, OutboxRow, OutboxRow.kind == "confirm")
        assert len({row.subject_id for row in confirms}) == 1


THREE = (
    "KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tNHIỆM VỤ CHUNG\n"
    "1\tRà soát thủ tục\tDanh mục\tTrước ngày 30/4/2024\t"
    "Phòng Hành chính tư pháp, Phòng Văn bản, Văn phòng chủ trì\n"
)


async def test_an_item_with_three_leads_closes_only_when_all_are_accepted(
    office: MakeOffice,
) -> None:
    units = (
        "name,short,aliases,group\nVăn phòng,VP,,văn phòng\n"
        "Phòng Hành chính tư pháp,HCTP,,phòng chuyên môn\n"
        "Phòng Văn bản,VB,,phòng chuyên môn\n"
    )
    async with opened(office, THREE, units) as here:
        lan, minh, _, desk = await crew(here)
        viet = await here.join("Việt", Role.LEADER)
        dung = await here.join("Dũng", Role.HEAD, "VB")
        hung = await here.join("Hùng", Role.HEAD, "VP")
        await here.bind("VB", [dung], ChatPurpose.UNIT, "VB")
        states = []
        for who, decider in ((minh, lan), (dung, lan), (hung, lan)):
            before = len(here.sandbox.messages(desk))
            await here.ask(who, who, f"/xong I.1 https://vanban.example/{who}", "I.1")
            last = here.sandbox.messages(desk)[before - 1]["message_id"] if before else 0
            asked = await here.sandbox.wait_for_message(desk, "báo hoàn thành", after=last)
            await here.press(desk, decider, asked, "✅ Xác nhận")
            await handled(here)
            card = await here.ask(viet, viet, "/tim thủ tục", "I.1")
            parts = await rows(here.db, PartRow)
            states.append([part.progress.value for part in parts].count("done"))
            assert card is not None

        assert states == [1, 2, 3]
