"""The quarter's and the month's question: every chat of a unit gets it once."""

import pytest

from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import Answer
from bot.services import checking_in
from bot.services.planner import Planner
from storage import chats
from storage.db import Database
from storage.models import OutboxRow, ReminderRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    after_event,
    make_item,
    make_office,
    ongoing,
    rows,
    vn,
)

HC = "Phòng Hành chính"
SECOND = -1555


async def bind_second(office: Office) -> int:
    """Bind another group to the unit."""
    async with office.db.begin() as session:
        chat = await chats.put_chat(session, office.id, SECOND, 0, title="Nhóm hc 2")
        await chats.bind(session, chat, ChatPurpose.UNIT, office.units[HC])
    return chat.id


async def answer(office: Office, given: Answer, at: str) -> None:
    line = next(
        row
        for row in await rows(office.db, ReminderRow)
        if row.chat_id == office.chats["hc"] and row.step == "check-in"
    )
    await checking_in.answer_one(office.db, office.actor("minh", "hc"), line.id, given, vn(at))


@pytest.mark.parametrize(
    ("due", "first", "second"),
    [
        (ongoing(), "2024-03-29", "2024-04-01"),
        (after_event(), "2024-02-01", "2024-02-02"),
    ],
    ids=["a quarter's check-in", "a month's event"],
)
async def test_a_chat_that_is_bound_later_is_asked_once_and_the_first_one_not_again(
    office: Office, delivered: Delivered, due: object, first: str, second: str
) -> None:
    await office.activate(make_item("I.4", due=due))  # type: ignore[arg-type]
    assert await delivered.tick(f"{first} 07:30") == ["hc"]
    assert await delivered.tick(f"{first} 07:31") == []

    await bind_second(office)

    assert await delivered.tick(f"{first} 09:00") == [str(SECOND)]
    assert await delivered.tick(f"{first} 09:01") == []
    assert await delivered.tick(f"{second} 07:30") == []


async def test_both_chats_of_a_unit_are_asked_in_one_message_each(
    office: Office, delivered: Delivered, sender: FakeSender, db: Database
) -> None:
    await bind_second(office)
    await office.activate(make_item("I.4", due=ongoing()), make_item("I.5", due=ongoing()))

    assert await delivered.tick("2024-03-29 07:30") == ["hc", str(SECOND)]

    assert len(await rows(db, OutboxRow)) == 2
    for chat, message in sender.sent:
        assert "I.4" in message.html, chat
        assert "I.5" in message.html, chat
        assert any("I.4" in button.label for row in message.buttons for button in row)


async def test_what_one_chat_has_answered_the_other_is_not_asked(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.4", due=ongoing()), make_item("I.5", due=ongoing()))
    await delivered.tick("2024-03-29 07:30")
    await answer(office, Answer.GOING, "2024-03-29 08:00")

    await bind_second(office)
    await delivered.tick("2024-03-29 09:00")

    (said,) = [message.html for chat, message in sender.sent if chat == SECOND]
    assert "I.5" in said
    assert "I.4" not in said


async def test_who_was_told_today_already_is_asked_with_the_next_mornings_message(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    second = await bind_second(office)
    await office.activate(make_item("I.1", due="2024-04-12"))
    await delivered.tick("2024-03-29 07:30")
    await office.activate(make_item("I.4", due=ongoing()), source=b"2", now=vn("2024-03-29 08:00"))

    assert second
    assert await delivered.tick("2024-03-29 08:01") == []
    assert await delivered.tick("2024-04-01 07:30") == ["hc", str(SECOND)]
    assert await delivered.tick("2024-04-02 07:30") == []
    assert "I.4" in sender.sent[-1][1].html


async def test_the_group_that_takes_the_place_of_heads_in_private_is_asked(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=("office",))
    await office.enrol("hoa", Role.HEAD, HC)
    await office.activate(make_item("I.4", due=ongoing()))
    assert await delivered.tick("2024-03-29 07:30") == ["minh", "hoa"]

    await office.bind("hc")

    assert await delivered.tick("2024-04-01 07:30") == ["hc"]


async def test_a_planner_that_saw_nothing_new_asks_a_chat_bound_since(
    office: Office, clock: Clock
) -> None:
    planner = Planner(office.db)
    await office.activate(make_item("I.4", due=ongoing()))
    assert await planner.plan(clock.move_to("2024-03-29 07:30")) == 1
    assert await planner.plan(clock.move_to("2024-03-29 07:31")) == 0

    await bind_second(office)

    assert await planner.plan(clock.move_to("2024-03-29 07:32")) == 1
