"""/ket_luan and "📝 Kết luận" under the briefing: the whole dialogue, to the unit's chat."""

import pytest

from bot.domain.outbox import OutboxKind
from bot.domain.states import PlanState
from bot.domain.work import Duty
from bot.i18n import translator
from bot.services import conclusion_drafts
from handlers import render_conclusions
from handlers.callbacks import Press, data
from storage.models import DialogRow, ItemRow, OutboxRow, PartRow, PlanRow
from tests.builders import Delivered, FakeSender, Office, change, make_item, rows, vn
from tests.chatting import Talk

LATER = vn("2024-03-01 08:00")
ONE = "Rà soát <hồ sơ> tồn – HC – 26/4"
GIVE = data(Press.CONCLUDE_GIVE, conclusion_drafts.mark_of(ONE, 1))


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(make_item("I.1", due="2024-12-20", lead=["Phòng Văn bản"]))
    return office


async def added(office: Office) -> list[str]:
    return [row.code for row in await rows(office.db, ItemRow) if row.code.startswith("KL.")]


async def test_the_button_under_the_briefing_asks_and_the_answer_is_given(
    talk: Talk, plan: Office
) -> None:
    await talk.say("lan", "/giao_ban")
    assert data(Press.BRIEF_CONCLUDE, 1) in talk.buttons()

    asked = await talk.press("lan", data(Press.BRIEF_CONCLUDE, 1))
    assert "Dán các kết luận, mỗi dòng: nội dung – đơn vị – hạn" in asked[0]

    read = await talk.say("lan", ONE)
    assert "1 kết luận, chưa giao" in read[0]
    assert "Rà soát &lt;hồ sơ&gt; tồn" in read[0]
    assert "Phòng Hành chính" in read[0]
    assert "hạn thứ Sáu 26/4/2024" in read[0]
    assert GIVE in talk.buttons()
    assert await added(plan) == []

    said = await talk.press("lan", GIVE)
    assert "Đã giao 1 việc" in said[0]
    assert "KL.1" in said[0]
    assert await added(plan) == ["KL.1"]
    assert len(await rows(plan.db, OutboxRow)) == 1


async def test_the_unit_opens_the_item_and_says_that_it_was_received(
    talk: Talk, plan: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await talk.say("lan", f"/ket_luan {ONE}")
    await talk.press("lan", GIVE)
    await delivered.tick()
    (told,) = [m for _, m in sender.sent if "kết luận giao ban" in m.html]
    (view,), (seen,) = told.buttons
    assert (view.label, seen.label) == ("Xem KL.1", "👌 Đã nhận")

    card = await talk.press("minh", view.data, "hc")
    await talk.press("minh", seen.data, "hc")

    assert "Kết luận giao ban ngày 19/4/2024" in card[0]
    (owed,) = await rows(plan.db, OutboxRow, OutboxRow.kind == OutboxKind.ITEM_CHANGED)
    assert owed.acknowledged_by == plan.persons["minh"]


async def test_lines_behind_the_command_are_taken_at_once(talk: Talk, plan: Office) -> None:
    read = await talk.say("lan", f"/ket_luan {ONE}\nLập danh mục – VB")

    assert "2 kết luận, chưa giao" in read[0]
    assert "chưa rõ hạn" in read[0]


async def test_what_is_not_clear_is_said_and_can_only_be_mended(talk: Talk, plan: Office) -> None:
    read = await talk.say("lan", "/ket_luan Rà soát – Phòng Hành chánh – sớm")
    assert "⚠️" in read[0]
    assert not any(button.startswith(Press.CONCLUDE_GIVE) for button in talk.buttons())

    again = await talk.press("lan", data(Press.CONCLUDE_EDIT))
    assert "Rà soát – Phòng Hành chánh – sớm" in again[0]

    await talk.say("lan", ONE)
    await talk.press("lan", GIVE)
    assert await added(plan) == ["KL.1"]


async def test_units_that_cooperate_are_read_given_and_told(
    talk: Talk, plan: Office, delivered: Delivered, sender: FakeSender
) -> None:
    read = await talk.say("lan", "/ket_luan Báo cáo B – HC; phối hợp: VB – 26/4")
    said = await talk.press("lan", talk.buttons()[-3])
    while await delivered.one():
        pass

    assert "👥 Phòng Hành chính" in read[0]
    assert "Phối hợp: Phòng Văn bản" in read[0]
    assert "Phòng Hành chính (phối hợp: Phòng Văn bản)" in said[0]
    [item] = [row for row in await rows(plan.db, ItemRow) if row.code == "KL.1"]
    assert item.assignment_text == "Phòng Hành chính; phối hợp: Phòng Văn bản"
    duties = {row.unit_id: row.duty for row in await rows(plan.db, PartRow)}
    assert duties[plan.units["Phòng Hành chính"]] is Duty.LEAD
    parts = await rows(plan.db, PartRow, PartRow.unit_id == plan.units["Phòng Văn bản"])
    assert {row.duty for row in parts} == {Duty.LEAD, Duty.COOPERATE}
    assert any("KL.1" in text for text in sender.to("vb"))


async def test_a_date_that_is_none_is_said_to_be_no_date(talk: Talk, plan: Office) -> None:
    read = await talk.say("lan", "/ket_luan Làm X – Phòng Lạ – 31/6")

    assert "Không đọc được ngày “31/6”" in read[0]
    assert "không có đơn vị “Phòng Lạ”" in read[0]
    assert "đơn vị “31/6”" not in read[0]


async def test_it_can_be_called_off(talk: Talk, plan: Office) -> None:
    await talk.say("lan", f"/ket_luan {ONE}")

    said = await talk.press("lan", data(Press.CONCLUDE_DROP))
    await talk.press("lan", GIVE)

    assert said == ["Chưa giao việc nào."]
    assert await added(plan) == []
    assert await rows(plan.db, DialogRow) == []


async def test_two_presses_and_a_repeated_update_give_once(talk: Talk, plan: Office) -> None:
    await talk.say("lan", f"/ket_luan {ONE}")

    await talk.press("lan", GIVE)
    await talk.hear({}, again=True)
    await talk.press("lan", GIVE)

    assert await added(plan) == ["KL.1"]
    assert len(await rows(plan.db, OutboxRow)) == 1


@pytest.mark.parametrize("who", ["minh", "viet", "khach"])
async def test_others_press_in_vain(talk: Talk, plan: Office, who: str) -> None:
    await talk.say("lan", f"/ket_luan {ONE}")

    for press in (data(Press.BRIEF_CONCLUDE, 1), GIVE, data(Press.CONCLUDE_EDIT)):
        await talk.press(who, press)

    assert await added(plan) == []
    assert await rows(plan.db, OutboxRow) == []


async def test_in_a_group_of_the_office_it_is_asked_as_a_reply(talk: Talk, plan: Office) -> None:
    asked = await talk.say("lan", "/ket_luan", "office")

    assert "Dán các kết luận" in asked[0]


def test_the_question_can_be_said_in_english() -> None:
    (asked,) = render_conclusions.question("", translator("en"))

    assert "Paste the conclusions, one a line: what – unit – date." in asked.html


async def two_plans(office: Office) -> int:
    """Activate a second plan; return its id."""
    item = make_item("I.1", due="2024-12-20", lead=["Phòng Văn bản"])
    made = await office.activate(item, source=b"second", title="Kế hoạch thi đua", now=LATER)
    (row,) = await rows(office.db, PlanRow, PlanRow.title == "Kế hoạch thi đua")
    assert made
    return int(row.id)


async def plan_of_added(office: Office) -> list[int]:
    found = await rows(office.db, ItemRow)
    return [row.plan_id for row in found if row.code.startswith("KL.")]


async def test_with_one_plan_nothing_is_asked_about_it(talk: Talk, plan: Office) -> None:
    await talk.say("lan", f"/ket_luan {ONE}")

    assert not [one for one in talk.buttons() if one.startswith(Press.CONCLUDE_PLAN)]


async def test_of_several_plans_another_can_be_chosen_and_stays_chosen(
    talk: Talk, plan: Office
) -> None:
    newest = await two_plans(plan)
    read = await talk.say("lan", f"/ket_luan {ONE}")
    (other,) = [one for one in talk.buttons() if one.startswith(Press.CONCLUDE_PLAN)]
    old_give = data(Press.CONCLUDE_GIVE, conclusion_drafts.mark_of(ONE, newest))
    asked = await talk.press("lan", other)
    (first,) = [one for one in talk.buttons() if one.endswith(":1") and "conclude:plan" in one]
    again = await talk.press("lan", first)
    stale = await talk.press("lan", old_give)
    await talk.press("lan", data(Press.CONCLUDE_EDIT))
    rewritten = await talk.say("lan", f"{ONE}\nLập danh mục – VB")
    await talk.press("lan", talk.buttons()[-4])

    assert "Thêm vào: Kế hoạch thi đua" in read[0]
    assert "kế hoạch nào" in asked[0]
    assert "Thêm vào: Kế hoạch công tác" in again[0]
    assert stale == []
    assert "Thêm vào: Kế hoạch công tác" in rewritten[0]
    assert await plan_of_added(plan) == [1, 1]


async def test_into_a_plan_that_was_closed_meanwhile_nothing_is_given(
    talk: Talk, plan: Office
) -> None:
    newest = await two_plans(plan)
    await talk.say("lan", f"/ket_luan {ONE}")
    await change(plan.db, PlanRow, newest, state=PlanState.CLOSED)

    said = await talk.press(
        "lan", data(Press.CONCLUDE_GIVE, conclusion_drafts.mark_of(ONE, newest))
    )

    assert said == []
    assert await plan_of_added(plan) == []
