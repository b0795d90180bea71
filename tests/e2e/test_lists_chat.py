"""The lists in chat: what each holds, its pages, its table, and the card it leads to."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.stories import Story
from tests.e2e.story_stage import PLAN, Stages

LONG = (
    PLAN
    + "III\tNHIỆM VỤ QUÝ II\n"
    + "".join(
        f"{number}\tSoạn văn bản số {number}\tVăn bản\t{number}/6/2024\tPhòng Văn bản\n"
        for number in range(3, 18)
    )
)


@pytest.fixture
async def long(stages: Stages, tmp_path: Path, locale: str) -> AsyncIterator[Story]:
    """The office of the stories with a plan whose lists take two pages."""
    async with stages.story(tmp_path, locale, plan=LONG) as opened:
        yield opened


async def test_a_long_list_is_turned_opened_gone_back_to_and_sent_as_a_table(long: Story) -> None:
    story = long
    first = await story.say("Dũng", "/viec")
    await story.press("Dũng", "▶")
    second = story.read("Dũng")
    await story.press("Dũng", "III.17")
    card = story.read("Dũng")
    await story.press("Dũng", story.tr("🕘 History"))
    history = story.read("Dũng")
    await story.press("Dũng", story.tr("⬅ Back to {code}", code="III.17"))
    again = story.read("Dũng")
    await story.press("Dũng", story.tr("⬅ Back to the list"))
    back = story.read("Dũng")
    await story.press("Dũng", "◀")
    turned = story.read("Dũng")
    said = await story.press("Dũng", story.tr("📄 Download as XLSX"))
    name, data = story.file("Dũng")

    assert (
        story.of(
            vi="📋 Phòng Văn bản – 19 phần việc đang mở", en="📋 Phòng Văn bản – 19 open parts"
        )
        in first
    )
    assert (
        story.of(
            vi="🔴 Quá hạn – 1\nI.5 · Kiểm tra hoạt động công chứng – hạn thứ Sáu 05/4",
            en="🔴 Overdue – 1\nI.5 · Kiểm tra hoạt động công chứng – due Friday 05/4",
        )
        in first
    )
    assert "[1/2] [▶]" in first
    assert "III.17" not in first
    assert "[◀] [2/2]" in second
    assert story.of(vi="⚪ Thường xuyên – 1", en="⚪ Ongoing – 1") in second
    assert (
        story.of(
            vi="hạn thứ Hai 17/6, còn 38 ngày làm việc", en="due Monday 17/6, 38 working days left"
        )
        in card
    )
    assert story.of(vi="Chưa có thay đổi nào", en="Nothing has happened") in history
    assert again == card
    assert back == second, "back to the page the card was opened from"
    assert turned == first
    assert said == story.tr("The file is on its way.")
    assert name == "viec-2024-04-22.xlsx"
    table = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active
    ]
    assert "Phòng Văn bản" in table[0][0]
    assert [row[1] for row in table if row[1]][1:] == [
        "I.5",
        "I.3",
        *(f"III.{number}" for number in range(3, 18)),
        "I.2",
        "II.3",
    ]


async def test_what_falls_due_and_what_is_overdue_is_told_to_each_in_its_place(
    story: Story,
) -> None:
    soon = await story.say("Minh", "/han 14")
    unread = await story.say("Minh", "/han x")
    own = await story.say("Minh", "/tre_han", to="Nhóm HCTP")
    other = await story.say("Minh", "/tre_han VB", to="Nhóm HCTP")
    no_unit = await story.say("Minh", "/tre_han Phòng Không Có", to="Nhóm HCTP")
    everything = await story.say("Lan", "/tre_han")
    named = await story.say("Lan", "/tre_han phong van ban")
    nobody = await story.say("Lan", "/tre_han Phòng Không Có")
    await story.say("Lan", "/tre_han")
    await story.press("Lan", story.tr("🏢 By unit"))
    units = story.read("Lan")
    await story.press("Lan", "Phòng Văn bản")
    one = story.read("Lan")
    await story.press("Lan", story.tr("⬅ All units"))
    back = story.read("Lan")

    assert (
        story.of(
            vi="Đến hạn trong 14 ngày tới: 2 phần việc", en="Due in the next 14 days: 2 parts"
        )
        in soon
    )
    assert (
        story.of(vi="Thứ Năm 25/4 – còn 3 ngày\n🟡 I.4", en="Thursday 25/4 – 3 days left\n🟡 I.4")
        in soon
    )
    assert "“x”" in unread
    assert "/han 14" in unread
    assert story.of(vi="🔴 Quá hạn: 3 phần việc", en="🔴 Overdue: 3 parts") in own
    assert "Phòng Văn bản" not in own
    refused = "Here I only show the items of your own unit. Send the command without a name to "
    assert other == no_unit
    assert story.tr(f"{refused}see them.") in other
    assert (
        story.of(
            vi="🔴 Quá hạn: 4 phần việc (đến 09:00 thứ Hai 22/4/2024)",
            en="🔴 Overdue: 4 parts (as of 09:00 Monday 22/4/2024)",
        )
        in everything
    )
    assert (
        story.of(vi="31–120 ngày: 2 · 8–30 ngày: 2", en="31–120 days: 2 · 8–30 days: 2")
        in everything
    )
    assert (
        story.of(
            vi="🔴 Quá hạn: 1 phần việc – Phòng Văn bản", en="🔴 Overdue: 1 part – Phòng Văn bản"
        )
        in named
    )
    assert "“Phòng Không Có”" in nobody
    assert "[Phòng Hành chính tư pháp – 3]" in units
    assert one == named
    assert back == everything


async def test_what_waits_what_lacks_evidence_and_what_has_no_date(story: Story) -> None:
    await story.say("Minh", "/xong I.1")
    await story.press("Minh", story.tr("Report without evidence"))
    await story.say("Dũng", "/xong I.5 12/KL-STP ngày 19/4/2024, trang 2")
    await story.clock("2024-04-23", "09:00")
    waiting = await story.say("Lan", "/cho_xac_nhan")
    unproven = await story.say("Lan", "/thieu_minh_chung")
    undated = await story.say("Lan", "/chua_co_han")
    own = await story.say("Minh", "/cho_xac_nhan")
    overdue = await story.say("Lan", "/tre_han")

    assert story.of(vi="📥 Chờ Văn phòng xác nhận: 2", en="📥 Awaiting confirmation: 2") in waiting
    assert (
        story.of(
            vi="I.5 · Kiểm tra hoạt động công chứng – Phòng Văn bản – "
            "báo thứ Hai 22/4, chờ 1 ngày",
            en="I.5 · Kiểm tra hoạt động công chứng – Phòng Văn bản – "
            "reported Monday 22/4, waiting for 1 day\n",
        )
        in waiting
    )
    assert (
        story.of(
            vi="📎 Thiếu minh chứng: 1 phần việc\nI.1 · Lập danh mục hồ sơ – "
            "Phòng Hành chính tư pháp – báo thứ Hai 22/4, chờ Văn phòng xác nhận",
            en="📎 Without evidence: 1 part\nI.1 · Lập danh mục hồ sơ – "
            "Phòng Hành chính tư pháp – reported Monday 22/4, awaiting Văn phòng's confirmation",
        )
        in unproven
    )
    assert story.of(vi="⚪ Chưa có hạn: 3 phần việc", en="⚪ Without a date: 3 parts") in undated
    assert (
        story.of(vi="⚠️ Chưa có hạn quá 3 tháng – 1", en="⚠️ Without a date for over 3 months – 1")
        in undated
    )
    assert "I.5" not in own
    assert "[I.5]" not in overdue, "what was reported is not overdue while Văn phòng looks at it"
    assert (
        story.of(
            vi="📥 Chờ Văn phòng xác nhận: 2 (không tính quá hạn)",
            en="📥 Awaiting Văn phòng's confirmation: 2 (not overdue)",
        )
        in overdue
    )


async def test_a_search_needs_no_tone_marks_and_stays_within_the_own_unit(story: Story) -> None:
    found = await story.say("Lan", "/tim kiem tra cong chung")
    marked = await story.say("Lan", "/tim Công Chứng")
    product = await story.say("Lan", "/tim bao cao tong ket")
    unit = await story.say("Lan", "/tim phong thanh tra")
    code = await story.say("Minh", "/tim i.3")
    foreign = await story.say("Minh", "/tim cong chung")
    empty = await story.say("Minh", "/tim")

    hit = story.of(
        vi="🔴 I.5 · Kiểm tra hoạt động công chứng – Phòng Văn bản – "
        "quá hạn, hạn thứ Sáu 05/4, quá 17 ngày",
        en="🔴 I.5 · Kiểm tra hoạt động công chứng – Phòng Văn bản – "
        "overdue, due Friday 05/4, 17 days late",
    )
    assert hit in found
    assert hit in marked
    assert "I.2 · Báo cáo công tác thi đua" in product
    assert "II.1 · Kiến nghị xử lý sau kiểm tra" in unit
    assert story.of(vi="🔎 “I.3”: 1 việc", en="🔎 “I.3”: 1 item") in code
    assert story.of(vi="🔎 “cong chung”: 0 việc", en="🔎 “cong chung”: 0 items") in foreign
    assert story.of(vi="Không tìm thấy việc nào", en="Nothing was found") in foreign
    assert "/tim hộ tịch" in empty
