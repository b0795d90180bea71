"""Who stands in, who heads and who supervises: named by buttons, read back, shown and ended."""

from tests.e2e.stories import Story


async def test_a_head_names_a_stand_in_by_buttons_and_ends_it(story: Story) -> None:
    asked = await story.say("Minh", "/thay_mat")
    await story.press("Minh", "Thảo")
    when = story.read("Minh")
    await story.press("Minh", story.of(vi="2 tuần", en="2 weeks"))
    read_back = story.read("Minh")
    message, data = story.button("Minh", story.tr("✅ Right, record it"))
    await story.press("Minh", story.tr("✅ Right, record it"))
    done, told = story.read("Minh"), story.told("Thảo")
    twice = await story.press_again("Minh", message, data)
    chat = story.chat("Thảo")

    def menu_of_a_head() -> list[str] | None:
        names = [one["command"] for one in story.sandbox.commands(chat, chat)]
        return names if "thay_mat" in names else None

    menu = await story.sandbox.wait_for(menu_of_a_head)
    units = await story.say("Lan", "/don_vi")
    people = await story.say("Lan", "/thanh_vien")
    again = await story.say("Minh", "/thay_mat")
    await story.press("Minh", story.of(vi="✖️ Dừng: Thảo", en="✖️ End: Thảo"))
    ending = story.read("Minh")
    await story.press("Minh", story.tr("✅ Right, record it"))
    ended = story.told("Thảo")
    after = await story.say("Lan", "/don_vi")

    assert "Thảo" in asked
    story.expect(when, vi="Từ ngày nào đến ngày nào?", en="From when to when?")
    story.expect(read_back, vi="Thảo thay Minh?", en="Thảo stands in for Minh?")
    story.expect(
        read_back,
        vi="Từ thứ Hai 22/4/2024 đến hết Chủ nhật 05/5/2024",
        en="From Monday 22/4/2024 to Sunday 05/5/2024",
    )
    story.expect(done, vi="Đã ghi nhận: Thảo thay Minh", en="Recorded: Thảo stands in for Minh")
    story.expect(told, vi="Anh/chị thay mặt Minh", en="You stand in for Minh")
    assert twice, "an old button says that its question is closed"
    assert "gia_han" in menu, "the commands of a head, at once"
    story.expect(units, vi="Trưởng đơn vị: Minh, Hoa", en="Head: Minh, Hoa")
    stands_in = story.of(
        vi="Người thay thế đến Chủ nhật 05/5/2024: Thảo",
        en="Stand-in until Sunday 05/5/2024: Thảo",
    )
    assert stands_in in units
    story.expect(
        people,
        vi="người thay thế đến Chủ nhật 05/5/2024 (trưởng đơn vị",
        en="stand-in until Sunday 05/5/2024 (head of unit",
    )
    story.expect(again, vi="Đang thay Minh: Thảo", en="Standing in for Minh: Thảo")
    story.expect(ending, vi="Thảo thôi thay Minh?", en="Thảo no longer stands in for Minh?")
    story.expect(ended, vi="Anh/chị thôi thay Minh", en="You no longer stand in for Minh")
    assert stands_in not in after


async def test_van_phong_keeps_the_people_of_a_unit_on_its_page(story: Story) -> None:
    yes = story.tr("✅ Right, record it")
    await story.say("Lan", "/don_vi")
    await story.press("Lan", "VB")
    await story.press("Lan", story.tr("🤝 Stand-in"))
    await story.press("Lan", "Hùng")
    days = await story.say("Lan", "23/4 – 26/4")
    await story.press("Lan", yes)
    to_head, to_stand_in = story.told("Dũng"), story.told("Hùng")
    await story.press("Lan", story.tr("View the unit"))
    await story.press("Lan", story.tr("👤 Heads"))
    named = await story.say("Lan", "Thảo")
    await story.press("Lan", yes)
    to_new_head = story.told("Thảo")
    await story.press("Lan", story.tr("View the unit"))
    await story.press("Lan", story.tr("🎖 Supervising leader"))
    await story.press("Lan", "Việt")
    await story.press("Lan", yes)
    await story.press("Lan", story.tr("View the unit"))
    page = story.read("Lan")

    story.expect(days, vi="thứ Ba 23/4/2024 đến hết thứ Sáu 26/4/2024", en="Tuesday 23/4/2024")
    story.expect(to_head, vi="Hùng thay anh/chị", en="Hùng stands in for you")
    story.expect(to_stand_in, vi="Anh/chị thay mặt Dũng", en="You stand in for Dũng")
    story.expect(named, vi="Trưởng đơn vị giữ nguyên: Dũng", en="Heads who stay: Dũng")
    story.expect(to_new_head, vi="Anh/chị có vai trò mới", en="You have a new role")
    story.expect(page, vi="Trưởng đơn vị: Thảo, Dũng", en="Head: Thảo, Dũng")
    story.expect(
        page,
        vi="Người thay thế từ thứ Ba 23/4/2024 đến thứ Sáu 26/4/2024: Hùng",
        en="Stand-in from Tuesday 23/4/2024 to Friday 26/4/2024: Hùng",
    )
    story.expect(page, vi="Việt", en="Supervised by Việt")
