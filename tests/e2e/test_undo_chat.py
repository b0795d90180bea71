"""Taking back one's own last act: for ten minutes, and while nothing rests on it."""

from bot.domain.status import Progress
from tests.e2e.stories import Story
from tests.e2e.test_returning_chat import DESK, UNIT, progress


async def test_a_report_is_taken_back_and_everybody_who_was_told_hears_it(story: Story) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    old = story.button(DESK, story.tr("✅ Confirm"))
    await story.clock("2024-04-22", "09:09")
    asked = await story.say("Minh", "/hoan_tac")
    await story.press("Minh", story.tr("↩ Take back"))
    done = story.read("Minh")
    told = story.told(DESK)
    late = await story.press_again("Lan", *old)
    card = await story.say("Minh", "/xem I.1")
    again = await story.say("Minh", "/xong I.1 46/BC-STP ngày 22/4/2024")

    story.expect(
        asked,
        vi="↩ Rút lại thao tác này?\nI.1 · Lập danh mục hồ sơ\n"
        "Báo hoàn thành – Phòng Hành chính tư pháp (09:00 thứ Hai 22/4/2024)\n"
        "Làm được đến 09:10, khi chưa ai làm tiếp.",
        en="↩ Take this back?\nI.1 · Lập danh mục hồ sơ\n"
        "Reported it done – Phòng Hành chính tư pháp (09:00 Monday 22/4/2024)\n"
        "Possible until 09:10, as long as nobody goes on from it.",
    )
    story.expect(
        done,
        vi="↩ Đã rút lại. Mọi thứ trở về như trước.",
        en="↩ Taken back. Everything is as it was before.",
    )
    story.expect(
        told,
        vi="↩ I.1: Phòng Hành chính tư pháp rút lại báo cáo hoàn thành lúc 09:00\n"
        "Lập danh mục hồ sơ\nViệc tiếp tục: 🟡 Sắp đến hạn · hạn thứ Hai 29/4",
        en="↩ I.1: Phòng Hành chính tư pháp takes back the report of completion of 09:00\n"
        "Lập danh mục hồ sơ\nThe work goes on: 🟡 Due soon · due Monday 29/4",
    )
    story.expect(
        late,
        vi="Báo cáo này đã được người báo rút lại. Chưa có gì thay đổi.",
        en="This report was taken back by who made it. Nothing has changed.",
    )
    assert story.tr("✅ Report done") in card
    assert "46/BC-STP" in again
    assert (await progress(story))[0] is Progress.AWAITING_CONFIRMATION


async def test_after_ten_minutes_it_is_too_late(story: Story) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    await story.say("Minh", "/hoan_tac")
    await story.clock("2024-04-22", "09:11")
    pressed = await story.press("Minh", story.tr("↩ Take back"))
    asked = await story.say("Minh", "/hoan_tac")

    for said in (pressed, asked):
        story.expect(said, vi="đã quá 10 phút", en="10 minutes")
        story.expect(said, vi="Chưa có gì thay đổi.", en="Nothing has changed.")
    assert (await progress(story))[0] is Progress.AWAITING_CONFIRMATION


async def test_what_somebody_went_on_from_stands_until_that_is_taken_back(story: Story) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    await story.say("Minh", "/hoan_tac")
    await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    refused = await story.press("Minh", story.tr("↩ Take back"))
    done = await progress(story)
    await story.say("Lan", "/hoan_tac")
    await story.press("Lan", story.tr("↩ Take back"))
    told = story.told(UNIT)

    story.expect(
        refused,
        vi="Đã có thao tác khác tiếp theo nên không rút lại được.",
        en="Nothing has changed.",
    )
    assert done[0] is Progress.DONE
    story.expect(
        told,
        vi="↩ I.1: Văn phòng rút lại việc xác nhận lúc 09:00",
        en="↩ I.1: Văn phòng takes back the confirmation of 09:00",
    )
    assert (await progress(story))[0] is Progress.AWAITING_CONFIRMATION


async def test_nobody_takes_back_what_somebody_else_did(story: Story) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    other = await story.say("Hoa", "/hoan_tac")

    assert "I.1" not in other
    assert (await progress(story))[0] is Progress.AWAITING_CONFIRMATION
