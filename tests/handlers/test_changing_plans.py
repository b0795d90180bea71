"""Văn phòng adds items, closes a plan and begins the next year's from it."""

import json

import pytest

from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from bot.services import plans as plan_service
from storage.db import Database
from storage.models import (
    AuditRow,
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
)
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    after_event,
    change,
    day,
    every,
    make_item,
    on,
    ongoing,
    rows,
    vn,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
FORM = """/them
Nhiệm vụ: Báo cáo chuyên đề hộ tịch
Sản phẩm: Báo cáo
Hạn: 30/6
Chủ trì: HC
Phối hợp: VP
Căn cứ: Công văn số 12/UBND-NC ngày 03/4/2024"""


async def press(talk: Talk, label: str, who: str = "lan") -> list[str]:
    """Press the newest button whose label has these words."""
    for called, params in reversed(talk.request.calls):
        if called not in {"sendMessage", "editMessageText"} or "reply_markup" not in params:
            continue
        markup = params["reply_markup"]
        markup = json.loads(markup) if isinstance(markup, str) else markup
        for row in markup.get("inline_keyboard", []):
            for button in row:
                if label in button["text"]:
                    return await talk.press(who, button["callback_data"])
    raise AssertionError(label)


@pytest.fixture
async def running(office: Office, clock: Clock) -> Office:
    """Return the office with a plan of 2024 in use."""
    clock.move_to("2024-04-19 09:00")
    await office.activate(
        make_item("I.1", due=on("2024-05-29", text="Trước 30/5/2024", before=True)),
        make_item("I.2", due=every("2024-05-14", "2024-06-14"), lead=(VB,)),
        make_item("I.3", due=ongoing(), lead=(VB,), cooperate=("Văn phòng",)),
        make_item("I.4", due=after_event()),
        now=vn("2024-01-02 08:00"),
        title="Kế hoạch công tác năm 2024",
    )
    return office


async def test_a_new_item_is_added_from_one_message_and_its_units_are_told(
    running: Office, talk: Talk, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    [shown] = await talk.say("lan", FORM)
    for words in ("BS.1", "Chủ nhật 30/6/2024", HC, "Công văn số 12/UBND-NC"):
        assert words in shown
    await press(talk, "Đúng, ghi nhận")

    [item] = await rows(db, ItemRow, ItemRow.code == "BS.1")
    assert item.title == "Báo cáo chuyên đề hộ tịch"
    assert item.source_document == "Công văn số 12/UBND-NC ngày 03/4/2024"
    assert item.added_at is not None
    [occurrence] = await rows(db, OccurrenceRow, OccurrenceRow.item_id == item.id)
    assert occurrence.due == day("2024-06-30")
    parts = await rows(db, PartRow, PartRow.occurrence_id == occurrence.id)
    assert {(p.unit_id, p.duty) for p in parts} == {
        (running.units[HC], Duty.LEAD),
        (running.units["Văn phòng"], Duty.COOPERATE),
    }
    while await delivered.one():
        pass
    assert any("BS.1" in text for text in sender.to("hc"))
    [entry] = await rows(db, AuditRow, AuditRow.act == "item.add", AuditRow.subject == "item")
    assert entry.before is None


async def test_a_new_item_is_asked_for_step_by_step(
    running: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/them")
    await talk.say("lan", "Rà soát văn bản")
    await press(talk, "Không ghi")
    [refused] = await talk.say("lan", "bla bla")
    assert "bla bla" in refused
    await talk.say("lan", "ngày 25 hàng tháng")
    await talk.say("lan", "VB")
    [shown] = await press(talk, "Không có văn bản")
    assert "Định kỳ" in shown
    await press(talk, "Đúng, ghi nhận")

    [item] = await rows(db, ItemRow, ItemRow.code == "BS.1")
    [deadline] = await rows(db, DeadlineRow, DeadlineRow.item_id == item.id)
    assert deadline.kind is DeadlineKind.RECURRING


async def test_a_day_typed_before_midnight_means_that_day_after_midnight(
    running: Office, talk: Talk, db: Database, clock: Clock
) -> None:
    clock.move_to("2024-04-19 23:58")
    await talk.say("lan", "/them\nNhiệm vụ: Việc gấp\nHạn: ngày mai\nChủ trì: HC\nSản phẩm: -")
    clock.move_to("2024-04-20 00:02")
    await press(talk, "Không có văn bản")
    await press(talk, "Đúng, ghi nhận")

    [item] = await rows(db, ItemRow, ItemRow.code == "BS.1")
    [occurrence] = await rows(db, OccurrenceRow, OccurrenceRow.item_id == item.id)
    assert occurrence.due == day("2024-04-20")


async def test_closing_a_plan_asks_what_becomes_of_what_is_open(
    running: Office, talk: Talk, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    [asked] = await talk.say("lan", "/dong_ke_hoach")
    assert "I.1" in asked
    await press(talk, "từng việc")
    await press(talk, "Thôi thực hiện")
    for _ in range(2):
        await press(talk, "Chuyển tiếp")
    await press(talk, "Chuyển tiếp")
    [shown] = await talk.say("lan", "QĐ 12/QĐ-STP ngày 18/4/2024")
    assert "Thôi thực hiện: I.1" in shown
    await press(talk, "Đúng, ghi nhận")

    [none] = await talk.say("lan", "/dong_ke_hoach")
    assert "không có kế hoạch nào để đóng" in none
    [plan] = await rows(db, PlanRow)
    assert plan.state is PlanState.CLOSED
    assert plan.closed_at is not None
    dropped = await rows(db, PartRow, PartRow.progress == Progress.DROPPED)
    assert len(dropped) == 1
    while await delivered.one():
        pass
    [told] = [text for text in sender.to("hc") if "Đã đóng" in text]
    assert "I.1" in told
    assert "I.2" not in told


async def test_the_next_years_plan_is_a_draft_with_moved_dates_to_be_checked(
    running: Office, talk: Talk, db: Database
) -> None:
    [shown] = await talk.say("lan", "/ke_hoach_moi")
    assert "2025" in shown
    await press(talk, "Đúng, ghi nhận")

    old, new = await rows(db, PlanRow)
    assert (new.state, new.year, new.previous_id) == (PlanState.DRAFT, 2025, old.id)
    assert new.title == "Kế hoạch công tác năm 2025"
    items = {item.code: item for item in await rows(db, ItemRow, ItemRow.plan_id == new.id)}
    assert set(items) == {"I.1", "I.2", "I.3", "I.4"}
    dues: dict[str, list[str]] = {}
    for code, item in items.items():
        found = await rows(db, OccurrenceRow, OccurrenceRow.item_id == item.id)
        dues[code] = [str(one.due) for one in found]
    assert dues == {
        "I.1": ["2025-05-29"],
        "I.2": [f"2025-{month:02d}-14" for month in range(1, 13)],
        "I.3": ["None"],
        "I.4": ["None"],
    }
    assert items["I.1"].problems
    assert not items["I.3"].problems
    [named] = await rows(db, ItemUnitRow, ItemUnitRow.item_id == items["I.1"].id)
    assert named.unit_id == running.units[HC]
    [seen] = await press(talk, "Xem bản nháp")
    assert "Kế hoạch công tác năm 2025" in seen


async def test_what_was_dropped_is_not_carried_on(
    running: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/thoi_viec I.1 Quyết định 5/QĐ-STP")
    await press(talk, "Đúng, ghi nhận")
    await talk.say("lan", "/ke_hoach_moi 2026")
    await press(talk, "Đúng, ghi nhận")

    new = (await rows(db, PlanRow))[-1]
    assert new.year == 2026
    codes = {item.code for item in await rows(db, ItemRow, ItemRow.plan_id == new.id)}
    assert codes == {"I.2", "I.3", "I.4"}


async def test_the_draft_is_replaced_until_it_is_activated_and_then_refused(
    running: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/ke_hoach_moi")
    await press(talk, "Đúng, ghi nhận")
    [asked] = await talk.say("lan", "/ke_hoach_moi")
    [seen] = await press(talk, "Xem bản nháp")
    await talk.say("lan", "/ke_hoach_moi")
    [shown] = await press(talk, "Lập bản khác")
    await press(talk, "Đúng, ghi nhận")
    assert "Đã có bản nháp nối tiếp kế hoạch này: “Kế hoạch công tác năm 2025”" in asked
    assert "Kế hoạch công tác năm 2025" in seen
    assert "Thay bản nháp “Kế hoạch công tác năm 2025”" in shown
    old, new = await rows(db, PlanRow)
    await plan_service.activate(db, running.id, new.id, vn("2025-01-02 08:00"))

    await talk.say("lan", f"/ke_hoach_moi {old.year + 1}")
    await press(talk, "năm 2024")
    assert "Đã có kế hoạch tiếp theo" in talk.notices()[-1]


async def test_a_draft_of_another_year_stays_beside_the_new_one(
    running: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/ke_hoach_moi")
    await press(talk, "Đúng, ghi nhận")
    await talk.say("lan", "/ke_hoach_moi 2026")
    [shown] = await press(talk, "Lập bản khác")
    await press(talk, "Đúng, ghi nhận")

    assert "Bản nháp “Kế hoạch công tác năm 2025” đang có vẫn giữ" in shown
    assert [plan.year for plan in await rows(db, PlanRow)] == [2024, 2025, 2026]


async def test_the_next_plan_keeps_what_the_plan_has_set(
    running: Office, talk: Talk, db: Database
) -> None:
    [plan] = await rows(db, PlanRow)
    await change(db, PlanRow, plan.id, confirmation=False, settings={"ladder": [7, 1]})
    await talk.say("lan", "/ke_hoach_moi")
    await press(talk, "Đúng, ghi nhận")

    new = (await rows(db, PlanRow))[-1]
    assert new.confirmation is False
    assert new.settings == {"ladder": [7, 1]}


@pytest.mark.parametrize("said", ["/them Việc mới", "/dong_ke_hoach", "/ke_hoach_moi"])
async def test_in_a_units_chat_the_whole_plan_is_not_touched(
    said: str, running: Office, talk: Talk
) -> None:
    [answer] = await talk.say("lan", said, "hc")

    assert "tin nhắn riêng" in answer
