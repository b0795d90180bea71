"""Văn phòng changes the plan in chat: events, dates, units, words, conclusions, and its end."""

from storage.models import ItemRow, OccurrenceRow, PlanRow
from tests.builders import day, rows
from tests.e2e.stories import Story

UNIT = "Nhóm HCTP"


async def recorded(story: Story, words: str) -> str:
    """Let Văn phòng say something and confirm what is read back; return that."""
    read_back = await story.say("Lan", words)
    await story.press("Lan", story.tr("✅ Right, record it"))
    return read_back


async def test_an_event_starts_its_deadline_as_often_as_it_happens(story: Story) -> None:
    by_head = await story.say("Khoa", "/kich_hoat II.1 22/4")
    unread = await story.say("Lan", "/kich_hoat II.1 31/6")
    read_back = await recorded(story, "/kich_hoat II.1 19/4/2024 Kết luận số 7")
    done, told = story.read("Lan"), story.told("Nhóm Thanh tra")
    await recorded(story, "/kich_hoat II.1 hôm nay Kết luận số 8")
    card = await story.say("Khoa", "/xem II.1")

    story.expect(by_head, vi="Chỉ Văn phòng làm được", en="Only Văn phòng can do this.")
    story.expect(unread, vi="Không đọc được ngày trong “31/6”", en="could not read “31/6”")
    story.expect(
        read_back,
        vi="Ngày xảy ra: thứ Sáu 19/4/2024\nGhi chú: Kết luận số 7\n"
        "Hạn: Chủ nhật 19/5/2024 (không tính ngày xảy ra sự kiện)\n"
        "Nên xong trong thứ Sáu 17/5/2024, ngày làm việc cuối cùng trước hạn",
        en="Event: Friday 19/4/2024\nNote: Kết luận số 7\n"
        "Due: Sunday 19/5/2024 (the event's own day is not counted)\n"
        "Better by Friday 17/5/2024, the last working day",
    )
    story.expect(
        done,
        vi="✅ Đã ghi nhận: hạn của II.1 là Chủ nhật 19/5/2024.",
        en="✅ Recorded: II.1 is due Sunday 19/5/2024.",
    )
    story.expect(
        told,
        vi="▶️ II.1 bắt đầu tính hạn: Chủ nhật 19/5/2024\nKiến nghị xử lý sau kiểm tra\n"
        "🔵 Trong hạn · hạn Chủ nhật 19/5, còn 17 ngày làm việc",
        en="▶️ II.1 has begun to run: due Sunday 19/5/2024\nKiến nghị xử lý sau kiểm tra\n"
        "🔵 On track · due Sunday 19/5, 17 working days left",
    )
    story.expect(card, vi="hạn Chủ nhật 19/5", en="due Sunday 19/5")
    story.expect(card, vi="hạn thứ Tư 22/5", en="due Wednesday 22/5")
    story.expect(card, vi="⚪ Chờ kích hoạt", en="⚪ Waiting for its event")


async def test_what_has_no_date_is_given_one_and_what_has_one_is_not_moved(story: Story) -> None:
    read_back = await recorded(story, "/dat_han II.2 hết tháng 6")
    told = story.told(UNIT)
    dated = await story.say("Lan", "/dat_han I.1 hết tháng 6")

    story.expect(
        read_back,
        vi="Đặt hạn cho II.2?\nKế hoạch ghi: Theo hướng dẫn của Sở Nội vụ\n"
        "Hạn: Chủ nhật 30/6/2024",
        en="Set the date of II.2?\nWritten in the plan: Theo hướng dẫn của Sở Nội vụ\n"
        "Due: Sunday 30/6/2024",
    )
    story.expect(
        told,
        vi="🗓 II.2 đã có hạn: Chủ nhật 30/6/2024",
        en="🗓 II.2 now has a date: Sunday 30/6/2024",
    )
    story.expect(dated, vi="đơn vị đề nghị bằng /gia_han", en="the unit asks with /gia_han")


async def test_an_item_changes_hands_and_every_unit_concerned_is_told(story: Story) -> None:
    unknown = await story.say("Lan", "/giao II.2 Phòng Lạ")
    read_back = await recorded(story, "/giao II.2 VB; phối hợp: HCTP")
    leads, helps = story.told("Nhóm VB"), story.told(UNIT)
    await recorded(story, "/giao II.2 TTra")
    taken = story.told(UNIT)

    story.expect(unknown, vi="Không có đơn vị này: Phòng Lạ.", en="office: Phòng Lạ")
    story.expect(
        read_back,
        vi="Giao II.2 cho các đơn vị này?\nChủ trì: Phòng Văn bản\n"
        "Phối hợp: Phòng Hành chính tư pháp",
        en="Give II.2 to these units?\nLeads: Phòng Văn bản\nCooperates: Phòng Hành chính tư pháp",
    )
    story.expect(leads, vi="👥 II.2 được giao cho Phòng Văn bản", en="II.2 was given to Phòng Văn")
    story.expect(helps, vi="(phối hợp)", en="(cooperates)")
    story.expect(
        taken,
        vi="👥 II.2 không còn giao cho Phòng Hành chính tư pháp",
        en="👥 II.2 is no longer a task of Phòng Hành chính tư pháp",
    )


async def test_a_new_task_is_added_with_its_source_document(story: Story) -> None:
    asked = await story.say("Lan", "/them")
    await story.say("Lan", "Báo cáo chuyên đề hòa giải")
    await story.press("Lan", story.tr("None named"))
    unread = await story.say("Lan", "lúc nào rảnh")
    await story.press("Lan", story.tr("✖️ Cancel"))
    read_back = await recorded(
        story,
        "/them\nNhiệm vụ: Báo cáo chuyên đề hòa giải\nSản phẩm: Báo cáo\nHạn: cuối tháng 5\n"
        "Chủ trì: HCTP\nCăn cứ: Công văn số 12/UBND-NC ngày 03/4/2024",
    )
    told = story.told(UNIT)
    card = await story.say("Minh", "/xem BS.1")

    story.expect(asked, vi="❓ Nhiệm vụ mới là gì?", en="❓ What is the new task?")
    story.expect(unread, vi="Không đọc được hạn trong", en="I could not read “lúc nào rảnh”")
    story.expect(read_back, vi="thứ Sáu 31/5/2024", en="Friday 31/5/2024")
    story.expect(told, vi="🆕 Nhiệm vụ mới BS.1", en="🆕 New task BS.1")
    story.expect(
        card,
        vi="Căn cứ: Công văn số 12/UBND-NC ngày 03/4/2024",
        en="Source document: Công văn số 12/UBND-NC ngày 03/4/2024",
    )


async def test_words_are_changed_and_the_unit_is_told(story: Story) -> None:
    await story.say("Lan", "/sua I.1")
    await story.press("Lan", story.tr("Title"))
    await story.say("Lan", "Lập danh mục hồ sơ năm 2024")
    await story.press("Lan", story.tr("✅ Right, record it"))
    told = story.told(UNIT)

    story.expect(told, vi="✏️ I.1", en="✏️ I.1 was changed")
    assert "Lập danh mục hồ sơ năm 2024" in told
    [item] = await rows(story.here.db, ItemRow, ItemRow.code == "I.1")
    assert item.title == "Lập danh mục hồ sơ năm 2024"


async def test_what_is_no_longer_carried_out_names_the_decision_it_rests_on(story: Story) -> None:
    asked = await story.say("Lan", "/thoi_viec I.5")
    read_back = await story.say("Lan", "Công văn số 15/UBND-NC")
    await story.press("Lan", story.tr("✅ Right, record it"))
    told = story.told("Nhóm VB")
    card = await story.say("Dũng", "/xem I.5")
    overdue = await story.say("Lan", "/tre_han VB")

    story.expect(
        asked,
        vi="❓ Thôi thực hiện I.5 theo văn bản, quyết định nào?",
        en="❓ On which decision does it rest that I.5 is no longer carried out?",
    )
    for said in (read_back, told, card):
        story.expect(
            said, vi="Căn cứ: Công văn số 15/UBND-NC", en="Decision: Công văn số 15/UBND-NC"
        )
    story.expect(told, vi="🚫 Thôi thực hiện I.5", en="🚫 I.5 is no longer carried out")
    story.expect(card, vi="⚪ Không còn thực hiện", en="⚪ No longer carried out")
    assert "I.5" not in overdue


async def test_conclusions_of_a_meeting_become_items_in_one_step(story: Story) -> None:
    unclear = await story.say("Lan", "/ket_luan Việc của ai đó – Phòng Lạ – 30/6")
    read_back = await story.say(
        "Lan",
        "/ket_luan Rà soát hồ sơ tồn – HCTP – 30/6\nBáo cáo kết quả – VB, TTra – thứ sáu tuần sau",
    )
    await story.press("Lan", story.tr("✅ Give the items"))
    told = story.told(UNIT)
    work = await story.say("Khoa", "/viec")

    story.expect(unclear, vi="⚠️ không có đơn vị “Phòng Lạ”", en="⚠️ there is no unit “Phòng Lạ”")
    assert story.tr("✅ Give the items") not in unclear
    story.expect(
        read_back,
        vi="📝 2 kết luận, chưa giao\n",
        en="📝 2 conclusions, not given yet\n",
    )
    story.expect(
        read_back,
        vi="👥 Phòng Văn bản, Phòng Thanh tra\n📅 hạn thứ Sáu 03/5/2024",
        en="👥 Phòng Văn bản, Phòng Thanh tra\n📅 due Friday 03/5/2024",
    )
    assert "Rà soát hồ sơ tồn" in told
    assert "Báo cáo kết quả" in work
    due = {row.due for row in await rows(story.here.db, OccurrenceRow)}
    assert {day("2024-06-30"), day("2024-05-03")} <= due


async def test_a_plan_is_closed_and_the_next_year_s_begins_from_it(story: Story) -> None:
    asked = await story.say("Lan", "/dong_ke_hoach")
    await story.press("Lan", story.tr("Carry all over to the next plan"))
    await story.press("Lan", story.tr("✅ Right, record it"))
    told = story.told(UNIT)
    nothing = await story.say("Minh", "/viec")
    await recorded(story, "/ke_hoach_moi 2025")
    await story.press("Lan", story.tr("View the draft"))
    draft = story.read("Lan")

    story.expect(asked, vi="còn 8 việc chưa xong", en="8 tasks of")
    story.expect(
        told,
        vi="📕 Đã đóng kế hoạch “KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024”\n"
        "Chuyển sang kế hoạch sau: I.1, I.2, I.3, I.4, II.2",
        en="📕 The plan “KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024” is closed\n"
        "Carried over to the next plan: I.1, I.2, I.3, I.4, II.2",
    )
    story.expect(nothing, vi="Không còn việc nào đang mở.", en="Nothing is open.")
    story.expect(draft, vi="Đọc được 8 việc trong 2 mục", en="8 items were read in 2 sections")
    story.expect(draft, vi="Chưa nhắc ai", en="Nobody is reminded until it is activated.")
    assert [plan.year for plan in await rows(story.here.db, PlanRow)] == [2024, 2025]
