"""Taking back in chat, and the record of who did what."""

from handlers.callbacks import Press, data
from storage.models import AuditRow, ReportRow
from tests.builders import Office, make_item, rows
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

    assert "Chưa có thao tác nào" in said


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
