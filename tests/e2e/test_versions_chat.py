"""Văn phòng sends a newer version of an active plan: compared, accepted, reminded, taken back."""

from bot.domain.roles import ChatPurpose, Role
from tests.e2e.conftest import MakeOffice, at
from tests.e2e.test_loading_chat import UNITS, button, docx_plan, handled, labels, latest, pressed

FIRST = (
    "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tNHIỆM VỤ CHUNG\n"
    "1\tLập danh mục hồ sơ\tDanh mục\tTrước ngày 30/4/2024\tPhòng Hành chính tư pháp\n"
    "2\tBáo cáo công tác thi đua\tBáo cáo\tTháng 6/2024\tVăn phòng\n"
    "3\tMở lớp tập huấn hòa giải\tLớp\tQuý III/2024\tPhòng Hành chính tư pháp\n"
)
NEWER = (
    ("1", "Lập danh mục hồ sơ", "Danh mục", "Trước ngày 31/5/2024", "Phòng Hành chính tư pháp"),
    ("2", "Báo cáo công tác thi đua", "Báo cáo", "Tháng 6/2024", "Văn phòng"),
    ("3", "Mở lớp tập huấn hòa giải", "Lớp", "Quý III/2024", "Phòng Hành chính tư pháp"),
    ("4", "Kiểm tra công chứng", "Kết luận", "Ngày 26/4/2024", "Phòng Hành chính tư pháp"),
)


async def test_a_newer_version_is_compared_accepted_reminded_and_rests(office: MakeOffice) -> None:
    async with office(
        FIRST.encode(),
        UNITS,
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "HCTP")
        hctp = await here.bind("HCTP", [minh], ChatPurpose.UNIT, "HCTP")
        await here.ask(minh, minh, "/xong I.1 https://vanban.example/1", "I.1")

        sent = here.sandbox.send_file(lan, lan, "ban-moi.docx", docx_plan(*NEWER))
        await here.sandbox.wait_for_message(lan, "giống", after=sent["message_id"])
        asked = await latest(here, lan)
        shown = await pressed(here, lan, lan, "ver:open")
        accepted = await pressed(here, lan, lan, "ver:all")
        await here.clock("2024-04-26")
        await here.sandbox.wait_for_message(hctp, "Kiểm tra công chứng")
        card = await here.ask(minh, minh, "/xem I.1", "I.1")
        await here.ask(minh, minh, "/xong I.4 https://vanban.example/4", "I.4")
        await here.press(lan, lan, accepted, button(accepted, "ver:undo"))
        await handled(here)
        sure = next(
            m for m in here.sandbox.messages(lan) if m["message_id"] == accepted["message_id"]
        )
        refused = await here.press(lan, lan, sure, button(sure, "ver:undonow"))

        assert labels(asked)[0] == "Là bản mới: xem thay đổi"
        assert "thứ Năm 30/5/2024" in shown["text"]
        assert "I.4 · Kiểm tra công chứng" in shown["text"]
        assert "Đã nhận bản 2" in accepted["text"]
        assert "vanban.example/1" in str(card), "the evidence stayed with its item"
        assert "gắn với mục I.4" in refused, "what was reported keeps the version"
