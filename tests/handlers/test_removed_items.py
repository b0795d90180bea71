"""What was taken back can be read and is no longer worked on."""

import pytest

from bot.domain.status import Progress
from bot.services import change_flows, changing, conclusions, undoing
from storage.db import Database
from storage.models import AuditRow, DeadlineRow, ItemRow, PartRow
from tests.builders import Clock, Office, make_item, rows
from tests.chatting import Talk

GONE = "BS.1 đã được rút lại ngày 19/4/2024, không còn trong kế hoạch. Chưa có gì thay đổi."


@pytest.fixture
async def taken_back(office: Office, clock: Clock) -> int:
    """Return the id of an item that was added and taken back at once."""
    await office.activate(make_item("I.1"))
    lan, now = office.actor("lan", update_id=900), clock.now
    typed = {
        "?title": "Báo cáo đột xuất",
        "?product": "Báo cáo",
        "?source": "QĐ 5",
        "?deadline": "30/6/2024",
        "?units": "Phòng Hành chính",
    }
    shown = await changing.begin(office.db, lan, change_flows.ADD, typed, now)
    await changing.confirm(office.db, office.actor("lan", update_id=901), shown.token, now)
    await take_back(office, clock)
    return (await rows(office.db, ItemRow))[-1].id or 0


async def take_back(office: Office, clock: Clock) -> None:
    last = await undoing.last_act(office.db, office.actor("lan"), clock.now)
    assert last is not None
    await undoing.undo(office.db, office.actor("lan", update_id=950), last.key, clock.now)


async def state(db: Database) -> list[object]:
    kinds = (ItemRow, PartRow, DeadlineRow, AuditRow)
    return [row.model_dump() for kind in kinds for row in await rows(db, kind)]


async def test_the_card_says_that_it_was_taken_back_and_offers_no_act(
    taken_back: int, talk: Talk
) -> None:
    (card,) = await talk.say("lan", "/xem BS.1")

    assert "Đã rút lại ngày 19/4/2024, không còn trong kế hoạch." in card
    assert "chưa giao" not in card
    log = f"card:log:{taken_back}:0:v:0:-"
    assert talk.buttons() == [log, "list:page:v:0:-"]


@pytest.mark.parametrize(
    "said",
    [
        "/giao BS.1 HCTP",
        "/dat_han BS.1 30/6/2024",
        "/sua BS.1 tên: Việc khác",
        "/thoi_viec BS.1",
        "/kich_hoat BS.1 01/4/2024",
        "/xong BS.1 https://e.vn/1",
        "/gia_han BS.1 30/6/2024 bận",
        "/vuong_mac BS.1 thiếu người",
    ],
)
async def test_nothing_is_done_with_it(
    taken_back: int, talk: Talk, office: Office, said: str
) -> None:
    before = await state(office.db)

    answer = await talk.say("lan", said)

    assert any(GONE in text for text in (*answer, *talk.notices()))
    assert await state(office.db) == before


async def test_a_button_left_from_before_changes_nothing(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("I.1"))
    lan = office.actor("lan", update_id=901)
    text = "Rà soát hồ sơ tồn – HC – 26/4"
    found = await conclusions.look(office.db, lan, text, clock.now)
    await conclusions.give(office.db, lan, found.mark, clock.now)
    await talk.say("lan", "/giao KL.1 Phòng Văn bản")
    agree = [one for one in talk.buttons() if one.startswith("change:yes")][-1]
    await take_back(office, clock)

    said = await talk.press("lan", agree)

    assert any("KL.1 đã được rút lại" in text for text in (*said, *talk.notices()))
    parts = [part.progress for part in await rows(office.db, PartRow)]
    assert parts[-1] is Progress.DROPPED
