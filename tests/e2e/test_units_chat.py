"""Units kept in chat by Văn phòng, and a unit whose chat is a topic of the office's forum."""

from tests.e2e.stories import Story
from tests.e2e.test_people_chat import invited


async def test_units_are_added_renamed_called_otherwise_and_ended(story: Story) -> None:
    by_head = await story.say("Minh", "/don_vi")
    added = await story.say("Lan", "/don_vi thêm Trung tâm Trợ giúp pháp lý")
    twice = await story.say("Lan", "/don_vi thêm trung tam tro giup phap ly")
    renamed = await story.say("Lan", "/don_vi đổi VB > Phòng Xây dựng pháp luật")
    called = await story.say("Lan", "/don_vi gọi HCTP > Phòng Hành chính")
    ended = await story.say("Lan", "/don_vi hết TTra > 30/6/2024")
    unread = await story.say("Lan", "/don_vi hết TTra > 31/6/2024")
    old_name = await story.say("Lan", "/tre_han Phòng Văn bản")
    alias = await story.say("Lan", "/tre_han phong hanh chinh")

    story.expect(by_head, vi="Chỉ Văn phòng làm được", en="Only Văn phòng can do this.")
    assert "• Trung tâm Trợ giúp pháp lý" in added
    story.expect(added, vi="Trưởng đơn vị: Minh, Hoa", en="Head: Minh, Hoa")
    story.expect(twice, vi="Chưa có gì thay đổi.", en="is a unit's name already.")
    assert "• Phòng Xây dựng pháp luật (VB, Phòng Văn bản)" in renamed
    assert "• Phòng Hành chính tư pháp (HCTP, Phòng Hành chính)" in called
    story.expect(ended, vi="Đến hết Chủ nhật 30/6/2024", en="Until Sunday 30/6/2024")
    assert "31/6/2024" in unread
    assert "Phòng Xây dựng pháp luật" in old_name, "the old name is still understood"
    assert "I.4" in alias


async def test_units_merge_and_their_work_goes_along(story: Story) -> None:
    merged = await story.say("Lan", "/don_vi gộp TTra > VB")
    work = await story.say("Dũng", "/viec")
    former = await story.say("Khoa", "/viec")

    assert "Phòng Thanh tra" not in merged
    story.expect(merged, vi="Trưởng đơn vị: Dũng, Khoa", en="Head: Dũng, Khoa")
    for said in (work, former):
        assert "II.1 · Kiến nghị xử lý sau kiểm tra" in said


async def test_a_unit_works_in_a_topic_from_the_reminder_to_the_decision(story: Story) -> None:
    hoa, bot = story.here.people["Hoa"], story.sandbox.world.bot["username"]
    forum = story.sandbox.add_group("Cơ quan", [hoa], topics=("HCTP", "Khác"))
    story.here.chats["Cơ quan"] = forum
    story.sandbox.add_bot_to_group(forum)
    topics = story.sandbox.topics(forum)
    code = await invited(story, story.tr("a unit's group"), "HCTP")
    await story.say("Hoa", f"/dang_ky@{bot} {code}", to="Cơ quan", topic=topics["HCTP"])
    await story.clock("2024-04-23")
    morning = story.told("Cơ quan", "📌")
    question = await story.say("Hoa", "/gia_han I.1", to="Cơ quan", topic=topics["HCTP"])
    read_back = await story.say(
        "Hoa", "hết tuần sau chờ số liệu", to="Cơ quan", answering=True, topic=topics["HCTP"]
    )
    await story.press("Hoa", story.tr("✅ Right, send"), to="Cơ quan")
    await story.press("Lan", story.tr("✅ Agree"), to="Nhóm Văn phòng")
    told = story.told("Cơ quan")
    elsewhere = await story.say("Hoa", f"/viec@{bot}", to="Cơ quan", topic=topics["Khác"])

    assert "I.1" in morning
    story.expect(question, vi="❓ Đến ngày nào, vì sao?", en="❓ Until which day, and why?")
    story.expect(read_back, vi="Hạn mới:", en="New date:")
    story.expect(told, vi="đã được gia hạn", en="another date is granted")
    story.expect(elsewhere, vi="chưa được đăng ký", en="not registered")
    sent = [m for m in story.sandbox.messages(forum) if "I.1" in m.get("text", "")]
    assert {m.get("message_thread_id") for m in sent} == {topics["HCTP"]}
