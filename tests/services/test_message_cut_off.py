"""A message in several parts that is cut off between them: what was not said is said, once."""

import re

import pytest

from bot.domain.errors import ChatMoved
from bot.domain.outbox import OutboxState
from bot.services.messages import Address, Button, Outgoing
from bot.services.pieces import left_to_say, said_by
from bot.services.progress import Claim, report_done
from handlers.pages import Block, paginate
from storage import chats
from storage.db import Database
from storage.models import OutboxRow
from tests.builders import (
    GROUPS,
    LINE_DOWN,
    Delivered,
    FakeSender,
    Office,
    make_item,
    parts_of,
    rows,
    vn,
)

CODES = [f"V.{number}" for number in range(1, 37)]
LONG = "Rà soát, cập nhật và công khai danh mục thủ tục hành chính thuộc phạm vi quản lý"


def codes_in(texts: list[str]) -> list[str]:
    return re.findall(r"V\.\d+", " ".join(texts))


def pages(sender: FakeSender) -> list[Outgoing]:
    return [message for chat, message in sender.sent if chat == GROUPS["hc"][0]]


@pytest.fixture
async def cut(
    office: Office, delivered: Delivered, sender: FakeSender, monkeypatch: pytest.MonkeyPatch
) -> Office:
    """An office whose morning message in three parts was cut off after the first one."""
    monkeypatch.setattr("handlers.pages.LIMIT", 1500)
    await office.activate(*[make_item(code, title=LONG) for code in CODES])
    send = sender.send

    async def line_breaks_after_the_first(address: Address, message: Outgoing) -> int:
        if sender.sent:
            raise LINE_DOWN
        return await send(address, message)

    sender.send = line_breaks_after_the_first  # type: ignore[method-assign]
    await delivered.tick("2024-04-26 07:30")
    sender.send = send  # type: ignore[method-assign]
    assert len(sender.to("hc")) == 1
    return office


async def close(office: Office, code: str) -> None:
    part = next(part for part in await parts_of(office.db, office) if part.code == code)
    await report_done(
        office.db, office.actor("minh"), part.id, Claim("https://e.vn/1"), vn("2024-04-26 07:32")
    )


async def test_what_did_not_change_goes_on_where_it_was_cut_off(
    cut: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await delivered.tick("2024-04-26 07:40")

    assert len(sender.to("hc")) == 3
    assert codes_in(sender.to("hc")) == CODES
    (row,) = await rows(db, OutboxRow, OutboxRow.chat_id == cut.chats["hc"])
    assert (row.state, row.message_ids, row.said) == (OutboxState.SENT, [1, 2, 3], None)


@pytest.mark.parametrize(
    "closed",
    [
        ["V.2"],  # told already
        ["V.36"],  # not told yet
        ["V.1", "V.3", "V.20", "V.35"],
        CODES[:9],  # what was three parts fits in two
    ],
    ids=lambda codes: f"{len(codes)} from {codes[0]}",
)
async def test_what_was_closed_meanwhile_makes_no_other_line_vanish_and_none_come_twice(
    cut: Office, delivered: Delivered, sender: FakeSender, closed: list[str]
) -> None:
    first = codes_in(sender.to("hc"))
    assert 9 < len(first) < len(CODES)
    for code in closed:
        await close(cut, code)

    await delivered.tick("2024-04-26 07:40")

    rest = codes_in(sender.to("hc")[1:])
    assert rest == [code for code in CODES if code not in first and code not in closed]
    assert all("Đến hạn" in text for text in sender.to("hc")), "each part has its heading"
    assert pages(sender)[-1].buttons[-1][0].label == "👌 Đã nhận"


async def test_what_came_up_meanwhile_is_told_too_wherever_it_stands(
    cut: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await cut.activate(make_item("A.9", title="Việc gấp"), source=b"2", now=vn("2024-04-26 07:31"))

    await delivered.tick("2024-04-26 07:40")

    assert codes_in(sender.to("hc")) == CODES
    assert sum("A.9" in text for text in sender.to("hc")[1:]) == 1


async def test_when_everything_left_was_closed_only_the_buttons_follow_under_the_head(
    cut: Office, delivered: Delivered, sender: FakeSender
) -> None:
    first = codes_in(sender.to("hc"))
    for code in [code for code in CODES if code not in first]:
        await close(cut, code)

    await delivered.tick("2024-04-26 07:40")

    _, rest = pages(sender)
    assert codes_in([rest.html]) == []
    assert "Việc cần làm" in rest.html
    assert [row[0].label for row in rest.buttons] == ["👌 Đã nhận"]


async def test_parts_that_a_group_was_not_told_follow_it_to_its_new_address(
    cut: Office, delivered: Delivered, sender: FakeSender
) -> None:
    first = codes_in(sender.to("hc"))
    async with cut.db.begin() as session:
        await chats.put_chat(session, cut.id, -100777, 0, title="Nhóm mới")
    sender.fail("hc", ChatMoved(-100777))

    await delivered.tick("2024-04-26 07:40")

    rest = [message.html for chat, message in sender.sent if chat == -100777]
    assert codes_in(sender.to("hc")) == first
    assert codes_in(rest) == [code for code in CODES if code not in first]


# --- the rule alone -----------------------------------------------------------------------------


def test_parts_that_repeat_one_another_are_all_sent() -> None:
    same = [Outgoing("a"), Outgoing("a"), Outgoing("a")]

    assert left_to_say(same, [said_by(same[0])]) == same[1:]
    assert len(left_to_say([Outgoing("b"), *same], [said_by(same[0])])) == 3


def test_nothing_is_left_when_all_was_said() -> None:
    pages = paginate("head", [Block("x"), Block("y")])

    assert left_to_say(pages, [said_by(page) for page in pages]) == []
    assert left_to_say(paginate("head", [Block("x")]), [said_by(page) for page in pages]) == []


def test_of_an_older_programs_message_everything_is_said_again() -> None:
    pages = paginate("head", [Block("x")])

    assert left_to_say(pages, []) == pages


def test_a_button_that_was_not_sent_follows_and_one_that_was_does_not() -> None:
    old, new = Button("I.1", "item:1"), Button("I.2", "item:2")
    before = paginate("head", [Block("x", old, "T")])
    now = paginate("head", [Block("x", old, "T"), Block("y", new, "T")], foot="foot")

    (rest,) = left_to_say(now, [said_by(page) for page in before])

    assert rest.html == "head\n\nT\ny\n\nfoot"
    assert rest.buttons == ((new,),)
