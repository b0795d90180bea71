"""Where the plan says so, a report asks whether it was pressed in the province's software too."""

from storage.models import PlanRow, ReportRow
from tests.builders import change, rows
from tests.e2e.stories import Story

OFFICE = "Nhóm Văn phòng"


async def asking(story: Story) -> None:
    (plan,) = await rows(story.here.db, PlanRow)
    await change(story.here.db, PlanRow, plan.id, settings={"outside_software": True})


async def test_the_question_stands_before_sending_and_a_no_is_told_to_the_office(
    story: Story,
) -> None:
    await asking(story)
    asked = await story.say("Minh", "/xong I.1 12/BC-STP ngày 22/4/2024, trang 3")
    story.expect(
        asked,
        vi="Đã bấm hoàn thành trên phần mềm của tỉnh chưa?",
        en="Was it also pressed in the province's software?",
    )
    assert story.of(vi="[📤 Gửi]", en="[📤 Send]") not in asked
    nothing = await rows(story.here.db, ReportRow)

    await story.press("Minh", story.of(vi="Chưa bấm", en="Not yet"))
    read_back = story.read("Minh")
    await story.press("Minh", story.of(vi="📤 Gửi", en="📤 Send"))
    told = story.told(OFFICE, "12/BC-STP")

    assert nothing == []
    for said in (read_back, told):
        story.expect(
            said,
            vi="⚠️ Chưa bấm trên phần mềm của tỉnh",
            en="⚠️ Not pressed in the province's software yet",
        )
    assert [row.outside_done for row in await rows(story.here.db, ReportRow)] == [False]


async def test_a_yes_is_kept_and_needs_no_word_to_the_office(story: Story) -> None:
    await asking(story)
    await story.say("Minh", "/xong I.1 12/BC-STP ngày 22/4/2024, trang 3")

    await story.press("Minh", story.of(vi="Đã bấm", en="Pressed there"))
    story.expect(
        story.read("Minh"),
        vi="✔️ Đã bấm trên phần mềm của tỉnh",
        en="✔️ Pressed in the province's software",
    )
    await story.press("Minh", story.of(vi="📤 Gửi", en="📤 Send"))
    told = story.told(OFFICE, "12/BC-STP")

    assert story.of(vi="phần mềm", en="software") not in told
    assert [row.outside_done for row in await rows(story.here.db, ReportRow)] == [True]


async def test_other_plans_do_not_ask(story: Story) -> None:
    said = await story.say("Minh", "/xong I.1 12/BC-STP ngày 22/4/2024, trang 3")

    assert story.of(vi="phần mềm", en="software") not in said
    assert [row.outside_done for row in await rows(story.here.db, ReportRow)] == [None]
