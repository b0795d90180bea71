"""An item with secret documents: its words go, nothing typed is kept, and people are told so."""

from storage.models import DifficultyRow, ExtensionRow, ItemRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story

UNIT, OFFICE = "Nhóm HCTP", "Nhóm Văn phòng"
WORD = "Sentinel"


async def flag(story: Story) -> None:
    await story.say("Lan", "/sua I.1")
    await story.press("Lan", story.of(vi="tài liệu mật", en="secret documents"))
    await story.press("Lan", story.of(vi="Đúng", en="Right, record it"))


def told_the_way(story: Story, said: str) -> None:
    story.expect(said, vi="ngoài bot", en="outside the bot")
    assert WORD not in said


async def test_of_a_flagged_item_the_code_is_left_and_words_about_it_are_not_kept(
    story: Story,
) -> None:
    await story.say("Minh", f"/vuong_mac I.1 Vướng {WORD}")
    before = story.heard(OFFICE)
    await flag(story)
    card = await story.say("Minh", "/xem I.1")
    stuck = await story.say("Minh", f"/vuong_mac I.1 vẫn vướng {WORD}")
    later = await story.say("Minh", f"/gia_han I.1 30/5/2024 chờ {WORD}")
    await story.press("Minh", story.of(vi="Đúng, gửi", en="Right, send"))
    link = await story.say("Minh", f"/xong I.1 https://e.vn/{WORD}")
    await story.say("Minh", "/xong I.1 12/BC-STP")
    await story.press("Minh", story.of(vi="📤 Gửi", en="📤 Send"))

    assert WORD in before
    assert "🔒" in card
    assert "Lập danh mục" not in card
    for said in (stuck, later):
        told_the_way(story, said)
    story.expect(link, vi="chỉ lưu số", en="only a document's number")
    assert WORD not in story.told(OFFICE, "12/BC-STP")
    kept = [
        *(row.text for row in await rows(story.here.db, DifficultyRow)),
        *(row.reason for row in await rows(story.here.db, ExtensionRow)),
        *(row.note for row in await rows(story.here.db, ReportRow)),
        *(row.title for row in await rows(story.here.db, ItemRow, ItemRow.code == "I.1")),
    ]
    assert len(kept) == 5
    assert not any(WORD in words or "Lập danh mục" in words for words in kept)


async def test_the_unit_hears_of_a_return_without_its_words(story: Story) -> None:
    await flag(story)
    await story.say("Minh", "/xong I.1 12/BC-STP")
    await story.press("Minh", story.of(vi="📤 Gửi", en="📤 Send"))
    await story.press("Lan", story.of(vi="Trả lại", en="Return"), to=OFFICE)
    told_the_way(story, story.read(OFFICE))
    await story.say("Lan", f"Thiếu {WORD}", to=OFFICE, answering=True)

    (report,) = await rows(story.here.db, ReportRow)
    returned = story.told(UNIT, story.of(vi="bị trả lại", en="was returned"))
    told_the_way(story, returned)
    assert WORD not in (report.reason or "")


async def test_a_mark_of_secrecy_is_refused_wherever_words_are_typed(story: Story) -> None:
    mark = "TUYỆT MẬT"
    said = [
        await story.say("Minh", f"/gia_han I.1 30/5 chờ\n{mark}"),
        await story.say("Minh", f"/vuong_mac I.1 vướng\n{mark}"),
        await story.say("Minh", f"/xong I.1 12/BC-STP\n{mark}"),
        await story.say("Lan", f"/thong_bao Họp\n{mark}"),
        await story.say("Lan", f"/ket_luan Rà soát – HCTP – 30/6\n{mark}"),
        await story.say("Lan", f"/thoi_viec I.1 QĐ 5\n{mark}"),
        await story.say("Lan", f"/them Việc mới\n{mark}"),
    ]

    for one in said:
        story.expect(one, vi="mật nên không được lưu", en="so it was not kept")
        assert mark not in one
    for model in (DifficultyRow, ExtensionRow, ReportRow):
        assert await rows(story.here.db, model) == []
