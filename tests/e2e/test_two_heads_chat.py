"""Two heads of a unit in its group: whose draft it is, and how to make one's own."""

import pytest

from storage.models import ExtensionRow, ReportDraftRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story

UNIT = "Nhóm HCTP"


@pytest.fixture
async def begun(story: Story) -> Story:
    """Minh has begun to report I.2 in the group, and the bot asks there."""
    await story.say("Minh", "/xem I.2", to=UNIT)
    await story.press("Minh", story.of(vi="Báo hoàn thành", en="Report done"), UNIT)
    return story


async def test_a_second_heads_answer_is_told_whom_was_asked_and_what_to_do(begun: Story) -> None:
    said = await begun.say("Hoa", "45/BC-STP ngày 20/4/2024", to=UNIT, answering=True)

    (draft,) = await rows(begun.here.db, ReportDraftRow)
    begun.expect(said, vi="Câu này bot hỏi người khác", en="I asked somebody else this")
    assert "/xong I.2" in said
    assert draft.proofs == []


@pytest.mark.parametrize("button", [("Kế hoạch", "Kế hoạch"), ("Báo không kèm", "Report without")])
async def test_a_second_heads_press_is_told_whose_draft_it_is(
    begun: Story, button: tuple[str, str]
) -> None:
    said = await begun.press("Hoa", begun.of(vi=button[0], en=button[1]), UNIT)

    begun.expect(said, vi="người khác của đơn vị soạn", en="Somebody else of the unit")
    assert "/xong I.2" in said
    assert await rows(begun.here.db, ReportRow) == []


async def test_staff_is_told_that_only_its_maker_can_go_on(begun: Story) -> None:
    said = await begun.press("Thảo", "Kế hoạch", UNIT)

    begun.expect(said, vi="Chỉ người đã bắt đầu", en="Only who began this")


async def test_what_the_bot_said_to_all_can_be_answered_in_silence(begun: Story) -> None:
    await begun.say("Khoa", "/viec", to="Nhóm Thanh tra")

    assert await begun.say("Khoa", "đã rõ", to="Nhóm Thanh tra", answering=True) == ""


async def test_another_date_read_back_to_one_head_is_not_the_others(story: Story) -> None:
    await story.say("Minh", "/gia_han I.1 15/5 chờ số liệu", to=UNIT)
    sent = await story.press("Hoa", story.of(vi="Đúng, gửi", en="Right, send"), UNIT)
    dropped = await story.press("Hoa", story.of(vi="✖ Hủy", en="✖ Cancel"), UNIT)
    none = await rows(story.here.db, ExtensionRow)
    await story.press("Minh", story.of(vi="Đúng, gửi", en="Right, send"), UNIT)

    for said in (sent, dropped):
        story.expect(said, vi="người khác của đơn vị soạn", en="Somebody else of the unit")
        assert "/gia_han I.1" in said
    assert none == []
    assert len(await rows(story.here.db, ExtensionRow)) == 1


async def test_the_question_when_and_why_is_its_askers_too(story: Story) -> None:
    await story.say("Minh", "/gia_han I.3", to=UNIT)
    other = await story.say("Hoa", "15/6 chờ số liệu", to=UNIT, answering=True)

    story.expect(other, vi="gửi /gia_han I.3", en="/gia_han I.3")
    assert "15/6" not in other
