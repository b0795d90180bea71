"""Occurrences of one event-driven item are told apart by what happened, and when."""

import json

import pytest

from storage.db import Database
from storage.models import OccurrenceRow, PartRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    after_event,
    make_item,
    rows,
    vn,
)
from tests.chatting import Talk

VB = "Phòng Văn bản"
A, B = "KL thanh tra Cty A (05/4)", "KL thanh tra Cty B (05/4)"


async def press(talk: Talk, label: str, who: str = "lan") -> list[str]:
    """Press the newest button whose label has these words."""
    for words, data in reversed(labels(talk)):
        if label in words:
            return await talk.press(who, data)
    raise AssertionError(label)


def labels(talk: Talk) -> list[tuple[str, str]]:
    """Return (words, data) of every button shown, in order."""
    found = []
    for called, params in talk.request.calls:
        if called in {"sendMessage", "editMessageText"} and "reply_markup" in params:
            markup = params["reply_markup"]
            markup = json.loads(markup) if isinstance(markup, str) else markup
            for row in markup.get("inline_keyboard", []):
                found += [(button["text"], button["callback_data"]) for button in row]
    return found


@pytest.fixture
async def twice(office: Office, clock: Clock, talk: Talk) -> Office:
    """Return the office in which two inspections were concluded on one day."""
    clock.move_to("2024-04-22 09:00")
    await office.activate(
        make_item("II.1", title="Kiến nghị sau kiểm tra", due=after_event(), lead=(VB,)),
        now=vn("2024-01-02 08:00"),
    )
    for firm in "AB":
        await talk.say("lan", f"/kich_hoat II.1 5/4/2024 KL thanh tra Cty {firm}")
        await press(talk, "Đúng, ghi nhận")
    return office


async def test_the_card_and_its_buttons_name_the_event(twice: Office, talk: Talk) -> None:
    talk.request.calls.clear()

    [card] = await talk.say("dung", "/xem II.1")

    assert [line for line in card.split("\n") if A in line] != []
    assert [line for line in card.split("\n") if B in line] != []
    reports = [words for words, data in labels(talk) if data.startswith("part:report")]
    assert any("05/5 – KL thanh tra Cty A (05/4)" in words for words in reports)
    assert any("05/5 – KL thanh tra Cty B (05/4)" in words for words in reports)


async def test_the_units_list_has_a_line_for_each(twice: Office, talk: Talk) -> None:
    for who in ("dung", "lan"):
        text = "\n".join(await talk.say(who, "/viec"))

        assert A in text
        assert B in text


async def test_each_message_to_the_group_names_its_own_event(
    twice: Office, delivered: Delivered, sender: FakeSender
) -> None:
    while await delivered.one():
        pass

    told = [text for text in sender.to("vb") if "bắt đầu tính hạn" in text]
    assert [A in text for text in told] == [True, False]
    assert [B in text for text in told] == [False, True]


async def test_the_weekly_briefing_tells_them_apart(
    twice: Office, talk: Talk, clock: Clock
) -> None:
    clock.move_to("2024-05-02 09:00")

    text = "\n".join(await talk.say("lan", "/giao_ban"))

    assert A in text
    assert B in text


async def test_a_report_says_of_which_event_it_is(
    twice: Office, talk: Talk, delivered: Delivered, sender: FakeSender, db: Database
) -> None:
    part = (await rows(db, PartRow, PartRow.unit_id == twice.units[VB]))[-1]
    [asked] = await talk.press("dung", f"part:report:{part.id}")
    await talk.say("dung", "https://example.vn/b")
    await press(talk, "Gửi", "dung")
    while await delivered.one():
        pass

    [confirm] = [text for text in sender.to("office") if "báo hoàn thành" in text]
    assert B in asked
    assert B in confirm


async def test_a_long_event_is_cut_at_a_word_and_its_day_stays(
    twice: Office, talk: Talk, db: Database
) -> None:
    long = "Kết luận thanh tra toàn diện Công ty trách nhiệm hữu hạn Hòa Bình Xanh"
    await talk.say("lan", f"/kich_hoat II.1 8/4/2024 {long}")
    await press(talk, "Đúng, ghi nhận")
    talk.request.calls.clear()

    [card] = await talk.say("dung", "/xem II.1")

    assert "Kết luận thanh tra toàn diện Công ty trách… (08/4)" in card
    assert any("Kết luận thanh tra toàn… (08/4)" in words for words, _ in labels(talk))
    kept = await rows(db, OccurrenceRow, OccurrenceRow.event == long)
    assert len(kept) == 1


async def test_an_event_without_words_is_named_by_its_day(twice: Office, talk: Talk) -> None:
    await talk.say("lan", "/kich_hoat II.1 9/4/2024")
    await press(talk, "Đúng, ghi nhận")

    [card] = await talk.say("dung", "/xem II.1")

    assert "sự kiện ngày 09/4" in card


async def test_what_happened_is_forgotten_of_an_item_flagged_secret(
    twice: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/sua II.1")
    await press(talk, "Có tài liệu mật")
    await press(talk, "Đúng, ghi nhận")

    assert [row.event for row in await rows(db, OccurrenceRow)] == [None, None, None]
