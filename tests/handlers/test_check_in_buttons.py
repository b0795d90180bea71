"""What the presser sees of the buttons under reminders: answers about duties, and a snooze."""

import pytest

from bot.domain.states import Answer
from handlers.callbacks import Press, data
from storage import chats
from storage.models import CheckInRow, OutboxRow, PersonRow, ReminderRow
from tests.builders import Clock, Delivered, FakeSender, Office, make_item, ongoing, rows, vn
from tests.chatting import Talk
from tests.pressing import IN_TOPIC, pressed_message

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NO_QUESTION = "Câu hỏi này không còn hiệu lực. Chưa có gì thay đổi."


@pytest.fixture
async def asked(office: Office, delivered: Delivered, clock: Clock) -> Office:
    """Two ongoing duties of hc and one of vb, asked about at the end of a quarter."""
    await office.activate(
        make_item("I.1", due=ongoing()),
        make_item("I.2", due=ongoing()),
        make_item("I.3", due=ongoing(), lead=[VB]),
    )
    for day in ("2024-06-25", "2024-06-26", "2024-06-27", "2024-06-28"):
        await delivered.tick(f"{day} 07:30")
        if await rows(office.db, ReminderRow):
            break
    assert await rows(office.db, ReminderRow), "nobody was asked"
    return office


async def lines(office: Office, key: str = "hc") -> list[ReminderRow]:
    """Return what a chat was asked, item by item."""
    return await rows(office.db, ReminderRow, ReminderRow.chat_id == office.chats[key])


async def answers(office: Office) -> list[str]:
    return [row.answer for row in await rows(office.db, CheckInRow)]


async def test_the_message_has_a_button_for_each_answer(asked: Office, sender: FakeSender) -> None:
    first, second = await lines(asked)

    found = [b.data for _, m in sender.sent for row in m.buttons for b in row]

    for press in (Press.GOING, Press.STUCK):
        assert {data(press, first.id), data(press, second.id)} <= set(found)
    assert data(Press.ALL_GOING, first.outbox_id) in found


@pytest.mark.parametrize("who", ["minh", "thao", "lan"])
async def test_who_presses_in_the_units_group_reads_what_was_kept_and_what_is_left(
    asked: Office, talk: Talk, who: str
) -> None:
    first, _ = await lines(asked)

    said = await talk.press(who, data(Press.GOING, first.id), "hc")

    assert said == [], "the group is not written to"
    assert talk.notices() == ["I.1: làm đều. Còn 1 việc chưa trả lời."]
    assert await answers(asked) == [Answer.GOING]


async def test_what_is_stuck_is_said_to_be_seen_by_the_office(asked: Office, talk: Talk) -> None:
    first, _ = await lines(asked)

    await talk.press("thao", data(Press.STUCK, first.id), "hc")

    (notice,) = talk.notices()
    assert notice.startswith("I.1: ")
    assert "Văn phòng sẽ" in notice
    assert await answers(asked) == [Answer.STUCK]


async def test_a_second_press_changes_the_answer_and_does_not_add_one(
    asked: Office, talk: Talk
) -> None:
    first, _ = await lines(asked)
    await talk.press("thao", data(Press.GOING, first.id), "hc")

    await talk.press("minh", data(Press.STUCK, first.id), "hc")
    await talk.press("minh", data(Press.STUCK, first.id), "hc")

    assert await answers(asked) == [Answer.STUCK]
    assert len(talk.notices()) == 3


async def test_the_same_press_that_comes_twice_counts_once(asked: Office, talk: Talk) -> None:
    first, _ = await lines(asked)
    await talk.press("thao", data(Press.GOING, first.id), "hc")

    await talk.hear({}, again=True)

    first_notice, second_notice = talk.notices()
    assert first_notice == second_notice
    assert await answers(asked) == [Answer.GOING]


async def test_one_press_answers_for_all_and_a_second_finds_nothing_left(
    asked: Office, talk: Talk
) -> None:
    first, _ = await lines(asked)

    await talk.press("minh", data(Press.ALL_GOING, first.outbox_id), "hc")
    await talk.press("minh", data(Press.ALL_GOING, first.outbox_id), "hc")

    assert talk.notices()[0] == "I.1, I.2: làm đều."
    assert talk.notices()[1] == NO_QUESTION
    assert await answers(asked) == [Answer.GOING, Answer.GOING]


@pytest.mark.parametrize("press", [Press.GOING, Press.STUCK, Press.ALL_GOING])
async def test_another_unit_is_refused_wherever_it_presses(
    asked: Office, talk: Talk, press: Press
) -> None:
    first, _ = await lines(asked)
    subject = first.outbox_id if press is Press.ALL_GOING else first.id

    await talk.press("dung", data(press, subject), "hc")
    for where in ("private", "vb"):
        await talk.press("dung", data(press, subject), where)

    here, *elsewhere = talk.notices()
    assert "Chưa có gì thay đổi." in here
    assert elsewhere == [NO_QUESTION, NO_QUESTION]
    assert await answers(asked) == []


async def test_a_topic_that_was_not_asked_does_not_answer(asked: Office, talk: Talk) -> None:
    first, _ = await lines(asked)
    elsewhere = {**pressed_message("vb"), **IN_TOPIC}

    await talk.press("minh", data(Press.GOING, first.id), "vb", message=elsewhere)

    assert talk.notices() == [NO_QUESTION]
    assert await answers(asked) == []


@pytest.fixture
async def alone(office: Office, delivered: Delivered, clock: Clock) -> int:
    """A head without a group is reminded in private; return the message."""
    async with office.db.begin() as session:
        await chats.mark_lost(session, -1001, "kicked")
    await office.activate(make_item("I.1", due="2024-04-26"))
    await delivered.tick("2024-04-23 07:30")
    (row,) = await rows(office.db, OutboxRow, OutboxRow.chat_id == office.chats["minh"])
    return int(row.id)


async def snoozed(office: Office, who: str) -> list[object]:
    (person,) = await rows(office.db, PersonRow, PersonRow.id == office.persons[who])
    return [person.snoozed_until]


async def test_a_snooze_says_until_when_and_that_others_are_told_as_usual(
    alone: int, office: Office, talk: Talk
) -> None:
    said = await talk.press("minh", data(Press.SNOOZE, alone))

    (notice,) = talk.notices()
    assert said == []
    assert "07:30" in notice
    assert "25/4/2024" in notice
    assert await snoozed(office, "minh") == [vn("2024-04-25 07:30")]


async def test_a_snooze_pressed_twice_is_still_the_same_morning(
    alone: int, office: Office, talk: Talk
) -> None:
    await talk.press("minh", data(Press.SNOOZE, alone))
    await talk.press("minh", data(Press.SNOOZE, alone))

    first, second = talk.notices()
    assert first == second
    assert await snoozed(office, "minh") == [vn("2024-04-25 07:30")]


async def test_nobody_snoozes_for_a_group_or_with_anothers_message(
    alone: int, office: Office, talk: Talk
) -> None:
    await talk.press("minh", data(Press.SNOOZE, alone), "vb")
    await talk.press("thao", data(Press.SNOOZE, alone))
    await talk.press("dung", data(Press.SNOOZE, alone))
    await talk.press("khach", data(Press.SNOOZE, alone))

    in_group, *others = talk.notices()
    assert "chat riêng" in in_group
    assert others[0] == others[1] == "Ở đây không có việc này. Gửi /viec để xem danh sách."
    for who in ("minh", "thao", "dung"):
        assert await snoozed(office, who) == [None]


async def test_each_of_many_duties_has_its_answers_under_the_message_that_names_it(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(*(make_item(f"I.{n}", due=ongoing()) for n in range(1, 36)))

    await delivered.tick("2024-06-28 07:30")

    answered = set()
    for _, message in sender.sent:
        buttons = [button for row in message.buttons for button in row]
        assert len(buttons) <= 100, "Telegram takes no more"
        for button in buttons:
            if button.data.startswith((Press.GOING, Press.STUCK)):
                code = button.label.split()[1]
                assert f"<b>{code}</b> ·" in message.html
                answered.add((code, button.data.partition(":")[2].partition(":")[0]))
    assert answered == {(f"I.{n}", answer) for n in range(1, 36) for answer in ("going", "stuck")}
