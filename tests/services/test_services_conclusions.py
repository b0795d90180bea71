"""The conclusions of a meeting become items of the running plan: once, told, and reminded of."""

import pytest

from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.work import DeadlineKind, Duty
from bot.services import conclusions
from bot.services.conclusion_drafts import Looked
from bot.services.versions_diff import ChangeKind, diff_with
from storage.models import AuditRow, DialogRow, ItemRow, OutboxRow, PlanRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    make_item,
    parts_of,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
TEXT = "Rà soát hồ sơ tồn – HC, VB – 26/4\nLập danh mục – VB"
NOW = vn("2024-04-19 09:00")


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(make_item("I.1", due="2024-12-20", lead=["Trung tâm Trợ giúp"]))
    return office


async def shown(office: Office, text: str = TEXT) -> Looked:
    return await conclusions.look(office.db, office.actor("lan"), text, NOW)


async def added(office: Office) -> list[ItemRow]:
    return await rows(office.db, ItemRow, ItemRow.code.startswith("KL."))  # type: ignore[attr-defined]


async def test_nothing_is_stored_before_it_is_given(plan: Office) -> None:
    found = await shown(plan)

    assert found.clear
    assert await added(plan) == []
    assert await rows(plan.db, OutboxRow) == []


async def test_items_are_added_with_their_source_units_and_days(plan: Office) -> None:
    found = await shown(plan)

    given = await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    items = await added(plan)
    assert [item.code for item in items] == ["KL.1", "KL.2"]
    assert {item.source_document for item in items} == {"Kết luận giao ban ngày 19/4/2024"}
    assert {item.section for item in items} == {"Kết luận giao ban ngày 19/4/2024"}
    assert all(item.added_at == NOW for item in items)
    parts = [part for part in await parts_of(plan.db, plan) if part.code.startswith("KL.")]
    assert {(part.code, part.unit, part.duty) for part in parts} == {
        ("KL.1", HC, Duty.LEAD),
        ("KL.1", VB, Duty.LEAD),
        ("KL.2", VB, Duty.LEAD),
    }
    assert {(p.code, p.due and p.due.isoformat()) for p in parts} == {
        ("KL.1", "2024-04-26"),
        ("KL.2", None),
    }
    assert {p.kind for p in parts if p.code == "KL.2"} == {DeadlineKind.UNSPECIFIED}
    assert given.chats == 2


async def test_each_item_has_an_entry_in_the_record(plan: Office) -> None:
    found = await shown(plan)

    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    entries = await rows(plan.db, AuditRow, AuditRow.act == "item.add", AuditRow.subject == "item")
    assert [entry.before for entry in entries] == [None, None]
    assert [entry.after["code"] for entry in entries] == ["KL.1", "KL.2"]


async def test_a_second_press_adds_nothing(plan: Office) -> None:
    found = await shown(plan)
    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    with pytest.raises(NotFound):
        await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    assert len(await added(plan)) == 2
    assert len(await rows(plan.db, OutboxRow)) == 2


async def test_the_next_meeting_goes_on_counting(plan: Office) -> None:
    for text in ("Rà soát – HC – 26/4", "Lập danh mục – VB – 3/5"):
        found = await shown(plan, text)
        await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    assert [item.code for item in await added(plan)] == ["KL.1", "KL.2"]


async def test_a_button_gives_only_the_text_above_it(plan: Office) -> None:
    old = await shown(plan, "Rà soát – HC – 26/4")
    await shown(plan, "Lập danh mục – VB – 3/5")

    with pytest.raises(NotFound):
        await conclusions.give(plan.db, plan.actor("lan"), old.mark, NOW)

    assert await added(plan) == []


async def test_the_units_are_told_of_their_own_items(
    plan: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.now = NOW
    found = await shown(plan)
    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    await delivered.tick()

    hc, vb = sender.to("hc")[0], sender.to("vb")[0]
    assert "Việc mới theo kết luận giao ban" in hc
    assert "KL.1" in hc
    assert "thứ Sáu 26/4" in hc
    assert "KL.2" not in hc
    assert "KL.1" in vb
    assert "KL.2" in vb


async def test_what_was_taken_away_before_it_was_sent_is_not_told(
    plan: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.now = NOW
    found = await shown(plan, "Rà soát – HC – 26/4")
    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)
    (owed,) = await rows(plan.db, OutboxRow, OutboxRow.kind == OutboxKind.ITEM_CHANGED)
    await change(plan.db, OutboxRow, owed.id, payload={"items": []})

    await delivered.tick()

    assert not any("kết luận" in text for text in sender.to("hc"))


async def test_a_unit_is_reminded_of_what_it_was_given(
    plan: Office, delivered: Delivered, sender: FakeSender
) -> None:
    found = await shown(plan, "Rà soát hồ sơ tồn – HC – 26/4")
    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)
    await delivered.tick("2024-04-19 09:01")
    sender.clear()

    await delivered.tick("2024-04-26 07:30")

    assert any("KL.1" in text for text in sender.to("hc"))


async def test_an_item_without_a_unit_is_kept_for_the_office(plan: Office) -> None:
    found = await shown(plan, "Rà soát hồ sơ tồn – 26/4")

    given = await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    (part,) = [part for part in await parts_of(plan.db, plan) if part.code == "KL.1"]
    assert part.unit_id is None
    assert given.chats == 0


@pytest.mark.parametrize(
    "text",
    ["Rà soát – Phòng Hành chánh – 26/4", "Rà soát – HC – sớm", "Rà soát – HC – 12/4"],
    ids=["unknown unit", "no date", "a day that is over"],
)
async def test_a_line_that_is_not_clear_is_not_given(plan: Office, text: str) -> None:
    found = await shown(plan, text)

    with pytest.raises(UserError):
        await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    assert not found.clear
    assert await added(plan) == []


async def test_a_newer_version_of_the_plan_does_not_take_them_away(plan: Office) -> None:
    found = await shown(plan)
    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)
    (row,) = await rows(plan.db, PlanRow)

    async with plan.db.read() as session:
        diff = await diff_with(session, row.id, row.title, [make_item("I.1", due="2024-12-20")])

    assert diff.of(ChangeKind.REMOVED) == ()


async def test_the_day_is_kept_and_not_how_it_was_counted(plan: Office) -> None:
    found = await shown(plan, "Rà soát – HC – thứ sáu tuần sau")

    await conclusions.give(plan.db, plan.actor("lan"), found.mark, NOW)

    assert [item.deadline_text for item in await added(plan)] == ["26/4/2024"]


@pytest.mark.parametrize("who", ["minh", "thao", "viet", "khach"])
async def test_others_are_refused_and_nothing_is_kept(plan: Office, who: str) -> None:
    found = await shown(plan)
    before = [row.model_dump() for row in await rows(plan.db, DialogRow)]

    with pytest.raises((NotAllowed, NotFound)):
        await conclusions.look(plan.db, plan.actor(who), TEXT, NOW)
    with pytest.raises((NotAllowed, NotFound)):
        await conclusions.give(plan.db, plan.actor(who), found.mark, NOW)

    assert [row.model_dump() for row in await rows(plan.db, DialogRow)] == before
    assert await added(plan) == []


async def test_a_unit_s_chat_is_no_place_for_conclusions(plan: Office) -> None:
    with pytest.raises(NotAllowed):
        await conclusions.look(plan.db, plan.actor("lan", "hc"), TEXT, NOW)


async def test_what_bears_a_mark_of_secrecy_is_not_kept(plan: Office) -> None:
    with pytest.raises(BearsSecretMark):
        await shown(plan, "MẬT\nRà soát – HC – 26/4")

    assert await rows(plan.db, DialogRow) == []


async def test_without_a_running_plan_there_is_nothing_to_add_to(office: Office) -> None:
    with pytest.raises(UserError):
        await conclusions.begin(office.db, office.actor("lan"), NOW)
