"""Another date handled away from its message: on cards, by the command, from the list."""

from storage.models import PartRow
from tests.builders import day, rows
from tests.e2e.stories import Story

DESK, UNIT = "Nhóm Văn phòng", "Nhóm HCTP"


async def asked(story: Story, words: str = "10/5 chờ số liệu cấp xã") -> None:
    """Let a head ask for another date for I.1 and send it."""
    await story.say("Minh", f"/gia_han I.1 {words}")
    await story.press("Minh", story.tr("✅ Right, send"))


async def proposed(story: Story, to: str = "8/5") -> None:
    """Let Văn phòng propose another day from the item's card."""
    await story.say("Lan", "/xem I.1")
    await story.press("Lan", story.tr("📅 Another day"))
    await story.say("Lan", to)
    await story.press("Lan", story.tr("✅ Right, send"))


async def test_van_phong_finds_a_request_in_its_list_and_decides_on_the_card(
    story: Story,
) -> None:
    await asked(story)
    listed = await story.say("Nga", "/cho_xac_nhan")
    await story.press("Nga", "I.1")
    card = story.read("Nga")
    await story.press("Nga", story.tr("✅ Agree"))
    told = story.told(UNIT)
    after = await story.say("Nga", "/cho_xac_nhan")

    story.expect(
        listed,
        vi="⏸ Xin gia hạn: 1\nI.1 · Lập danh mục hồ sơ – Phòng Hành chính tư pháp – xin đến "
        "thứ Sáu 10/5, gửi hôm nay",
        en="⏸ Requests for another date: 1\nI.1 · Lập danh mục hồ sơ – Phòng Hành chính tư pháp – "
        "asked today for Friday 10/5",
    )
    story.expect(
        card,
        vi="⏸ Xin gia hạn đến thứ Sáu 10/5. Lý do: chờ số liệu cấp xã\n[✅ Đồng ý] [❌ Từ chối]",
        en="⏸ Another date is asked for: Friday 10/5. Reason: chờ số liệu cấp xã\n"
        "[✅ Agree] [❌ Reject]",
    )
    story.expect(told, vi="Hạn mới: thứ Sáu 10/5/2024", en="New date: Friday 10/5/2024")
    assert "I.1" not in after


async def test_the_unit_answers_a_proposal_where_it_finds_it(story: Story) -> None:
    await asked(story)
    await proposed(story)
    message, declines = story.button(UNIT, story.tr("❌ Decline"))
    shown = await story.say("Hoa", "/gia_han I.1 20/5 lý do khác")
    await story.press("Hoa", story.tr("✅ Accept that day"))
    late = await story.press_again("Minh", message, declines)
    card = await story.say("Minh", "/xem I.1")

    story.expect(
        shown,
        vi="Văn phòng đề xuất: thứ Tư 08/5/2024\nLý do xin: chờ số liệu cấp xã\n"
        "Việc I.1 đã có đề nghị gia hạn đang chờ quyết định.",
        en="Proposed: Wednesday 08/5/2024\nAsked for because: chờ số liệu cấp xã\n"
        "Another date for I.1 was asked for already and is not decided yet.",
    )
    story.expect(late, vi="Đã đồng ý gia hạn", en="Another date was granted already")
    story.expect(card, vi="hạn thứ Tư 08/5", en="due Wednesday 08/5")


async def test_van_phong_changes_its_mind_until_the_unit_has_answered(story: Story) -> None:
    await asked(story)
    await proposed(story)
    await story.press("Lan", story.tr("📅 Another day"))
    question = story.read("Lan")
    read_back = await story.say("Lan", "ngày 7")
    await story.press("Lan", story.tr("✅ Right, send"))
    await story.press("Lan", story.tr("↩ Take back the proposal"))
    told = story.told(UNIT)
    await story.press("Lan", story.tr("✅ Agree"))

    story.expect(question, vi="thay cho thứ Tư 08/5/2024?", en="instead of Wednesday 08/5/2024?")
    story.expect(
        read_back,
        vi="Văn phòng đề xuất: thứ Tư 08/5/2024\nĐề xuất với đơn vị hạn mới thứ Ba 07/5/2024?",
        en="Proposed: Wednesday 08/5/2024\nPropose Tuesday 07/5/2024 to the unit?",
    )
    story.expect(
        told,
        vi="Văn phòng đã rút ngày đề xuất.\n[↩ Rút đề nghị]",
        en="Văn phòng took back the day that it had proposed.\n[↩ Take back the request]",
    )
    parts = await rows(story.here.db, PartRow, PartRow.extended_due.is_not(None))
    assert [part.extended_due for part in parts] == [day("2024-05-10")]


async def test_a_change_of_mind_can_itself_be_taken_back(story: Story) -> None:
    await asked(story)
    await proposed(story)
    await story.press("Lan", story.tr("✅ Grant {day} after all", day="10/5"))
    granted = story.told(UNIT)
    asked_back = await story.say("Lan", "/hoan_tac")
    await story.press("Lan", story.tr("↩ Take back"))
    shown = await story.say("Minh", "/gia_han I.1")

    story.expect(granted, vi="Hạn mới: thứ Sáu 10/5/2024", en="New date: Friday 10/5/2024")
    story.expect(
        asked_back,
        vi="Đồng ý ngày đơn vị xin, thay cho ngày đã đề xuất",
        en="Agreed to the date that was asked for after all",
    )
    assert story.tr("✅ Accept that day") in shown, "the proposal stands again"


async def test_a_request_lapses_when_the_work_is_given_to_another_unit(story: Story) -> None:
    await asked(story)
    message, agrees = story.button(DESK, story.tr("✅ Agree"))
    await story.say("Lan", "/giao I.1 Phòng Văn bản")
    await story.press("Lan", story.of(vi="Đúng", en="Right"))
    told = story.heard(UNIT)
    late = await story.press_again("Nga", message, agrees)

    story.expect(
        told,
        vi="⚪ I.1 – Phòng Hành chính tư pháp: đề nghị gia hạn không còn phải xét",
        en="⚪ I.1 – Phòng Hành chính tư pháp: nothing to decide any more",
    )
    story.expect(late, vi="không còn gì để quyết định", en="nothing to decide any more")
