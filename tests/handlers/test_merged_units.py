"""A unit became part of another: what is returned or reopened of it is told, and can be done."""

import pytest

from bot.services import deciding, progress, reopening
from bot.services.progress import Claim
from storage.db import Database
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    keep_units,
    make_item,
    only_part,
    vn,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
ENDED = f"Phần việc này kết thúc: sáp nhập vào {HC}. Việc còn phải làm xem ở thẻ đầu việc."


@pytest.fixture(autouse=True)
def april(clock: Clock) -> None:
    clock.move_to("2024-04-19 09:00")


async def reported(office: Office, *, helper: str = "") -> None:
    """Let Phòng Văn bản report its part of III.5."""
    helps = (helper,) if helper else ()
    await office.activate(make_item("III.5", lead=(VB,), cooperate=helps), now=NOW)
    part = await only_part(office.db, office, VB)
    claim = Claim("https://example.vn/1")
    await progress.report_done(office.db, office.actor("dung"), part.id, claim, NOW)


async def told(delivered: Delivered, sender: FakeSender, words: str) -> tuple[str, str]:
    """Return the text and the buttons of what the unit's chat now gets about these words."""
    while await delivered.one():
        pass
    [message] = {m.html: m for _, m in sender.sent if words in m.html}.values()
    return message.html, " ".join(button.label for row in message.buttons for button in row)


async def test_what_ends_beside_the_others_part_is_said_and_not_reported_again(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await reported(office, helper=HC)
    await keep_units(office, f"gộp {VB} > {HC}", NOW)

    await deciding.decide(db, office.actor("lan"), 1, NOW, reason="thiếu số liệu")

    text, labels = await told(delivered, sender, "thiếu số liệu")
    assert ENDED in text
    assert "Báo lại" not in labels


async def test_what_was_confirmed_by_mistake_is_done_by_the_unit_that_took_over(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender, talk: Talk
) -> None:
    await reported(office)
    await deciding.decide(db, office.actor("lan"), 1, NOW)
    await keep_units(office, f"gộp {VB} > {HC}", NOW)
    await told(delivered, sender, "đã được xác nhận")

    await reopening.reopen(db, office.actor("lan"), 1, "thiếu số liệu", NOW)

    text, labels = await told(delivered, sender, "thiếu số liệu")
    assert "Việc tính là chưa xong" in text
    assert "Báo lại" in labels
    [answer] = await talk.say("minh", "/xong III.5 https://example.vn/2 đã bổ sung")
    assert "Đã ghi nhận" in answer
