"""Văn phòng changes items in chat: events, days, units, words; asked, read back, then done."""

import re

import pytest

from bot.domain.deadline import Relative, SpanUnit
from bot.domain.status import Progress
from bot.domain.work import Duty
from storage.db import Database
from storage.models import AuditRow, ItemRow, OccurrenceRow, PartRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    after_event,
    as_told,
    day,
    keep_units,
    make_item,
    rows,
    vn,
)
from tests.chatting import Talk

HC, VB, TG = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp"


@pytest.fixture
async def waiting(office: Office, clock: Clock) -> Office:
    """Return the office with an item that waits for an event, and one without a date."""
    clock.move_to("2024-02-05 09:00")
    await office.activate(
        make_item("II.3", due=after_event(), cooperate=("Văn phòng",)),
        make_item("III.2", due=as_told(), lead=(VB,)),
        now=vn("2024-01-02 08:00"),
    )
    return office


def last(talk: Talk, beginning: str) -> str:
    """Return the data of the newest button that begins so."""
    return [one for one in talk.buttons() if one.startswith(beginning)][-1]


async def test_an_event_starts_the_deadline_as_often_as_it_happens(
    waiting: Office, talk: Talk, db: Database
) -> None:
    for number, (said, due) in enumerate(
        (("01/02/2024 nhận kết luận số 5", "2024-03-02"), ("05/3/2024", "2024-04-04")), start=1
    ):
        [shown] = await talk.say("lan", f"/kich_hoat II.3 {said}")
        assert "thứ" in shown
        await talk.press("lan", last(talk, "change:yes"))
        dated = await rows(db, OccurrenceRow, OccurrenceRow.due.is_not(None))  # type: ignore
        assert len(dated) == number
        assert dated[-1].due == day(due)

    first = (await rows(db, OccurrenceRow, OccurrenceRow.event_on == day("2024-02-01")))[0]
    parts = await rows(db, PartRow, PartRow.occurrence_id == first.id)
    assert {(p.unit_id, p.duty) for p in parts} == {
        (waiting.units[HC], Duty.LEAD),
        (waiting.units["Văn phòng"], Duty.COOPERATE),
    }
    assert {p.progress for p in parts} == {Progress.NOT_STARTED}
    waits = await rows(db, PartRow, PartRow.progress == Progress.WAITING_EVENT)
    assert len(waits) == 2


async def test_the_event_is_read_back_with_the_day_due_and_the_last_working_day(
    waiting: Office, talk: Talk
) -> None:
    [shown] = await talk.say("lan", "/kich_hoat II.3 01/02/2024")

    assert "thứ Năm 01/02/2024" in shown
    assert "thứ Bảy 02/3/2024" in shown
    assert "thứ Sáu 01/3/2024" in shown


async def test_nothing_counts_before_it_was_confirmed_and_a_double_tap_acts_once(
    waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/kich_hoat II.3 01/02/2024")
    assert not await rows(db, OccurrenceRow, OccurrenceRow.due.is_not(None))  # type: ignore

    yes = last(talk, "change:yes")
    await talk.press("lan", yes)
    await talk.press("lan", yes)

    assert len(await rows(db, OccurrenceRow, OccurrenceRow.due.is_not(None))) == 1  # type: ignore
    assert "không còn mở" in talk.notices()[-1]


async def test_a_day_that_cannot_be_read_leaves_the_question_open(
    waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/dat_han III.2")
    [refused] = await talk.say("lan", "một ngày đẹp trời")
    assert "một ngày đẹp trời" in refused
    [shown] = await talk.say("lan", "30/6")
    assert "Chủ nhật 30/6/2024" in shown
    await talk.press("lan", last(talk, "change:yes"))

    [dated] = await rows(db, OccurrenceRow, OccurrenceRow.due.is_not(None))  # type: ignore
    assert dated.due == dated.original_due == day("2024-06-30")
    [entry] = await rows(db, AuditRow, AuditRow.act == "occurrence.date")
    assert entry.before["due"] is None
    assert entry.after["due"] == "2024-06-30"


async def test_the_units_concerned_are_told_and_can_say_that_they_received_it(
    waiting: Office, talk: Talk, delivered: Delivered, sender: FakeSender
) -> None:
    await talk.say("lan", "/dat_han III.2 30/6")
    await talk.press("lan", last(talk, "change:yes"))
    while await delivered.one():
        pass

    [told] = sender.to("vb")
    assert "III.2" in told
    assert "30/6" in told
    assert sender.to("hc") == []
    message = next(m for _, m in sender.sent if "III.2" in m.html)
    labels = [b.data for row in message.buttons for b in row]
    assert any(data.startswith("morning:seen") for data in labels)


async def test_giving_an_item_to_units_moves_what_is_open(
    waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/giao III.2 HC, Trung tâm Trợ giúp; phối hợp: VP")
    await talk.press("lan", last(talk, "change:yes"))

    item = (await rows(db, ItemRow, ItemRow.code == "III.2"))[0]
    occurrence = (await rows(db, OccurrenceRow, OccurrenceRow.item_id == item.id))[0]
    parts = await rows(db, PartRow, PartRow.occurrence_id == occurrence.id)
    by_unit = {p.unit_id: (p.duty, p.progress) for p in parts}
    assert by_unit == {
        waiting.units[VB]: (Duty.LEAD, Progress.DROPPED),
        waiting.units[HC]: (Duty.LEAD, Progress.NOT_STARTED),
        waiting.units[TG]: (Duty.LEAD, Progress.NOT_STARTED),
        waiting.units["Văn phòng"]: (Duty.COOPERATE, Progress.NOT_STARTED),
    }


async def test_an_unknown_unit_is_reported_and_a_likely_one_is_asked(
    waiting: Office, talk: Talk, db: Database
) -> None:
    [refused] = await talk.say("lan", "/giao III.2 Phòng Vũ trụ học")
    assert "Vũ trụ" in refused
    [asked] = await talk.say("lan", "/giao III.2 Phòng Hành chánh")
    assert HC in asked
    await talk.press("lan", last(talk, "change:pick"))
    await talk.press("lan", last(talk, "change:yes"))

    parts = await rows(db, PartRow, PartRow.unit_id == waiting.units[HC])
    assert any(p.progress is Progress.NOT_STARTED for p in parts)


async def test_dropping_an_item_asks_for_the_decision_and_keeps_it(
    waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/thoi_viec III.2")
    await talk.say("lan", "Quyết định số 12/QĐ-STP ngày 01/02/2024")
    await talk.press("lan", last(talk, "change:yes"))

    [part] = await rows(db, PartRow, PartRow.progress == Progress.DROPPED)
    assert part.decision == "Quyết định số 12/QĐ-STP ngày 01/02/2024"


async def test_editing_a_title_and_flagging_secret_documents(
    waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/sua III.2")
    picks = [one for one in talk.buttons() if one.startswith("change:pick")]
    await talk.press("lan", picks[0])
    await talk.say("lan", "Rà soát văn bản quy phạm")
    await talk.press("lan", last(talk, "change:yes"))
    [item] = await rows(db, ItemRow, ItemRow.code == "III.2")
    assert item.title == "Rà soát văn bản quy phạm"

    await talk.say("lan", "/sua III.2")
    await talk.press("lan", last(talk, "change:pick"))
    await talk.press("lan", last(talk, "change:yes"))
    [item] = await rows(db, ItemRow, ItemRow.code == "III.2")
    assert item.secret
    assert "Rà soát" not in item.title
    assert item.product == ""
    [entry] = await rows(db, AuditRow, AuditRow.act == "item.secret", AuditRow.subject == "item")
    assert "Rà soát" not in str(entry.before) + str(entry.after)


@pytest.mark.parametrize("who", ["minh", "viet", "thao"])
async def test_only_van_phong_changes_items(
    who: str, waiting: Office, talk: Talk, db: Database
) -> None:
    await talk.say(who, "/kich_hoat II.3 01/02/2024")
    await talk.say("lan", "/kich_hoat II.3 01/02/2024")
    yes = last(talk, "change:yes")
    await talk.press(who, yes)

    assert not await rows(db, OccurrenceRow, OccurrenceRow.due.is_not(None))  # type: ignore


async def test_the_card_offers_the_changes_that_fit_to_van_phong_alone(
    waiting: Office, talk: Talk
) -> None:
    await talk.say("minh", "/xem II.3")
    assert not [one for one in talk.buttons() if one.startswith("item:adjust")]
    await talk.say("lan", "/xem II.3")
    await talk.press("lan", last(talk, "item:adjust"))
    begin = [one for one in talk.buttons() if one.startswith("change:begin")]
    [asked] = await talk.press("lan", begin[0])
    assert "30 ngày kể từ ngày nhận kết luận" in asked


async def test_calling_off_changes_nothing(waiting: Office, talk: Talk, db: Database) -> None:
    await talk.say("lan", "/thoi_viec III.2 Quyết định 5")
    [said] = await talk.press("lan", last(talk, "change:no"))

    assert re.search("chưa có gì thay đổi", said, re.IGNORECASE)
    assert not await rows(db, PartRow, PartRow.progress == Progress.DROPPED)


async def test_an_act_of_secrecy_in_an_answer_is_refused(
    waiting: Office, talk: Talk, db: Database
) -> None:
    [said] = await talk.say("lan", "/thoi_viec III.2 Quyết định 5\nTỐI MẬT")

    assert "mật" in said.lower()


async def test_what_has_no_number_is_asked_for_its_day(
    office: Office, talk: Talk, db: Database, clock: Clock
) -> None:
    clock.move_to("2024-02-05 09:00")
    phrase = "Sau khi hoàn thành việc kiểm tra"
    await office.activate(
        make_item("V.1", due=Relative(None, None, "hoàn thành việc kiểm tra", phrase))
    )
    [asked] = await talk.say("lan", "/kich_hoat V.1 hôm nay")
    assert phrase in asked
    [shown] = await talk.say("lan", "20/2")
    assert "thứ Ba 20/02/2024" in shown
    await talk.press("lan", last(talk, "change:yes"))

    [dated] = await rows(db, OccurrenceRow, OccurrenceRow.event_on == day("2024-02-05"))
    assert dated.due == day("2024-02-20")


async def test_which_of_several_events_is_asked_by_button(
    office: Office, talk: Talk, db: Database, clock: Clock
) -> None:
    clock.move_to("2024-02-05 09:00")
    ten = Relative(10, SpanUnit.WORKDAY, "có đơn", "10 ngày làm việc kể từ ngày có đơn")
    await office.activate(make_item("V.1", due=[after_event(), ten]))

    await talk.say("lan", "/kich_hoat V.1 01/02/2024")
    [shown] = await talk.press("lan", last(talk, "change:pick"))
    assert "10 ngày làm việc" in shown
    await talk.press("lan", last(talk, "change:yes"))

    [dated] = await rows(db, OccurrenceRow, OccurrenceRow.event_on == day("2024-02-01"))
    assert dated.due == day("2024-02-22")  # Tết: 8/2 to 14/2 are not worked


async def test_the_bare_command_offers_what_waits(waiting: Office, talk: Talk) -> None:
    [asked] = await talk.say("lan", "/dat_han")
    assert "Đặt hạn cho việc nào?" in asked
    assert len([one for one in talk.buttons() if one.startswith("change:begin")]) == 1


async def test_in_a_group_a_typed_answer_is_asked_as_a_reply(
    waiting: Office, talk: Talk, db: Database
) -> None:
    asked, beside = await talk.say("lan", "/dat_han III.2", "office")
    assert "Hạn của III.2" in asked
    assert "không" in beside.lower()
    await talk.say("lan", "30/6", "office")
    await talk.press("lan", last(talk, "change:yes"), "office")

    assert await rows(db, OccurrenceRow, OccurrenceRow.due == day("2024-06-30"))


async def test_a_name_with_a_conjunction_is_one_unit(
    waiting: Office, talk: Talk, db: Database
) -> None:
    [shown] = await talk.say("lan", "/giao III.2 Phòng Hành chính và Phòng Văn bản, VP")

    assert "Chủ trì: Văn phòng, Phòng Hành chính, Phòng Văn bản" in shown


async def test_what_was_reported_keeps_its_history_when_units_change(
    waiting: Office, talk: Talk, db: Database, clock: Clock
) -> None:
    await talk.say("dung", "/xong III.2 https://e.vn/1 123/BC-STP ngày 02/02/2024")
    await talk.say("lan", "/giao III.2 HC")
    await talk.press("lan", last(talk, "change:yes"))

    by_unit = {p.unit_id: p.progress for p in await rows(db, PartRow)}
    assert by_unit[waiting.units[VB]] is Progress.AWAITING_CONFIRMATION


async def test_an_event_for_an_ended_unit_warns_that_nobody_has_its_work(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item("II.3", due=after_event(), lead=("Phòng Văn bản",)))
    await keep_units(office, "hết Phòng Văn bản > 18/4/2024", talk.application.bot_data.clock())

    [shown] = await talk.say("lan", "/kich_hoat II.3 05/3/2024")

    assert "Đơn vị đã kết thúc: Phòng Văn bản" in shown
    assert "/giao" in shown
