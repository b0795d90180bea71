"""The ledger in chat, and the test to every group."""

import asyncio
import datetime as dt

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxState
from bot.domain.told import About, Told
from bot.i18n import translator
from bot.services.receipts import acknowledge
from bot.services.told import ToldPage
from handlers import following, render_told
from handlers.callbacks import Press, data, pair_data
from storage.models import OutboxRow
from tests.builders import (
    BLOCKED,
    Clock,
    Delivered,
    FakeSender,
    Office,
    day,
    make_item,
    rows,
    vn,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def reminded(office: Office, delivered: Delivered, clock: Clock) -> Office:
    """An office whose two units were reminded on the due day; vb's chat is lost."""
    await office.activate(make_item("I.1", lead=[HC]), make_item("I.2", lead=[VB]))
    delivered.sender.fail("vb", BLOCKED)
    await delivered.tick("2024-04-26 07:30")
    (mine,) = await rows(office.db, OutboxRow, OutboxRow.chat_id == office.chats["hc"])
    clock.now = vn("2024-04-26 08:05")
    await acknowledge(office.db, office.actor("minh", "hc"), mine.id, clock())
    return office


async def test_an_item_shows_when_where_and_by_whom_it_was_received(
    reminded: Office, talk: Talk
) -> None:
    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "07:30 thứ Sáu 26/4" in said
    assert "Nhóm hc" in said
    assert "✅" in said
    assert "minh" in said
    assert "08:05" in said


async def test_a_group_is_not_told_who_received_it(reminded: Office, talk: Talk) -> None:
    (said,) = await talk.say("minh", "/da_nhac", "hc")

    assert "I.1" in said
    assert "08:05" in said
    assert "minh" not in said


async def test_what_failed_says_why(reminded: Office, talk: Talk) -> None:
    (said,) = await talk.say("viet", f"/da_nhac {VB}")

    assert "❌ Không đến được: bot bị chặn hoặc bị đưa ra khỏi nhóm" in said
    assert "I.1" not in said


async def test_a_unit_is_shown_its_own_only(reminded: Office, talk: Talk) -> None:
    (own,) = await talk.say("thao", "/da_nhac")
    (other,) = await talk.say("thao", f"/da_nhac {VB}")
    (item,) = await talk.say("thao", "/da_nhac I.2")

    assert "I.1" in own
    assert "I.2" not in own
    assert "Nhóm vb" not in other + item


async def test_all_of_it_goes_by_pages_and_a_press_is_checked_again(
    reminded: Office, talk: Talk, delivered: Delivered
) -> None:
    day = vn("2024-04-27 07:30")
    for number in range(16):
        await delivered.tick((day + dt.timedelta(days=number + 1, hours=7)).strftime("%F 07:30"))
    (first,) = await talk.say("lan", "/da_nhac")
    older = pair_data(Press.TOLD_UNIT, 0, 1)
    assert older in talk.buttons()

    (second,) = await talk.press("lan", older)
    refused = await talk.press("khach", older)

    assert second != first
    assert not any("I.1" in text for text in refused)


async def test_a_send_of_unknown_outcome_is_shown_as_such(
    office: Office, delivered: Delivered, talk: Talk, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", lead=[HC]))
    sender.fail("hc", DeliveryError("timed out", uncertain=True))
    await delivered.tick("2024-04-26 07:30")
    await delivered.tick("2024-04-26 07:31")

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "✅" in said
    assert "hai lần" in said


async def test_an_attempt_that_failed_is_told_beside_the_one_that_arrived(
    office: Office, delivered: Delivered, talk: Talk, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", lead=[HC]))
    sender.fail("hc", DeliveryError("429", retry_after=dt.timedelta(seconds=20)))
    await delivered.tick("2024-04-26 07:30")
    await delivered.tick("2024-04-26 07:31")

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "✅ Đã đến" in said
    assert "🔁 Đến ở lần gửi thứ 2; trước đó: Telegram yêu cầu chờ" in said


async def test_what_was_owed_again_still_tells_what_failed_before(
    office: Office, delivered: Delivered, talk: Talk, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", lead=[HC]))
    sender.fail("hc", DeliveryError("can't parse entities", permanent=True))
    await delivered.tick("2024-04-19 07:30")
    await delivered.tick("2024-04-22 07:30")

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "✅ Đã đến\n↪️ Trước đó, 07:30 thứ Sáu 19/4/2024: ❌ Không đến được: " in said
    assert "Telegram không nhận tin này" in said


async def test_nothing_was_said_yet(office: Office, talk: Talk) -> None:
    await office.activate(make_item("I.1", lead=[HC]))

    assert "Chưa có" in (await talk.say("lan", "/da_nhac I.1"))[0]


async def test_a_test_reaches_every_group_and_its_message_says_so(
    office: Office,
    delivered: Delivered,
    talk: Talk,
    sender: FakeSender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(type(talk.application), "running", True)
    sender.fail("vb", BLOCKED)

    (first,) = await talk.say("lan", "/thu_nhac")
    while await delivered.one():
        pass
    await asyncio.gather(*talk.application.bot_data.following)
    monkeypatch.undo()

    last = talk.calls("editMessageText")[-1]["text"]
    assert first.count("⏳") == 4
    assert last.count("✅") == 3
    assert "❌ Nhóm vb" in last
    assert "Tin thử" in sender.to("hc")[0]


async def test_the_result_of_a_test_can_be_asked_for_by_a_button(
    office: Office, delivered: Delivered, talk: Talk
) -> None:
    await talk.say("lan", "/thu_nhac")
    run = (await rows(office.db, OutboxRow))[0].subject_id
    while await delivered.one():
        pass

    (said,) = await talk.press("lan", data(Press.TEST_RESULT, run))
    refused = await talk.press("minh", data(Press.TEST_RESULT, run))

    assert said.count("✅") == 4
    assert not any("Nhóm vb" in text for text in refused)


async def test_a_unit_head_cannot_send_a_test(office: Office, talk: Talk) -> None:
    await talk.say("minh", "/thu_nhac")

    assert await rows(office.db, OutboxRow) == []


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("10", "trước 10 ngày làm việc"),
        ("check:2024-06-30", "mốc kiểm tra trong năm"),
        ("year:2024-12-14", "trước khi hết năm chấm điểm"),
        ("check-in", "hỏi tình hình theo quý"),
        ("unanswered", "việc thường xuyên chưa trả lời hoặc vướng"),
        ("up:leader:2", "báo cấp trên"),
    ],
)
def test_the_ledger_names_every_step(step: str, words: str) -> None:
    at, about = vn("2024-06-28 07:30"), About("I.1", HC, day("2024-06-28"), step)
    sent = Told(
        1, "Nhóm hc", None, at, OutboxState.SENT, at, at, None, 0, None, None, (about,), 1, ()
    )

    (said,) = render_told.told(
        ToldPage(day("2024-06-28"), None, None, 0, 0, more=False, names=True, messages=(sent,)),
        translator("vi"),
    )

    assert f"I.1 · {words} (hạn" in said.html


def test_parts_told_of_in_the_same_words_stand_once() -> None:
    about = [About("I.4", HC, dt.date(2024, 1, 25), "up:head")] * 3
    about += [About("I.5", VB, dt.date(2024, 1, 25), "up:head")]
    sent = Told(
        1, "Nhóm", None, vn("2024-04-26 07:30"), OutboxState.SENT, vn("2024-04-26 07:30"),
        vn("2024-04-26 07:30"), None, 0, None, None, tuple(about), 1, (),
    )  # fmt: skip
    page = ToldPage(dt.date(2024, 4, 26), None, None, 0, 0, False, True, (sent,))

    [said] = render_told.told(page, translator("vi"))

    assert said.html.count("I.4 · ") == 1
    assert said.html.count("I.5 · ") == 1
