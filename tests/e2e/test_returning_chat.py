"""A report comes back with a reason, again, on behalf, for one occurrence, by who cooperates."""

from bot.domain.status import Progress
from storage.models import PartRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story

DESK, UNIT = "Nhóm Văn phòng", "Nhóm HCTP"


async def progress(story: Story) -> list[Progress]:
    """Return where every part stands, in the order of the plan."""
    return [part.progress for part in await rows(story.here.db, PartRow)]


async def test_a_report_is_returned_made_again_confirmed_and_opened_again(story: Story) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    question = story.told(DESK)
    await story.press("Lan", story.tr("↩️ Return"), to=DESK)
    why = story.told(DESK)
    await story.say("Lan", "Thiếu phụ lục số liệu", to=DESK, answering=True)
    returned = story.told(UNIT)
    work = await story.say("Minh", "/viec")
    await story.clock("2024-04-23", "09:00")
    await story.say("Minh", "/xong I.1")
    kept = await story.say("Minh", "46/BC-STP ngày 23/4/2024, phụ lục 1")
    await story.press("Minh", story.tr("📤 Send"))
    again = story.told(DESK)
    notice = await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    confirmed = story.told(UNIT)
    await story.press("Nga", story.tr("↩️ Open again"), to=DESK)
    await story.say("Nga", "Bấm nhầm việc khác", to=DESK, answering=True)
    reopened = story.told(UNIT)

    story.expect(
        question,
        vi="📥 I.1 – Phòng Hành chính tư pháp báo hoàn thành\n"
        "09:00 thứ Hai 22/4/2024 (trước hạn 7 ngày)\n",
        en="📥 I.1 – Phòng Hành chính tư pháp reports it done\n"
        "09:00 Monday 22/4/2024 (7 days early)\n",
    )
    story.expect(why, vi="↩️ Vì sao trả lại I.1?", en="↩️ Why is I.1 returned?")
    story.expect(
        returned,
        vi="↩️ I.1 bị trả lại\nLập danh mục hồ sơ\nLý do: Thiếu phụ lục số liệu\n"
        "Việc tính là chưa xong; thời hạn không đổi.",
        en="↩️ I.1 was returned\nLập danh mục hồ sơ\nReason: Thiếu phụ lục số liệu\n"
        "It counts as not done; the date is unchanged.",
    )
    story.expect(
        work,
        vi="hạn thứ Hai 29/4, còn 4 ngày làm việc – ↩️ bị trả lại",
        en="due Monday 29/4, 4 working days left – ↩️ returned",
    )
    assert "45/BC-STP" in kept, "nobody has to type it twice"
    story.expect(
        again,
        vi="09:00 thứ Ba 23/4/2024 (trước hạn 6 ngày)",
        en="09:00 Tuesday 23/4/2024 (6 days early)",
    )
    assert notice == story.tr("Confirmed.")
    story.expect(
        confirmed,
        vi="✅ I.1 đã được xác nhận hoàn thành\nLập danh mục hồ sơ\n⭐ Hoàn thành trước hạn\n"
        "Văn phòng, 09:00 thứ Ba 23/4/2024",
        en="✅ I.1 is confirmed as done\nLập danh mục hồ sơ\n⭐ Done early\n"
        "Văn phòng, 09:00 Tuesday 23/4/2024",
    )
    story.expect(
        reopened,
        vi="↩️ I.1 được mở lại: đã xác nhận nhầm\nLập danh mục hồ sơ\nLý do: Bấm nhầm việc khác",
        en="↩️ I.1 is open again: it was confirmed by mistake\nLập danh mục hồ sơ\n"
        "Reason: Bấm nhầm việc khác",
    )
    assert (await progress(story))[0] is Progress.RETURNED
    assert len(await rows(story.here.db, ReportRow)) == 2


async def test_a_late_confirmation_does_not_make_a_unit_late(story: Story) -> None:
    await story.clock("2024-04-29", "16:00")
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 29/4/2024")
    await story.clock("2024-05-06", "09:00")
    overdue = await story.say("Lan", "/tre_han HCTP")
    await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    told = story.told(UNIT, "I.1")

    assert "I.1" not in overdue
    story.expect(told, vi="🟢 Hoàn thành đúng hạn", en="🟢 Done on time")


async def test_the_office_reports_for_a_unit_and_somebody_else_decides(story: Story) -> None:
    read_back = await story.say("Lan", "/xong I.5 12/KL-STP ngày 04/4/2024")
    await story.press("Lan", story.tr("📤 Send"))
    question = story.told(DESK)
    own = await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    await story.press("Nga", story.tr("✅ Confirm"), to=DESK)
    told = story.told("Nhóm VB")

    story.expect(
        read_back,
        vi="✍️ Văn phòng báo thay đơn vị",
        en="✍️ Reported by Văn phòng on behalf of the unit",
    )
    story.expect(
        question,
        vi="Văn phòng báo thay đơn vị (quá hạn 17 ngày)",
        en="by Văn phòng, on behalf of the unit (17 days late)",
    )
    story.expect(own, vi="không phải người đã báo cáo", en="Nothing has changed")
    story.expect(
        told,
        vi="🟠 Hoàn thành quá hạn\nVăn phòng báo thay đơn vị\nVăn phòng, ",
        en="🟠 Done late\nReported by Văn phòng on behalf of the unit\nVăn phòng, ",
    )


async def test_each_occurrence_of_a_recurring_item_is_reported_by_itself(story: Story) -> None:
    first = await story.say("Minh", "/xong I.4 1/BC-STP ngày 25/01/2024")
    await story.press("Minh", story.tr("📤 Send"))
    sent = story.read("Minh")
    await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    second = await story.say("Minh", "/xong I.4 2/BC-STP ngày 24/02/2024")
    card = await story.say("Minh", "/xem I.4")

    story.expect(
        first,
        vi="hạn thứ Năm 25/01\n(phần đến hạn sớm nhất; còn 11 phần khác)",
        en="due Thursday 25/01\n",
    )
    assert "25/01" in sent
    story.expect(second, vi="hạn Chủ nhật 25/02", en="due Sunday 25/02")
    story.expect(card, vi="xong 1/12 phần việc", en="1 of 12 parts done")
    story.expect(card, vi="🟠 Hoàn thành quá hạn · hạn thứ Năm 25/01", en="🟠 Done late · due Thu")


async def test_who_cooperates_closes_the_own_part_and_never_the_item(story: Story) -> None:
    await story.say("Dũng", "/xong I.2 đã gửi số liệu 8/PVB ngày 22/4/2024")
    await story.press("Dũng", story.tr("📤 Send"))
    question = story.told(DESK)
    await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    told = story.told("Nhóm VB")
    card = await story.say("Minh", "/xem I.2")

    story.expect(
        question,
        vi="📥 I.2 – Phòng Văn bản báo hoàn thành (phối hợp)",
        en="📥 I.2 – Phòng Văn bản reports it done (cooperates)",
    )
    story.expect(question, vi="Ghi chú: đã gửi số liệu", en="Note: đã gửi số liệu")
    story.expect(
        told,
        vi="✅ I.2 đã được xác nhận hoàn thành (phối hợp)",
        en="✅ I.2 is confirmed as done (",
    )
    story.expect(card, vi="🔵 Trong hạn · xong 1/2 phần việc", en="🔵 On track · 1 of 2 parts")
    assert story.tr("✅ Report done") in card
