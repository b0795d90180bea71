"""Units kept in chat by Văn phòng, and a unit whose chat is a topic of the office's forum."""

from tests.e2e.stories import Story
from tests.e2e.test_people_chat import invited


async def test_units_are_added_renamed_called_otherwise_and_ended(story: Story) -> None:
    by_head = await story.say("Minh", "/don_vi")
    added = await story.say("Lan", "/don_vi thêm Trung tâm Trợ giúp pháp lý")
    twice = await story.say("Lan", "/don_vi thêm trung tam tro giup phap ly")
    renamed = await story.say("Lan", "/don_vi đổi VB > Phòng Xây dựng pháp luật")
    called = await story.say("Lan", "/don_vi gọi HCTP > Phòng Hành chính")
    read_back = await story.say("Lan", "/don_vi hết TTra > 30/6/2024")
    await story.press("Lan", story.tr("✅ Right, record it"))
    ended = await story.say("Lan", "/don_vi")
    unread = await story.say("Lan", "/don_vi hết TTra > 31/6/2024")
    old_name = await story.say("Lan", "/tre_han Phòng Văn bản")
    alias = await story.say("Lan", "/tre_han phong hanh chinh")

    story.expect(by_head, vi="Chỉ Văn phòng làm được", en="Only Văn phòng can do this.")
    assert "• Trung tâm Trợ giúp pháp lý" in added
    story.expect(added, vi="Trưởng đơn vị: Minh, Hoa", en="Head: Minh, Hoa")
    story.expect(twice, vi="Chưa có gì thay đổi.", en="is a unit's name already.")
    assert "• Phòng Xây dựng pháp luật (VB, Phòng Văn bản)" in renamed
    assert "• Phòng Hành chính tư pháp (HCTP, Phòng Hành chính)" in called
    story.expect(read_back, vi="Kết thúc Phòng Thanh tra?", en="End Phòng Thanh tra?")
    story.expect(read_back, vi="Chủ nhật 30/6/2024", en="Sunday 30/6/2024")
    story.expect(ended, vi="Đến hết Chủ nhật 30/6/2024", en="Until Sunday 30/6/2024")
    assert "31/6/2024" in unread
    assert "Phòng Xây dựng pháp luật" in old_name, "the old name is still understood"
    assert "I.4" in alias


async def test_units_merge_and_their_work_goes_along(story: Story) -> None:
    read_back = await story.say("Lan", "/don_vi gộp TTra > VB")
    meanwhile = await story.say("Dũng", "/viec")
    await story.press("Lan", story.tr("✅ Right, record it"))
    merged = await story.say("Lan", "/don_vi")
    work = await story.say("Dũng", "/viec")
    former = await story.say("Khoa", "/viec")

    story.expect(
        read_back,
        vi="Từ hôm nay, thứ Hai 22/4/2024, Phòng Thanh tra nhập vào Phòng Văn bản.\n"
        "Phần việc đang mở chuyển sang Phòng Văn bản: 1 (II.1)\n"
        "Cũng là trưởng đơn vị của Phòng Văn bản: Khoa\n"
        "Nhóm chat chuyển sang Phòng Văn bản: Nhóm Thanh tra",
        en="From today, Monday 22/4/2024, Phòng Thanh tra is part of Phòng Văn bản.\n"
        "Open parts that go to Phòng Văn bản: 1 (II.1)\n"
        "Heads of Phòng Văn bản then, too: Khoa\n"
        "Groups that serve Phòng Văn bản then: Nhóm Thanh tra",
    )
    assert "II.1" not in meanwhile, "nothing counts before it is agreed to"
    assert "• Phòng Thanh tra" not in merged
    assert "(VB, Phòng Thanh tra, TTra)" in merged, "its names mean the other from now on"
    story.expect(merged, vi="Trưởng đơn vị: Dũng, Khoa", en="Head: Dũng, Khoa")
    for said in (work, former):
        assert "II.1 · Kiến nghị xử lý sau kiểm tra" in said


async def test_a_merger_is_taken_back_with_all_that_it_moved(story: Story) -> None:
    await story.say("Lan", "/don_vi gộp TTra > VB")
    await story.press("Lan", story.tr("✅ Right, record it"))
    asked = await story.say("Lan", "/hoan_tac")
    await story.press("Lan", story.tr("↩ Take back"))
    units = await story.say("Lan", "/don_vi")
    work = await story.say("Khoa", "/viec")
    other = await story.say("Dũng", "/viec")

    story.expect(asked, vi="Sáp nhập đơn vị vào đơn vị khác", en="Merged the unit into another")
    assert "• Phòng Thanh tra" in units
    assert "(VB, Phòng Thanh tra" not in units
    story.expect(units, vi="Trưởng đơn vị: Khoa", en="Head: Khoa")
    assert "II.1" in work
    assert "II.1" not in other
    story.expect(
        story.told("Nhóm VB"),
        vi="↩ Văn phòng rút lại việc sáp nhập lúc 09:00\nPhòng Thanh tra, Phòng Văn bản\nII.1\n",
        en="↩ Văn phòng takes back the merger of 09:00\nPhòng Thanh tra, Phòng Văn bản\nII.1\n",
    )


async def test_a_unit_is_kept_by_buttons_alone(story: Story) -> None:
    await story.say("Lan", "/don_vi")
    await story.press("Lan", "TTra")
    page = story.read("Lan")
    await story.press("Lan", story.tr("✏️ Rename"))
    question = story.read("Lan")
    renamed = await story.say("Lan", "Phòng Kiểm tra")
    await story.press("Lan", story.tr("✅ Right, record it"))
    await story.press("Lan", story.tr("View the unit"))
    after = story.read("Lan")
    await story.press("Lan", story.tr("✖️ Drop a name"))
    await story.press("Lan", "Phòng Thanh tra")
    dropped = story.read("Lan")
    await story.press("Lan", story.tr("✅ Right, record it"))
    await story.press("Lan", story.tr("View the unit"))
    await story.press("Lan", story.tr("📅 Last day"))
    await story.press("Lan", "30/4/2024")
    ending = story.read("Lan")
    await story.press("Lan", story.tr("✅ Right, record it"))
    await story.press("Lan", story.tr("🏢 All units"))
    listed = story.read("Lan")

    story.expect(page, vi="Còn gọi: TTra", en="Also written: TTra")
    story.expect(page, vi="Trưởng đơn vị: Khoa", en="Head: Khoa")
    story.expect(page, vi="1 phần việc đang mở", en="1 open part")
    assert "Phòng Thanh tra" in question
    story.expect(renamed, vi="Sửa thành: Phòng Kiểm tra", en="From now on: Phòng Kiểm tra")
    assert "🏢 Phòng Kiểm tra" in after
    assert "Phòng Thanh tra" in after, "the old name is still understood"
    assert "Phòng Thanh tra" in dropped
    story.expect(ending, vi="thứ Ba 30/4/2024", en="Tuesday 30/4/2024")
    story.expect(ending, vi="vẫn do trưởng đơn vị", en="stays with its heads: Khoa")
    assert "• Phòng Kiểm tra (TTra)" in listed
    story.expect(listed, vi="Đến hết thứ Ba 30/4/2024", en="Until Tuesday 30/4/2024")


async def test_a_unit_that_ended_is_found_and_brought_back(story: Story) -> None:
    yes = story.tr("✅ Right, record it")
    await story.say("Lan", "/don_vi hết TTra > 22/4/2024")
    await story.press("Lan", yes)
    await story.say("Lan", "/don_vi gộp HCTP > VB")
    await story.press("Lan", yes)
    await story.clock("2024-04-24", "09:00")
    listed = await story.say("Lan", "/don_vi")
    await story.press("Lan", story.of(vi="🗄 Đã kết thúc: 2", en="🗄 Ended: 2"))
    ended = story.read("Lan")
    await story.press("Lan", "HCTP")
    merged = story.read("Lan")
    await story.press("Lan", story.tr("⬅ Back"))
    await story.press("Lan", story.of(vi="🗄 Đã kết thúc: 2", en="🗄 Ended: 2"))
    await story.press("Lan", "TTra")
    page = story.read("Lan")
    await story.press("Lan", story.tr("📅 Last day"))
    await story.press("Lan", story.tr("No last day any more"))
    await story.press("Lan", yes)
    after = await story.say("Lan", "/don_vi")

    assert "Phòng Thanh tra" not in listed
    story.expect(ended, vi="Đến hết thứ Hai 22/4/2024", en="Until Monday 22/4/2024")
    story.expect(merged, vi="Nay thuộc Phòng Văn bản", en="Part of Phòng Văn bản now")
    assert story.tr("✏️ Rename") not in merged
    assert story.tr("✏️ Rename") not in page
    assert "• Phòng Thanh tra" in after


async def test_who_calls_a_change_off_goes_back_to_the_unit(story: Story) -> None:
    await story.say("Lan", "/don_vi")
    await story.press("Lan", "TTra")
    await story.press("Lan", story.tr("🔗 Merge into…"))
    await story.press("Lan", "Phòng Văn bản")
    await story.press("Lan", story.tr("✖️ Cancel"))
    called_off = story.read("Lan")
    await story.press("Lan", story.tr("View the unit"))
    page = story.read("Lan")

    story.expect(called_off, vi="chưa có gì thay đổi", en="Nothing has changed.")
    assert "🏢 Phòng Thanh tra" in page


async def test_what_two_people_agree_to_at_once_counts_once(story: Story) -> None:
    await story.say("Lan", "/don_vi gộp TTra > VB")
    await story.say("Nga", "/don_vi gộp TTra > HCTP")
    await story.press("Lan", story.tr("✅ Right, record it"))
    late = await story.press("Nga", story.tr("✅ Right, record it"))
    work = await story.say("Dũng", "/viec")

    story.expect(late, vi="Chưa có gì thay đổi.", en="Nothing has changed.")
    assert "II.1" in work


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
