"""A plan that was closed can be read by everybody, and acted on by nobody."""

import json

import pytest
from sqlmodel import col

from bot.domain.states import ExtensionState, PlanState, ReportState
from bot.domain.status import Progress
from bot.services.progress_table import progress_table
from storage.db import Database
from storage.models import AuditRow, ExtensionRow, OccurrenceRow, PartRow, PlanRow, ReportRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    make_item,
    on,
    ongoing,
    rows,
    vn,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
CLOSED = "Kế hoạch công tác năm 2024, đã đóng 31/12/2024"
REFUSED = "đã đóng ngày 31/12/2024"


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
async def year(office: Office, clock: Clock, talk: Talk) -> Office:
    """Return the office in the last days of a year: reported, asked for, stuck, and open."""
    clock.move_to("2024-12-02 09:00")
    await office.activate(
        make_item("I.1", title="Lập danh mục hồ sơ", due=on("2024-12-20")),
        make_item("I.2", title="Báo cáo thi đua", due=on("2024-12-25")),
        make_item("I.3", title="Rà soát văn bản", due=on("2024-12-10"), lead=(VB,)),
        make_item("I.4", title="Tuyên truyền", due=ongoing(), lead=(VB,)),
        now=vn("2024-01-02 08:00"),
        title="Kế hoạch công tác năm 2024",
    )
    await talk.say("minh", "/xong I.1 https://example.vn/1 đã lập")
    await talk.say("minh", "/gia_han I.2 28/12 chờ số liệu")
    await press(talk, "Đúng, gửi", "minh")
    await talk.say("dung", "/vuong_mac I.3 chưa có hướng dẫn")
    return office


async def close(talk: Talk, clock: Clock, fate: str = "Chuyển hết") -> str:
    """Close the plan on the last day of the year; return what was read back."""
    clock.move_to("2024-12-31 16:00")
    await talk.say("lan", "/dong_ke_hoach")
    shown = await press(talk, fate)
    await press(talk, "Đúng, ghi nhận")
    clock.move_to("2025-01-06 09:00")
    return shown[-1]


async def deliver(delivered: Delivered) -> None:
    while await delivered.one():
        pass


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/xem I.1", "Lập danh mục hồ sơ"),
        ("/minh_chung I.1", "example.vn/1"),
        ("/nhat_ky I.1", "báo hoàn thành"),
        ("/da_nhac I.1", "đã gửi: I.1"),
        ("/tim danh muc", "Lập danh mục hồ sơ"),
    ],
)
async def test_what_a_closed_plan_holds_is_still_read_and_named_as_closed(
    said: str, shown: str, year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)

    text = "\n".join(await talk.say("minh", said))

    assert shown in text
    assert CLOSED in text


async def test_the_plan_in_use_comes_first_and_the_closed_one_is_offered(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)
    await year.activate(
        make_item("I.1", title="Việc năm nay", due=on("2025-03-20")),
        source=b"next",
        now=vn("2025-01-03 08:00"),
        title="Kế hoạch công tác năm 2025",
        year=2025,
    )

    card, other = await talk.say("minh", "/xem I.1")
    [old] = await press(talk, CLOSED, "minh")
    found = "\n".join(await talk.say("minh", "/tim I.1"))

    assert "Việc năm nay" in card
    assert "kế hoạch khác" in other
    assert "Lập danh mục hồ sơ" in old
    assert found.index("Việc năm nay") < found.index(CLOSED) < found.index("Lập danh mục")


async def test_a_unit_reads_of_a_closed_plan_what_it_could_read_before(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)

    [answer] = await talk.say("dung", "/xem I.1", "vb")

    assert "không có việc I.1" in answer


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("minh", "/xong I.2 https://example.vn/2"),
        ("minh", "/gia_han I.2 30/1 chờ thêm"),
        ("minh", "/vuong_mac I.2 thiếu người"),
        ("lan", "/thoi_viec I.2 QĐ 1/QĐ-STP"),
        ("lan", "/sua I.2"),
        ("lan", "/giao I.2 VB"),
    ],
)
async def test_a_command_says_since_when_the_plan_is_closed(
    who: str, said: str, year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await close(talk, clock)
    before = await rows(db, AuditRow)

    [answer] = await talk.say(who, said)

    assert REFUSED in answer
    assert len(await rows(db, AuditRow)) == len(before)


@pytest.mark.parametrize(
    ("who", "code", "press"),
    [
        ("minh", "I.2", "part:report"),
        ("minh", "I.2", "ext:ask"),
        ("minh", "I.2", "stuck:ask"),
        ("minh", "I.2", "part:start"),
        ("minh", "I.2", "rep:give"),
        ("lan", "I.2", "past:done"),
        ("minh", "I.2", "prf:add"),
    ],
)
async def test_an_old_button_is_refused_in_a_closed_plan(
    who: str, code: str, press: str, year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    [part] = await rows(db, PartRow, PartRow.progress == Progress.EXTENSION_PENDING)
    await close(talk, clock)
    before = await rows(db, AuditRow)
    tail = ":0" if press.startswith(("prf", "rep")) else ""

    await talk.press(who, f"{press}:{part.id}{tail}")

    assert REFUSED in talk.notices()[-1]
    assert len(await rows(db, AuditRow)) == len(before)


@pytest.mark.parametrize("press", ["ext:yes", "ext:no", "ext:other"])
async def test_a_request_cannot_be_decided_in_a_closed_plan(
    press: str, year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await close(talk, clock)
    [asked] = await rows(db, ExtensionRow)

    await talk.press("lan", f"{press}:{asked.id}")

    assert REFUSED in talk.notices()[-1]
    [part] = await rows(db, PartRow, PartRow.id == asked.part_id)
    assert part.extended_due is None


async def test_closing_lists_what_waits_and_closes_the_requests(
    year: Office,
    talk: Talk,
    clock: Clock,
    db: Database,
    delivered: Delivered,
    sender: FakeSender,
) -> None:
    await deliver(delivered)
    sender.clear()
    shown = await close(talk, clock)
    await deliver(delivered)

    assert "chờ xác nhận (sau khi đóng vẫn xác nhận được): I.1" in shown
    assert "Xin gia hạn chưa duyệt, sẽ khép lại cùng kế hoạch: I.2" in shown
    assert "Vướng mắc chưa được trả lời: I.3" in shown
    [asked] = await rows(db, ExtensionRow)
    assert asked.state is ExtensionState.LAPSED
    [part] = await rows(db, PartRow, PartRow.id == asked.part_id)
    assert part.progress is Progress.NOT_STARTED
    assert any("không còn phải xét" in t and "đóng kế hoạch" in t for t in sender.to("hc"))
    assert not any("không được gia hạn" in text for text in sender.to("hc"))


async def test_what_waited_is_confirmed_after_the_closing(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await close(talk, clock)
    [listed] = await talk.say("lan", "/cho_xac_nhan")
    assert "I.1" in listed

    await talk.say("lan", "/xem I.1")
    await press(talk, "Xác nhận")

    [report] = await rows(db, ReportRow)
    assert report.state is ReportState.ACCEPTED
    [part] = await rows(db, PartRow, PartRow.id == report.part_id)
    assert part.progress is Progress.DONE


async def test_what_is_returned_after_the_closing_counts_as_not_done_and_is_not_made_again(
    year: Office,
    talk: Talk,
    clock: Clock,
    db: Database,
    delivered: Delivered,
    sender: FakeSender,
) -> None:
    await close(talk, clock)
    await deliver(delivered)
    sender.clear()

    await talk.say("lan", "/xem I.1")
    [asked] = await press(talk, "Trả lại")
    [card] = await talk.say("lan", "Chưa đúng mẫu")
    await deliver(delivered)

    assert "tính là chưa hoàn thành" in asked
    assert CLOSED in card
    [told] = [text for text in sender.to("hc") if "I.1" in text]
    assert "Chưa đúng mẫu" in told
    assert "không báo lại nữa" in told
    assert "↩️ Bị trả lại · hạn thứ Sáu 20/12, quá 11 ngày" in card
    [message] = [m for _, m in sender.sent if "Chưa đúng mẫu" in m.html]
    labels = [button.label for row in message.buttons for button in row]
    assert not any("Báo" in label for label in labels)


async def test_the_card_in_a_closed_plan_offers_no_act(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)

    talk.request.calls.clear()
    await talk.say("minh", "/xem I.2")
    await talk.say("lan", "/xem I.2")

    verbs = {data.rsplit(":", 1)[0] for data in talk.buttons()}
    assert not verbs & {"part:report", "ext:ask", "stuck:ask", "part:start", "item:adjust"}


async def test_evidence_is_added_to_what_was_reported_though_the_plan_is_closed(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)

    await talk.say("minh", "/xem I.1")
    [asked] = await press(talk, "Thêm minh chứng", "minh")

    assert "Thêm gì?" in asked


async def test_what_was_done_before_the_closing_is_not_taken_back(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await talk.say("dung", "/xong I.4 https://example.vn/4")
    await talk.say("lan", "/dong_ke_hoach")
    await press(talk, "Chuyển hết")
    await press(talk, "Đúng, ghi nhận")

    [answer] = await talk.say("dung", "/hoan_tac")

    assert "đã đóng ngày 02/12/2024" in answer


async def test_dropping_all_asks_once_for_the_decision_and_keeps_it(
    year: Office,
    talk: Talk,
    db: Database,
    delivered: Delivered,
    sender: FakeSender,
) -> None:
    await talk.say("lan", "/dong_ke_hoach")
    [asked] = await press(talk, "Thôi thực hiện hết")
    [shown] = await talk.say("lan", "QĐ 12/QĐ-STP ngày 02/12/2024")
    await press(talk, "Đúng, ghi nhận")
    await deliver(delivered)

    assert "theo văn bản, quyết định nào?" in asked
    assert "Căn cứ: QĐ 12/QĐ-STP ngày 02/12/2024" in shown
    dropped = await rows(db, PartRow, col(PartRow.progress) == Progress.DROPPED)
    assert len(dropped) == 3
    assert {part.decision for part in dropped} == {"QĐ 12/QĐ-STP ngày 02/12/2024"}
    [told] = [text for text in sender.to("vb") if "Đã đóng" in text]
    assert "Căn cứ: QĐ 12/QĐ-STP" in told


async def test_a_long_title_leaves_room_for_the_day(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    [plan] = await rows(db, PlanRow)
    await change(db, PlanRow, plan.id, title="Kế hoạch " + "rất dài " * 40)
    await close(talk, clock)
    [asked] = await rows(db, ExtensionRow)

    await talk.press("lan", f"ext:yes:{asked.id}")

    assert REFUSED in talk.notices()[-1]
    assert plan.state is PlanState.ACTIVE


async def test_the_files_of_a_closed_plan_are_as_of_its_last_day(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await close(talk, clock)
    [plan] = await rows(db, PlanRow)

    [asked] = await talk.say("lan", "/xuat")
    offered = talk.buttons()
    table = await progress_table(db, year.actor("lan"), plan.id, clock())

    assert CLOSED in asked
    assert f"export:proofs:{plan.id}" in offered or f"export:folder:{plan.id}" in offered
    assert f"export:dates:{plan.id}" not in offered
    assert table.day.isoformat() == "2024-12-31"


async def test_what_was_confirmed_is_not_reopened_in_a_closed_plan(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await talk.say("lan", "/xem I.1")
    await press(talk, "Xác nhận")
    [report] = await rows(db, ReportRow)
    await close(talk, clock)

    await talk.press("lan", f"report:reopen:{report.id}")

    assert REFUSED in talk.notices()[-1]


async def test_staff_are_not_asked_to_prepare_what_was_closed_meanwhile(
    year: Office, talk: Talk, clock: Clock, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    [part] = await rows(db, PartRow, PartRow.progress == Progress.EXTENSION_PENDING)
    await talk.press("minh", f"rep:give:{part.id}:{year.persons['thao']}")
    await close(talk, clock)
    await deliver(delivered)

    assert not [text for text in sender.to("thao") if "chuẩn bị" in text]


async def test_a_confirmation_after_the_closing_can_be_taken_back(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    await close(talk, clock)
    await talk.say("lan", "/xem I.1")
    await press(talk, "Xác nhận")

    await talk.say("lan", "/hoan_tac")
    await press(talk, "Hoàn tác")

    [report] = await rows(db, ReportRow)
    assert report.state is ReportState.AWAITING


async def test_what_was_left_open_is_neither_on_track_nor_late_since(
    year: Office, talk: Talk, clock: Clock, db: Database
) -> None:
    [item] = await rows(db, OccurrenceRow, OccurrenceRow.due == day("2024-12-25"))
    await change(db, OccurrenceRow, item.id, due=day("2025-02-28"))
    await close(talk, clock)
    clock.move_to("2025-06-02 09:00")

    [left] = await talk.say("minh", "/xem I.2")
    [late] = await talk.say("dung", "/xem I.3")
    [found] = await talk.say("minh", "/tim I.2")

    assert "⚪ Chưa xong khi đóng kế hoạch · hạn thứ Sáu 28/02/2025" in left
    assert "quá 21 ngày" in late
    assert "chưa xong khi đóng kế hoạch" in found
    markup = json.dumps(talk.request.calls[-1][1], ensure_ascii=False)
    assert "📕 I.2" in markup


async def test_of_several_plans_it_is_asked_which_one_is_closed(
    year: Office, talk: Talk, db: Database
) -> None:
    await year.activate(make_item("II.1"), source=b"other", title="Kế hoạch tuyên truyền 2024")

    [asked] = await talk.say("lan", "/dong_ke_hoach")
    await press(talk, "Kế hoạch tuyên truyền 2024")
    await press(talk, "Chuyển hết")
    await press(talk, "Đúng, ghi nhận")

    assert "Đóng kế hoạch nào?" in asked
    states = {plan.title: plan.state for plan in await rows(db, PlanRow)}
    assert states["Kế hoạch tuyên truyền 2024"] is PlanState.CLOSED
    assert states["Kế hoạch công tác năm 2024"] is PlanState.ACTIVE


async def test_a_unit_is_told_only_of_what_it_still_had_open(
    year: Office, talk: Talk, clock: Clock, delivered: Delivered, sender: FakeSender
) -> None:
    await talk.say("lan", "/giao I.3 Phòng Hành chính")
    await press(talk, "Đúng, ghi nhận")
    await deliver(delivered)
    sender.clear()

    await close(talk, clock)
    await deliver(delivered)

    (theirs,) = [text for text in sender.to("vb") if "📕" in text]
    (ours,) = [text for text in sender.to("hc") if "📕" in text]
    assert "I.4" in theirs
    assert "I.3" not in theirs
    assert "I.2" in ours
    assert "I.3" in ours


async def test_the_briefing_counts_what_still_waits_of_a_closed_plan(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await close(talk, clock)
    await year.activate(
        make_item("I.9", title="Việc năm nay", due=on("2025-03-20")),
        source=b"next",
        now=vn("2025-01-03 08:00"),
        title="Kế hoạch công tác năm 2025",
        year=2025,
    )

    waiting = "\n".join(await talk.say("lan", "/cho_xac_nhan"))
    briefing = "\n".join(await talk.say("lan", "/giao_ban"))

    assert "I.1" in waiting
    assert "Chờ Văn phòng xác nhận: 1</b>\n<b>I.1</b>" in briefing
    assert "Vướng mắc chờ trả lời: 1</b>\n<b>I.3</b>" in briefing, "it still gets an answer"
