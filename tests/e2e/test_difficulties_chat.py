"""Difficulties: one tap and a sentence, a leader's answer, closed; and what was received."""

from tests.e2e.stories import Story
from tests.e2e.test_people_chat import invited

DESK, UNIT = "Nhóm Văn phòng", "Nhóm HCTP"


async def test_a_difficulty_reaches_the_leader_in_charge_whose_answer_reaches_the_unit(
    story: Story,
) -> None:
    story.add("Bình")
    await story.start("Bình", await invited(story, story.tr("leader"), "HCTP"))
    await story.say("Thảo", "/xem I.1")
    await story.press("Thảo", story.tr("⚠️ Difficulty"))
    question = story.read("Thảo")
    said = await story.say("Thảo", "Chưa có số liệu của 3 xã")
    desk, leader = story.told(DESK), story.told("Bình", "⚠️")
    seen = await story.press("Lan", story.tr("👌 Received"), to=DESK)
    listed = await story.say("Lan", "/vuong_mac")
    old = story.button(DESK, story.tr("💬 Answer"))
    await story.say("Bình", "/vuong_mac")
    await story.press("Bình", "💬 I.1")
    asked = story.read("Bình")
    await story.say("Bình", "Sở sẽ có công văn đôn đốc trong tuần này")
    told = story.told(UNIT)
    empty = await story.say("Lan", "/vuong_mac")
    late = await story.press_again("Lan", *old)
    card = await story.say("Minh", "/xem I.1")

    story.expect(question, vi="❓ Vướng mắc gì?", en="❓ What stands in the way?")
    story.expect(
        said,
        vi="Đã ghi. Văn phòng và lãnh đạo phụ trách được báo ngay.",
        en="Recorded. Văn phòng and the leader in charge were told.",
    )
    for heard in (desk, leader):
        story.expect(
            heard,
            vi="⚠️ I.1 – Phòng Hành chính tư pháp báo vướng mắc\nLập danh mục hồ sơ\n"
            "Hạn thứ Hai 29/4, còn 4 ngày làm việc\n“Chưa có số liệu của 3 xã”",
            en="⚠️ I.1 – Phòng Hành chính tư pháp reports a difficulty\nLập danh mục hồ sơ\n"
            "Due Monday 29/4, 4 working days left\n“Chưa có số liệu của 3 xã”",
        )
    assert seen
    story.expect(listed, vi="⚠️ Vướng mắc đang mở: 1", en="⚠️ Open difficulties: 1")
    story.expect(listed, vi="(từ 22/4)", en="(since 22/4)")
    story.expect(asked, vi="💬 Trả lời gì về I.1?", en="💬 What do you answer about I.1?")
    story.expect(
        told,
        vi="💬 I.1 – Phòng Hành chính tư pháp: trả lời vướng mắc\n“Chưa có số liệu của 3 xã”\n"
        "➜ Sở sẽ có công văn đôn đốc trong tuần này",
        en="💬 I.1 – Phòng Hành chính tư pháp: answer to the difficulty\n"
        "“Chưa có số liệu của 3 xã”\n➜ Sở sẽ có công văn đôn đốc trong tuần này",
    )
    story.expect(empty, vi="Không có vướng mắc nào đang mở.", en="No open difficulty.")
    story.expect(late, vi="lúc 09:00 22/4/2024", en="09:00 22/4/2024")
    assert "→" in card


async def test_the_unit_closes_what_no_longer_stands_in_the_way(story: Story) -> None:
    await story.say("Minh", "/vuong_mac I.4 Phần mềm hộ tịch lỗi")
    old = story.button(DESK, story.tr("💬 Answer"))
    foreign = await story.say("Dũng", "/vuong_mac")
    await story.press("Minh", story.tr("✔ No longer in the way"))
    closed = story.read("Minh")
    late = await story.press_again("Lan", *old)
    listed = await story.say("Lan", "/vuong_mac")

    assert "I.4" not in foreign
    story.expect(closed, vi="vướng mắc đã đóng", en="the difficulty was closed")
    story.expect(late, vi="Chưa có gì thay đổi.", en="Nothing has changed.")
    assert "I.4" not in listed


async def test_what_was_received_is_kept_and_shown_to_the_office(story: Story) -> None:
    await story.clock("2024-04-26")
    morning = story.told(UNIT, "📌")
    first = await story.press("Minh", story.tr("👌 Received"), to=UNIT)
    again = await story.press("Minh", story.tr("👌 Received"), to=UNIT)
    ledger = await story.say("Lan", "/da_nhac I.1")

    assert "I.1" in morning
    assert first
    assert again
    story.expect(ledger, vi="Minh", en="Minh")
