"""On a phone: a command alone, the item by button, and the act goes on."""

from storage.models import EvidenceRow, PartRow
from tests.builders import rows
from tests.e2e.stories import Story
from tests.e2e.test_captions_chat import send

HCTP, OFFICE = "Nhóm HCTP", "Nhóm Văn phòng"


async def test_a_head_reports_in_the_group_without_typing_a_code(story: Story) -> None:
    asked = await story.say("Minh", "/xong", to=HCTP)
    await story.press("Minh", "I.1 ·", HCTP)
    await story.say("Minh", "123/BC-STP ngày 19/4/2024, trang 3", to=HCTP, answering=True)
    await story.press("Minh", story.tr("📤 Send"), HCTP)
    told = story.told(OFFICE, "123/BC-STP")
    again = await story.say("Minh", "/xong", to=HCTP)

    story.expect(asked, vi="❓ Báo hoàn thành việc nào?", en="❓ Which item is done?")
    story.expect(
        asked,
        vi="Hoặc gõ: /xong III.5 https://… 123/BC-STP",
        en="Or type: /xong III.5 https://… 123/BC-STP",
    )
    assert "[I.1 · Lập danh mục hồ sơ]" in asked
    assert "[I.5" not in asked
    story.expect(told, vi="báo hoàn thành", en="reports it done")
    assert "[I.1" not in again


async def test_a_photo_in_the_group_is_proof_of_the_item_chosen_under_it(story: Story) -> None:
    _, asked = await send(story, "Minh", "photo", "/xong", to=HCTP)
    await story.press("Minh", "I.1 ·", HCTP)
    panel = story.told(HCTP, ".jpg")
    await story.press("Minh", story.tr("📤 Send"), HCTP)

    story.expect(asked, vi="Báo hoàn thành việc nào?", en="Which item is done?")
    story.expect(panel, vi="Gửi Văn phòng xác nhận?", en="Send it to Văn phòng for confirmation?")
    (row,) = await rows(story.here.db, EvidenceRow)
    assert row.photo


async def test_a_file_sent_alone_becomes_proof_by_two_presses(story: Story) -> None:
    await send(story, "Minh", "bao-cao.pdf")
    await story.press("Minh", story.tr("✅ Report an item done with it"))
    await story.press("Minh", "I.1 ·")
    panel = story.read("Minh")
    await story.press("Minh", story.tr("📤 Send"))

    assert "bao-cao.pdf" in panel
    assert [row.file_name for row in await rows(story.here.db, EvidenceRow)] == ["bao-cao.pdf"]


async def test_another_date_and_a_difficulty_begin_with_a_button(story: Story) -> None:
    await story.say("Minh", "/gia_han")
    await story.press("Minh", "I.1 ·")
    await story.say("Minh", "30/5 chờ số liệu")
    await story.press("Minh", story.of(vi="Gửi", en="Send"))
    asked = story.told(OFFICE, "I.1")
    await story.say("Thảo", "/vuong_mac")
    await story.press("Thảo", story.tr("⚠️ Report a difficulty"))
    await story.press("Thảo", "I.4 ·")
    stuck = await story.say("Thảo", "Chưa có số liệu")

    story.expect(asked, vi="xin gia hạn", en="asks for another date")
    story.expect(stuck, vi="Đã ghi", en="Recorded")
    pending = await rows(story.here.db, PartRow, PartRow.progress == "extension_pending")
    assert len(pending) == 1


async def test_the_office_changes_items_without_typing_a_code(story: Story) -> None:
    await story.say("Lan", "/kich_hoat")
    await story.press("Lan", "II.1 ·")
    read_back = await story.say("Lan", "19/4")
    await story.press("Lan", story.tr("✅ Right, record it"))
    dated = await story.say("Lan", "/dat_han")
    await story.press("Lan", "II.2 ·")
    await story.say("Lan", "30/6")
    await story.press("Lan", story.tr("✅ Right, record it"))
    none = await story.say("Lan", "/dat_han")

    assert "II.1" in read_back
    story.expect(dated, vi="❓ Đặt hạn cho việc nào?", en="❓ Which item gets a date?")
    assert dated.count("[") == 1
    story.expect(none, vi="/gia_han", en="/gia_han")
