"""Another date: asked for in everyday words, read back, granted, refused, or haggled over."""

from storage.models import PartRow
from tests.builders import day, rows
from tests.e2e.stories import Story
from tests.e2e.test_people_chat import invited

DESK, UNIT = "Nhóm Văn phòng", "Nhóm HCTP"


async def asked(story: Story, words: str = "10/5 chờ số liệu cấp xã") -> None:
    """Let a head ask for another date for I.1 and send it."""
    await story.say("Minh", f"/gia_han I.1 {words}")
    await story.press("Minh", story.tr("✅ Right, send"))


async def test_a_date_in_everyday_words_is_read_back_before_it_is_asked_for(story: Story) -> None:
    await story.say("Minh", "/xem I.1")
    await story.press("Minh", story.tr("⏳ Another date"))
    question = story.read("Minh")
    unread = await story.say("Minh", "31/6")
    past = await story.say("Minh", "20/4")
    why = await story.say("Minh", "hết tháng")
    read_back = await story.say("Minh", "Chờ số liệu cấp xã")
    await story.press("Minh", story.tr("✏️ Change"))
    again = await story.say("Minh", "thứ sáu tuần sau, chờ số liệu cấp xã")
    unsent = story.heard(DESK)
    await story.press("Minh", story.tr("✅ Right, send"))
    sent = story.read("Minh")
    second = await story.say("Hoa", "/gia_han I.1 20/5 lý do khác")

    story.expect(question, vi="Hạn hiện tại: thứ Hai 29/4/2024", en="Present date: Monday 29/4")
    story.expect(
        unread, vi="Không đọc được ngày trong “31/6”", en="I cannot read a date in “31/6”"
    )
    story.expect(past, vi="Ngày 20/4/2024 đã qua.", en="20/4/2024 has passed.")
    story.expect(
        why,
        vi="Hạn mới: thứ Ba 30/4/2024\n❓ Vì sao cần gia hạn?",
        en="New date: Tuesday 30/4/2024\n❓ Why is another date needed?",
    )
    story.expect(
        read_back,
        vi="⏳ Xin gia hạn?\nI.1 · Lập danh mục hồ sơ\nHạn hiện tại: thứ Hai 29/4/2024\n"
        "Hạn mới: thứ Ba 30/4/2024\nLý do: Chờ số liệu cấp xã",
        en="⏳ Ask for another date?\nI.1 · Lập danh mục hồ sơ\nPresent date: Monday 29/4/2024\n"
        "New date: Tuesday 30/4/2024\nReason: Chờ số liệu cấp xã",
    )
    story.expect(
        again,
        vi="Hạn mới: thứ Sáu 03/5/2024\nLý do: chờ số liệu cấp xã",
        en="New date: Friday 03/5/2024\nReason: chờ số liệu cấp xã",
    )
    assert story.tr("✅ Agree") not in unsent, "nothing counts before it was read back"
    story.expect(
        sent,
        vi="Đã gửi Văn phòng. Khi chưa có quyết định, hạn hiện tại vẫn tính.",
        en="Sent. Văn phòng decides; until then the present date counts.",
    )
    story.expect(second, vi="đang chờ quyết định", en="is not decided yet")


async def test_a_date_is_granted_and_the_original_one_is_kept(story: Story) -> None:
    await asked(story)
    question = story.told(DESK)
    notice = await story.press("Lan", story.tr("✅ Agree"), to=DESK)
    told = story.told(UNIT)
    seen = await story.press("Hoa", story.tr("👌 Received"), to=UNIT)
    card = await story.say("Minh", "/xem I.1")

    story.expect(
        question,
        vi="⏳ I.1 – Phòng Hành chính tư pháp xin gia hạn\nLập danh mục hồ sơ\n"
        "Hạn hiện tại: thứ Hai 29/4/2024\nXin đến: thứ Sáu 10/5/2024\n"
        "Lý do: chờ số liệu cấp xã",
        en="⏳ I.1 – Phòng Hành chính tư pháp asks for another date\nLập danh mục hồ sơ\n"
        "Present date: Monday 29/4/2024\nAsked for: Friday 10/5/2024\n"
        "Reason: chờ số liệu cấp xã",
    )
    assert notice == story.tr("Granted.")
    story.expect(
        told,
        vi="✅ I.1 – Phòng Hành chính tư pháp: đã được gia hạn\nLập danh mục hồ sơ\n"
        "Hạn trước: thứ Hai 29/4/2024\nHạn mới: thứ Sáu 10/5/2024",
        en="✅ I.1 – Phòng Hành chính tư pháp: another date is granted\nLập danh mục hồ sơ\n"
        "Date before: Monday 29/4/2024\nNew date: Friday 10/5/2024",
    )
    assert seen
    story.expect(
        card,
        vi="hạn thứ Sáu 10/5, còn 12 ngày làm việc\nHạn ban đầu: thứ Hai 29/4, gia hạn 1 lần",
        en="due Friday 10/5, 12 working days left\nOriginal date: Monday 29/4, extended 1 time\n",
    )


async def test_a_date_is_refused_with_a_reason_and_the_present_one_stands(story: Story) -> None:
    await asked(story)
    await story.press("Lan", story.tr("❌ Reject"), to=DESK)
    why = story.told(DESK)
    await story.say("Lan", "Số liệu đã có từ tuần trước", to=DESK, answering=True)
    told = story.told(UNIT)
    card = await story.say("Minh", "/xem I.1")

    story.expect(
        why,
        vi="❌ Vì sao không gia hạn I.1?",
        en="❌ Why no other date for I.1? Answer this message",
    )
    story.expect(
        told,
        vi="❌ I.1 – Phòng Hành chính tư pháp: không được gia hạn\nLập danh mục hồ sơ\n"
        "Hạn hiện tại: thứ Hai 29/4/2024\nXin đến: thứ Sáu 10/5/2024\n"
        "Lý do: Số liệu đã có từ tuần trước\nHạn hiện tại giữ nguyên.",
        en="❌ I.1 – Phòng Hành chính tư pháp: no other date\nLập danh mục hồ sơ\n"
        "Present date: Monday 29/4/2024\nAsked for: Friday 10/5/2024\n"
        "Reason: Số liệu đã có từ tuần trước\nThe present date stands.",
    )
    story.expect(card, vi="hạn thứ Hai 29/4", en="due Monday 29/4")
    assert story.tr("⏳ Another date") in card, "it may be asked for again"


async def test_a_counter_proposal_is_accepted_by_the_unit(story: Story) -> None:
    await asked(story)
    await story.press("Lan", story.tr("📅 Another day"), to=DESK)
    question = story.told(DESK)
    past = await story.say("Lan", "19/4", to=DESK, answering=True)
    unread = await story.say("Lan", "hôm nọ", to=DESK, answering=True)
    read_back = await story.say("Lan", "8/5", to=DESK, answering=True)
    await story.press("Lan", story.tr("✅ Right, send"), to=DESK)
    offered = story.told(UNIT)
    waiting = await story.say("Minh", "/xem I.1")
    by_staff = await story.press("Thảo", story.tr("✅ Accept that day"), to=UNIT)
    await story.press("Minh", story.tr("✅ Accept that day"), to=UNIT)
    told = story.told(DESK)
    card = await story.say("Minh", "/xem I.1")

    story.expect(
        question,
        vi="📅 Đề xuất ngày nào cho I.1, thay cho thứ Sáu 10/5/2024?",
        en="📅 Which day do you propose for I.1, instead of Friday 10/5/2024?",
    )
    story.expect(past, vi="Ngày 19/4/2024 đã qua.", en="19/4/2024 has passed.")
    story.expect(unread, vi="mẫu 30/6, ngày 15 hoặc", en="like 30/6, 30 June or next friday.")
    story.expect(
        read_back,
        vi="Đề xuất với đơn vị hạn mới thứ Tư 08/5/2024?",
        en="Propose Wednesday 08/5/2024 to the unit?",
    )
    story.expect(
        offered,
        vi="Hạn hiện tại: thứ Hai 29/4/2024\nXin đến: thứ Sáu 10/5/2024\n"
        "Văn phòng đề xuất: thứ Tư 08/5/2024\n[✅ Nhận ngày này] [❌ Không nhận]",
        en="Present date: Monday 29/4/2024\nAsked for: Friday 10/5/2024\n"
        "Proposed: Wednesday 08/5/2024\n[✅ Accept that day] [❌ Decline]",
    )
    story.expect(
        waiting,
        vi="⏸ Xin gia hạn đến thứ Sáu 10/5; Văn phòng đề xuất thứ Tư 08/5",
        en="⏸ Asked for Friday 10/5; Văn phòng proposes Wednesday 08/5",
    )
    story.expect(by_staff, vi="Chưa có gì thay đổi", en="Nothing has changed")
    story.expect(told, vi="Hạn mới: thứ Tư 08/5/2024", en="New date: Wednesday 08/5/2024")
    story.expect(card, vi="hạn thứ Tư 08/5", en="due Wednesday 08/5")


async def test_a_counter_proposal_is_declined_and_the_present_date_stands(story: Story) -> None:
    await asked(story)
    await story.press("Lan", story.tr("📅 Another day"), to=DESK)
    await story.say("Lan", "8/5", to=DESK, answering=True)
    await story.press("Lan", story.tr("✅ Right, send"), to=DESK)
    await story.press("Minh", story.tr("❌ Decline"), to=UNIT)
    told = story.told(DESK)
    late = await story.press("Lan", story.tr("View {code}", code="I.1"), to=DESK)

    story.expect(told, vi="không nhận ngày Văn phòng đề xuất", en="the proposed day was declined")
    story.expect(told, vi="Hạn hiện tại giữ nguyên.", en="The present date stands.")
    assert late == ""
    [part, *_] = await rows(story.here.db, PartRow)
    assert part.progress == "not_started"


async def test_who_asks_never_decides(story: Story) -> None:
    await story.start("Lan", await invited(story, story.tr("head of unit"), "VP"))
    await story.say("Lan", "/gia_han I.3 7/6 chờ các phòng")
    await story.press("Lan", story.tr("✅ Right, send"))
    own = await story.press("Lan", story.tr("✅ Agree"), to=DESK)
    still = story.told(DESK, story.tr("✅ Agree"))
    other = await story.press("Nga", story.tr("✅ Agree"), to=DESK)

    story.expect(
        own,
        vi="Chỉ Văn phòng quyết định được việc này, và không phải người đã đề nghị.",
        en="Only Văn phòng, and never the person who asked, can decide this.",
    )
    assert story.tr("❌ Reject") in still
    assert other == story.tr("Granted.")


async def test_the_third_time_is_marked_and_so_is_what_is_asked_after_the_due_day(
    story: Story,
) -> None:
    for when in ("10/5", "20/5", "30/5"):
        await asked(story, f"{when} chờ số liệu")
        question = story.told(DESK)
        await story.press("Lan", story.tr("✅ Agree"), to=DESK)
    told = story.told(UNIT)
    card = await story.say("Minh", "/xem I.1")
    await story.say("Dũng", "/gia_han I.5 10/5 đoàn kiểm tra kéo dài")
    await story.press("Dũng", story.tr("✅ Right, send"))
    late = story.told(DESK)
    await story.press("Dũng", story.tr("↩ Take back the request"))
    back = story.told(DESK)

    for said in (question, told):
        story.expect(
            said,
            vi="⚠️ Lần thứ 3: gia hạn nhiều lần",
            en="⚠️ Extension number 3: extended many times",
        )
        story.expect(
            said,
            vi="thứ Hai 20/5/2024\nHạn ban đầu: thứ Hai 29/4/2024",
            en="Monday 20/5/2024\nDate in the plan: Monday 29/4/2024",
        )
    story.expect(
        card,
        vi="Hạn ban đầu: thứ Hai 29/4, gia hạn 3 lần – ⚠️ gia hạn nhiều lần",
        en="Original date: Monday 29/4, extended 3 times – ⚠️ extended many times",
    )
    story.expect(late, vi="⚠️ Xin gia hạn sau khi đã quá hạn", en="⚠️ Asked for after the due day")
    story.expect(back, vi="↩ I.5 – Phòng Văn bản: đã rút", en="↩ I.5 – Phòng Văn bản: the request")
    [part, *_] = await rows(story.here.db, PartRow)
    assert part.extended_due == day("2024-05-30")
