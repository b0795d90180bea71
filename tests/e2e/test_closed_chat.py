"""A plan was closed: its items are read in chat, old buttons do nothing, what waits is decided."""

from bot.domain.states import ExtensionState
from storage.models import ExtensionRow
from tests.builders import rows
from tests.e2e.stories import Story

UNIT, OFFICE = "Nhóm HCTP", "Nhóm Văn phòng"


async def test_a_closed_plan_is_read_and_only_what_waits_is_decided(story: Story) -> None:
    await story.say("Minh", "/xong I.1 https://vb.example.vn/1 đã lập")
    await story.say("Minh", "/gia_han I.2 15/7 chờ số liệu")
    await story.press("Minh", story.tr("✅ Right, send"))
    old, agree = story.button(OFFICE, story.tr("✅ Agree"))
    await story.say("Lan", "/dong_ke_hoach")
    await story.press("Lan", story.tr("None is carried out any longer"))
    asked = story.read("Lan")
    shown = await story.say("Lan", "QĐ 12/QĐ-STP ngày 20/4/2024")
    await story.press("Lan", story.tr("✅ Right, record it"))
    answered, told = story.told(UNIT, "I.2 –"), story.told(UNIT, "📕")

    proofs = await story.say("Minh", "/minh_chung I.1")
    refused = await story.press_again("Lan", old, agree)
    late = await story.say("Minh", "/gia_han I.2 20/7 chờ thêm")
    await story.say("Lan", "/xem I.1")
    confirmed = await story.press("Lan", story.tr("✅ Confirm"))
    card = story.read("Lan")

    story.expect(asked, vi="theo văn bản, quyết định nào?", en="On which document or decision")
    story.expect(
        shown,
        vi="⚠️ Xin gia hạn chưa duyệt, sẽ khép lại cùng kế hoạch: I.2",
        en="⚠️ Requests for another date that are closed with it: I.2",
    )
    story.expect(answered, vi="không còn phải xét", en="nothing to decide any more")
    story.expect(told, vi="Căn cứ: QĐ 12/QĐ-STP", en="Decision: QĐ 12/QĐ-STP")
    story.expect(
        proofs,
        vi="📕 KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024, đã đóng 22/4/2024",
        en="📕 KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024, closed 22/4/2024",
    )
    assert "vb.example.vn/1" in proofs
    for said in (refused, late):
        story.expect(said, vi="đã đóng ngày 22/4/2024, không làm việc này", en="was closed on")
    story.expect(confirmed, vi="Đã xác nhận", en="Confirmed.")
    story.expect(card, vi="Hoàn thành trước hạn", en="Done early")
    [request] = await rows(story.here.db, ExtensionRow)
    assert request.state is ExtensionState.LAPSED
