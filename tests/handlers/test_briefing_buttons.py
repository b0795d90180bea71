"""/giao_ban and /thong_bao: their buttons, and what is typed into them."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.outbox import OutboxKind
from handlers import following
from handlers.callbacks import Press, data, pair_data
from storage.models import BriefingRow, BroadcastRow, OutboxRow
from tests.builders import (
    BLOCKED,
    Delivered,
    FakeSender,
    Office,
    make_item,
    parts_of,
    rows,
    vn,
)
from tests.chatting import Talk

HC = "Phòng Hành chính"


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(make_item("I.1", title="Rà soát <hồ sơ>", due="2024-04-12", lead=[HC]))
    return office


async def test_the_briefing_is_opened_with_a_command(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("lan", "/giao_ban"))

    assert "Giao ban tuần 15/4 – 21/4/2024" in said
    assert "Rà soát &lt;hồ sơ&gt;" in said
    assert data(Press.BRIEF_SEND, 1) in talk.buttons()


async def test_a_heading_counts_parts_and_says_how_many_tasks_they_are(
    talk: Talk, office: Office
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-25", lead=[HC, "Phòng Văn bản"]),
        make_item("I.2", due="2024-04-24", lead=[HC]),
        now=vn("2024-04-01 08:00"),
    )

    said = "\n".join(await talk.say("lan", "/giao_ban"))

    assert "Đến hạn tuần sau: 3</b> (2 việc)" in said


async def test_a_head_has_no_briefing_to_compose(talk: Talk, plan: Office) -> None:
    await talk.say("minh", "/giao_ban")

    assert await rows(plan.db, BriefingRow) == []


async def test_a_line_is_asked_for_and_read_back(talk: Talk, plan: Office) -> None:
    await talk.say("lan", "/giao_ban")
    await talk.press("lan", data(Press.BRIEF_ADD, 1))

    said = await talk.say("lan", "Họp lúc 8 giờ")

    assert "📌 Họp lúc 8 giờ" in said[0]
    assert (await rows(plan.db, BriefingRow))[0].added == ["Họp lúc 8 giờ"]


async def test_a_tap_leaves_a_part_out_and_the_list_shows_it(talk: Talk, plan: Office) -> None:
    await talk.say("lan", "/giao_ban")
    (part,) = await parts_of(plan.db, plan)
    await talk.press("lan", data(Press.BRIEF_CUT, 1))

    await talk.press("lan", pair_data(Press.BRIEF_LEAVE, 1, part.id))
    said = await talk.press("lan", data(Press.BRIEF_OPEN, 1))

    assert "Rà soát" not in said[0]


async def test_what_units_see_names_no_unit(talk: Talk, plan: Office) -> None:
    await talk.say("lan", "/giao_ban")

    said = await talk.press("lan", data(Press.BRIEF_VIEW, 1))

    assert HC not in "\n".join(said)


async def test_sending_says_how_far_it_has_come(talk: Talk, plan: Office) -> None:
    await talk.say("lan", "/giao_ban")

    said = await talk.press("lan", data(Press.BRIEF_SEND, 1))

    owed = await rows(plan.db, OutboxRow, OutboxRow.kind == OutboxKind.BRIEFING)
    assert len(owed) == 4
    assert "Đã gửi 0/4 nơi" in said[0]


@pytest.mark.parametrize(
    "press", [p for p in Press if p.startswith(("brief:", "cast:"))], ids=lambda p: p
)
async def test_a_stranger_presses_in_vain(talk: Talk, plan: Office, press: Press) -> None:
    await talk.say("lan", "/giao_ban")
    before = [row.model_dump() for row in await rows(plan.db, BriefingRow)]

    await talk.press("khach", data(press, 1))
    await talk.press("khach", pair_data(press, 1, 0))

    assert [row.model_dump() for row in await rows(plan.db, BriefingRow)] == before
    assert await rows(plan.db, OutboxRow) == []


async def test_a_notice_is_shown_before_it_is_sent(talk: Talk, office: Office) -> None:
    said = await talk.say("lan", "/thong_bao Mời họp lúc 8 giờ")
    assert "Mời họp lúc 8 giờ" in said[0]
    assert await rows(office.db, OutboxRow) == []

    await talk.press("lan", data(Press.CAST_SEND, 1))

    assert len(await rows(office.db, OutboxRow)) == 4


async def test_a_file_is_sent_on_by_answering_it(talk: Talk, office: Office) -> None:
    document = {"file_id": "F1", "file_unique_id": "u", "file_name": "giay-moi.pdf"}
    source = {
        "message_id": 9,
        "date": 1,
        "chat": {"id": 1, "type": "private"},
        "document": document,
        "caption": "Giấy mời",
    }

    await talk.say("lan", "/thong_bao", reply_to_message=source)

    (kept,) = await rows(office.db, BroadcastRow)
    assert (kept.file_id, kept.text) == ("F1", "Giấy mời")
    assert talk.calls("sendDocument")[0]["document"] == "F1"


async def test_the_command_may_stand_under_the_file_itself(talk: Talk, office: Office) -> None:
    document = {"file_id": "F2", "file_unique_id": "v", "file_name": "giay-moi.pdf"}

    await talk.say("lan", "", document=document, caption="/thong_bao Giấy mời", entities=[])

    (kept,) = await rows(office.db, BroadcastRow)
    assert (kept.file_id, kept.text) == ("F2", "Giấy mời")


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("/thong_bao " + "Họp. " * 800, None, "tối đa 3500 ký tự"),
        ("/thong_bao", {"video": {"file_id": "V", "file_unique_id": "v", "width": 1, "height": 1,
                                  "duration": 1}, "caption": "Họp"}, "dưới dạng tệp"),
    ],
)  # fmt: skip
async def test_what_cannot_be_passed_on_whole_is_refused(
    talk: Talk, office: Office, text: str, source: dict[str, Any] | None, words: str
) -> None:
    answered = {"message_id": 9, "date": 1, "chat": {"id": 1, "type": "private"}}
    more = {"reply_to_message": {**answered, **source}} if source else {}

    (said,) = await talk.say("lan", text, **more)

    assert words in said
    assert await rows(office.db, BroadcastRow) == []


async def test_a_notice_can_be_called_off(talk: Talk, office: Office) -> None:
    await talk.say("lan", "/thong_bao Mời họp")

    said = await talk.press("lan", data(Press.CAST_DROP, 1))

    assert said == ["Chưa gửi gì."]
    assert await rows(office.db, BroadcastRow) == []


async def test_an_empty_notice_says_how_to_write_one(talk: Talk, office: Office) -> None:
    said = await talk.say("lan", "/thong_bao")

    assert "/thong_bao" in said[0]


async def test_the_message_follows_what_is_delivered_and_what_is_not(
    office: Office,
    delivered: Delivered,
    talk: Talk,
    sender: FakeSender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    all_tried = asyncio.Event()

    async def until_all_tried(_seconds: float) -> None:
        await all_tried.wait()

    turns = SimpleNamespace(sleep=until_all_tried, create_task=asyncio.create_task)
    monkeypatch.setattr(following, "asyncio", turns)
    monkeypatch.setattr(following, "LOOKS", 2)
    monkeypatch.setattr(type(talk.application), "running", True)
    sender.fail("vb", BLOCKED)
    await talk.say("lan", "/thong_bao Mời họp lúc 8 giờ")

    (first,) = await talk.press("lan", data(Press.CAST_SEND, 1))
    while await delivered.one():
        pass
    all_tried.set()
    await asyncio.gather(*talk.application.bot_data.following)
    monkeypatch.undo()

    last = talk.calls("editMessageText")[-1]["text"]
    assert "Đã gửi 0/4 nơi" in first
    assert "Đã gửi 3/4 nơi" in last
    assert "❌ Chưa gửi được: Nhóm vb" in last
