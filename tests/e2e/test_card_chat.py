"""An item's card: what it tells, whose buttons it has, its history, and that it keeps up."""

from tests.e2e.stories import Story


async def test_the_card_has_the_buttons_of_whoever_looks(story: Story) -> None:
    head = await story.say("Minh", "/xem i.2")
    staff = await story.say("Thảo", "/xem I.2")
    helper = await story.say("Dũng", "/xem I.2")
    office = await story.say("Lan", "/xem I.2")
    leader = await story.say("Việt", "/xem I.2")
    foreign = await story.say("Khoa", "/xem I.2")
    nowhere = await story.say("Khoa", "/xem I.99")
    unsaid = await story.say("Khoa", "/xem")

    report, extend = story.tr("✅ Report done"), story.tr("⏳ Another date")
    stuck, adjust = story.tr("⚠️ Difficulty"), story.tr("⚙️ Adjust")
    assert (
        story.of(
            vi="🔵 Trong hạn · xong 0/2 phần việc\n\nTiến độ: Tháng 6/2024\n"
            "Sản phẩm:\n☐ Kế hoạch\n"
            "☐ Báo cáo tổng kết\nChủ trì: Phòng Hành chính tư pháp\nPhối hợp: Phòng Văn bản\n",
            en="🔵 On track · 0 of 2 parts done\n\nDeadline: Tháng 6/2024\n"
            "Products:\n☐ Kế hoạch\n"
            "☐ Báo cáo tổng kết\nLeads: Phòng Hành chính tư pháp\nCooperates: Phòng Văn bản\n",
        )
        in head
    )
    assert (
        story.of(
            vi="🔵 Phòng Văn bản (phối hợp): Trong hạn · hạn Chủ nhật 30/6, còn 47 ngày làm việc"
            " – nên xong trong thứ Sáu 28/6",
            en="🔵 Phòng Văn bản (cooperates): On track · due Sunday 30/6, 47 working days left"
            " – better by Friday 28/6, the last working day",
        )
        in head
    )
    assert [one in head for one in (report, extend, stuck, adjust)] == [True, True, True, False]
    assert [one in staff for one in (report, extend, stuck, adjust)] == [False, False, True, False]
    assert [one in helper for one in (report, extend, stuck, adjust)] == [True, False, True, False]
    assert f"{story.tr('✍️ Report for the unit')} – Phòng Văn bản]" in office
    assert adjust in office
    assert not [one for one in (report, extend, stuck, adjust) if one in leader]
    assert story.of(vi="Ở đây không có việc I.2.", en="There is no item I.2 here.") in foreign
    assert foreign.replace("I.2", "I.99") == nowhere, "refused and missing look alike"
    assert "/xem III.5" in unsaid


async def test_a_recurring_item_shows_each_occurrence_once_and_names_them_by_day(
    story: Story,
) -> None:
    card = await story.say("Minh", "/xem I.4")
    await story.press("Minh", f"{story.tr('✅ Report done')} – 25/02")
    asked = story.read("Minh")

    assert (
        story.of(vi="🔴 Quá hạn · xong 0/12 phần việc", en="🔴 Overdue · 0 of 12 parts done")
        in card
    )
    assert (
        story.of(
            vi="\n🔴 Quá hạn · hạn thứ Năm 25/01, quá 88 ngày\n"
            "🔴 Quá hạn · hạn Chủ nhật 25/02, quá 57 ngày\n",
            en="\n🔴 Overdue · due Thursday 25/01, 88 days late\n"
            "🔴 Overdue · due Sunday 25/02, 57 days late\n",
        )
        in card
    ), "the only unit is named once, above"
    assert (
        story.of(
            vi="Phần của Phòng Hành chính tư pháp, hạn Chủ nhật 25/02",
            en="Phòng Hành chính tư pháp's part, due Sunday 25/02",
        )
        in asked
    )


async def test_an_open_card_keeps_up_with_what_others_do(story: Story) -> None:
    await story.say("Minh", "/xem I.2")
    await story.say("Minh", "/xem I.2", to="Nhóm HCTP")
    await story.say("Hoa", "/vuong_mac I.2 Thiếu số liệu của cấp xã")
    stuck = story.told("Minh", "I.2 ·")
    await story.say("Hoa", "/gia_han I.2 15/7 chờ số liệu cấp xã")
    await story.press("Hoa", story.tr("✅ Right, send"))
    pending = story.told("Minh", "I.2 ·")
    await story.press("Lan", story.tr("✅ Agree"), to="Nhóm Văn phòng")
    extended = story.told("Minh", "I.2 ·")
    in_group = story.told("Nhóm HCTP", story.tr("🕘 History"))
    await story.say("Hoa", "/xong I.2 45/BC-STP ngày 22/4/2024")
    await story.press("Hoa", "☐ Kế hoạch")
    await story.press("Hoa", story.tr("📤 Send"))
    reported = story.told("Minh", "I.2 ·")
    await story.press("Lan", story.tr("✅ Confirm"), to="Nhóm Văn phòng")
    done = story.told("Minh", "I.2 ·")

    assert (
        story.of(
            vi="⚠️ Vướng mắc: Thiếu số liệu của cấp xã", en="⚠️ Difficulty: Thiếu số liệu của cấp xã"
        )
        in stuck
    )
    assert (
        story.of(
            vi="⏸ Xin gia hạn đến thứ Hai 15/7", en="⏸ Another date is asked for: Monday 15/7"
        )
        in pending
    )
    assert story.tr("⏳ Another date") not in pending, "one open request at a time"
    for card in (extended, in_group):
        assert story.of(vi="hạn thứ Hai 15/7, còn", en="due Monday 15/7, 58") in card
        assert (
            story.of(
                vi="Hạn ban đầu: Chủ nhật 30/6, gia hạn 1 lần",
                en="Original date: Sunday 30/6, extended 1 time\n",
            )
            in card
        )
    assert "☑ Kế hoạch\n☐ Báo cáo tổng kết" in reported
    assert (
        story.of(vi="📥 Phòng Hành chính tư pháp: Chờ Văn phòng xác nhận", en="📥 Phòng")
        in reported
    )
    assert (
        story.of(
            vi="⭐ Phòng Hành chính tư pháp: Hoàn thành trước hạn",
            en="⭐ Phòng Hành chính tư pháp: Done early",
        )
        in done
    )
    assert story.tr("✅ Report done") not in done


async def test_the_history_tells_each_act_whole_and_names_people_only_in_private(
    story: Story,
) -> None:
    await story.say("Hoa", "/gia_han I.1 15/5 chờ số liệu cấp xã")
    await story.press("Hoa", story.tr("✅ Right, send"))
    await story.clock("2024-04-22", "10:00")
    await story.press("Lan", story.tr("✅ Agree"), to="Nhóm Văn phòng")
    for minute in range(1, 9):
        await story.clock("2024-04-22", f"11:{minute:02d}")
        await story.say("Hoa", f"/vuong_mac I.1 Thiếu biểu số {minute}")
    await story.say("Minh", "/xem I.1")
    await story.press("Minh", story.tr("🕘 History"))
    newest = story.read("Minh")
    await story.press("Minh", "▶")
    oldest = story.read("Minh")
    group = await story.say("Minh", "/nhat_ky I.1", to="Nhóm HCTP")

    assert newest.count(story.of(vi="báo vướng mắc", en="reported a difficulty")) == 8
    assert "[1/2] [▶]" in newest
    assert (
        story.of(
            vi="10:00 thứ Hai 22/4/2024\nLan: đồng ý gia hạn – Phòng Hành chính tư pháp",
            en="10:00 Monday 22/4/2024\nLan: agreed to another date – Phòng Hành chính tư pháp",
        )
        in oldest
    )
    assert (
        story.of(
            vi="09:00 thứ Hai 22/4/2024\nHoa: xin gia hạn – Phòng Hành chính tư pháp "
            "(chưa thực hiện → chờ duyệt gia hạn; 15/5/2024; Lý do: chờ số liệu cấp xã)",
            en="09:00 Monday 22/4/2024\nHoa: asked for another date – Phòng Hành chính tư pháp "
            "(not started → extension requested; 15/5/2024; Reason: chờ số liệu cấp xã)",
        )
        in oldest
    )
    assert "Hoa" not in group
    assert "Phòng Hành chính tư pháp: " in group
