"""Difficulties in chat: one tap and a sentence, the list, and the answer."""

from bot.domain.roles import Role
from handlers.callbacks import Press, data
from storage.models import DifficultyRow
from tests.builders import Office, make_item, only_part, rows
from tests.chatting import Talk


async def test_one_tap_and_a_sentence_report_it(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)

    (question,) = await talk.press("thao", data(Press.STUCK_RAISE, part.id))
    (done,) = await talk.say("thao", "Chưa có số liệu cấp xã")

    assert "Vướng mắc gì" in question
    assert "Đã ghi" in done
    (row,) = await rows(office.db, DifficultyRow)
    assert row.text == "Chưa có số liệu cấp xã"


async def test_a_command_reports_lists_and_shows_those_of_an_item(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item("III.5"))

    (none,) = await talk.say("lan", "/vuong_mac")
    await talk.say("minh", "/vuong_mac iii.5 thiếu <người>")
    (all_,) = await talk.say("viet", "/vuong_mac")
    (one,) = await talk.say("minh", "/vuong_mac III.5", "hc")

    assert "Không có vướng mắc" in none
    assert "Vướng mắc đang mở: 1" in all_
    assert "Phòng Hành chính" in all_
    assert "thiếu &lt;người&gt;" in one


async def test_a_leader_answers_from_the_list(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    await talk.say("minh", "/vuong_mac I.1 thiếu người")

    (question,) = await talk.press("viet", data(Press.STUCK_ANSWER, 1))
    (done,) = await talk.say("viet", "Sẽ cử thêm người")
    await talk.press("lan", data(Press.STUCK_ANSWER, 1))

    assert "Trả lời gì về I.1" in question
    assert "Sẽ cử thêm người" in done
    assert "Đã trả lời lúc" in talk.notices()[-1]


async def test_the_unit_closes_it(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    await talk.say("minh", "/vuong_mac I.1 thiếu người")

    (closed,) = await talk.press("minh", data(Press.STUCK_CLOSE, 1))

    assert "vướng mắc đã đóng" in closed


async def test_a_code_without_words_asks_what_it_is_as_the_button_does(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item("I.3"))

    (question,) = await talk.say("thao", "/vuong_mac I.3")
    (done,) = await talk.say("thao", "Chưa có số liệu cấp xã")
    (listed,) = await talk.say("thao", "/vuong_mac I.3")

    assert "Vướng mắc gì" in question
    assert "Đã ghi" in done
    assert "Chưa có số liệu cấp xã" in listed
    assert data(Press.STUCK_RAISE, 1) in talk.buttons()


async def test_a_code_without_words_lists_what_is_open_to_who_reports_none(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item("I.3"))

    (listed,) = await talk.say("lan", "/vuong_mac I.3")

    assert "Không có vướng mắc" in listed


async def test_only_who_is_told_is_said_to_be(office: Office, talk: Talk) -> None:
    await office.activate(make_item("I.3"))

    (alone,) = await talk.say("minh", "/vuong_mac I.3 thiếu người")
    await office.enrol("viet", Role.LEADER, "Phòng Hành chính")
    (both,) = await talk.say("minh", "/vuong_mac I.3 thiếu máy")

    assert "Văn phòng được báo ngay" in alone
    assert "lãnh đạo" not in alone
    assert "Văn phòng và lãnh đạo phụ trách được báo ngay" in both
