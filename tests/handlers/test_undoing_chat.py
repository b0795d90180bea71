"""Taking back in chat, and the record of who did what."""

from handlers.callbacks import Press, data
from handlers.offer_keys import OfferPress, offer_data
from storage.models import AuditRow, ReportRow
from tests.builders import Clock, Delivered, FakeSender, Office, day, make_item, rows
from tests.chatting import Talk


async def test_it_is_read_back_before_it_is_taken_back(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    await talk.say("minh", "/xong I.1 https://e.vn/1")

    (question,) = await talk.say("minh", "/hoan_tac")
    before = [row.state for row in await rows(office.db, ReportRow)]
    (key,) = [row.id for row in (await rows(office.db, AuditRow))[-1:]]
    (done,) = await talk.press("minh", data(Press.UNDO, key))
    await talk.press("minh", data(Press.UNDO, key))

    assert "Rút lại thao tác này?" in question
    assert "Báo hoàn thành – Phòng Hành chính" in question
    assert before == ["awaiting"]
    assert "Mọi thứ trở về như trước" in done
    assert [row.state for row in await rows(office.db, ReportRow)] == ["withdrawn"]
    assert "rút lại rồi" in talk.notices()[-1]


async def test_nobody_presses_anothers_button(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    await talk.say("minh", "/xong I.1 https://e.vn/1", "hc")
    (key,) = [row.id for row in (await rows(office.db, AuditRow))[-1:]]

    for who in ("lan", "thao", "khach", "dung"):
        await talk.press(who, data(Press.UNDO, key), "hc")

    assert [row.state for row in await rows(office.db, ReportRow)] == ["awaiting"]


async def test_nothing_done_is_said_so(office: Office, talk: Talk) -> None:
    (said,) = await talk.say("minh", "/hoan_tac")

    assert said == "Không có thao tác nào để rút lại."


async def test_the_log_names_people_in_private_and_sides_in_groups(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item())
    await talk.say("minh", "/xong I.1 https://e.vn/1")
    await talk.press("lan", data(Press.CONFIRM, 1))

    (private,) = await talk.say("lan", "/nhat_ky I.1")
    (group,) = await talk.say("minh", "/nhat_ky i.1", "hc")

    assert "lan: xác nhận báo cáo" in private
    assert "minh: báo hoàn thành" in private
    assert "Văn phòng: xác nhận báo cáo" in group
    assert "Phòng Hành chính: báo hoàn thành" in group
    assert "lan" not in group
    assert "minh" not in group


async def test_who_was_told_hears_which_side_takes_what_back_and_how_the_work_stands(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("I.5", due="2024-04-12"))
    await talk.say("lan", "/thoi_viec I.5 Quyết định 12/QĐ-STP")
    await talk.press("lan", talk.buttons()[0])
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    before = len(talk.buttons())
    await talk.say("lan", "/hoan_tac")
    await talk.press("lan", talk.buttons()[before])
    await Delivered(office.db, sender, clock).tick()

    said = next(text for text in sender.to("hc") if text.startswith("↩"))
    assert said.startswith("↩ <b>I.5: Văn phòng rút lại việc thôi thực hiện lúc ")
    assert "Việc tiếp tục: 🔴 Quá hạn · hạn thứ Sáu 12/4, quá " in said
    assert "nội dung báo trước đó" not in said


async def test_the_unit_takes_back_that_it_accepted_a_proposed_day(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("I.5"))
    await talk.say("minh", "/gia_han I.5 15/5 chờ số liệu")
    await talk.press("minh", data(Press.EXT_SEND, 1))
    await talk.press("lan", data(Press.EXT_OTHER, 1))
    await talk.say("lan", "10/5")
    await talk.press("lan", data(Press.EXT_OFFER, 1))
    await talk.press("minh", offer_data(OfferPress.TAKE, 1, day("2024-05-10")))
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    before = len(talk.buttons())
    await talk.say("minh", "/hoan_tac")
    await talk.press("minh", talk.buttons()[before])
    await Delivered(office.db, sender, clock).tick()

    said = next(text for text in sender.to("office") if text.startswith("↩"))
    assert "I.5: Phòng Hành chính rút lại việc nhận ngày đề xuất lúc" in said
