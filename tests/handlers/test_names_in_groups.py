"""In groups nobody is named: a message says the unit, the role or the side (Luật 91/2025/QH15)."""

import pytest

from bot.domain.errors import DeliveryError
from bot.services import (
    broadcasts,
    deciding,
    drafting,
    handing,
    lost_chats,
    progress,
    reopening,
)
from bot.services.broadcasts import Matter
from bot.services.drafting import Said
from bot.services.progress import Claim
from handlers.callbacks import Press, data
from handlers.draft_keys import ReportPress, draft_data
from storage.models import ChatRow, PersonRow
from tests.builders import ACCOUNTS, Clock, Delivered, Office, change, make_item, vn
from tests.chatting import Talk

NOW = vn("2024-04-19 09:00")
NAMES = {"lan": "Lê Thị Lan", "minh": "Phạm Đức Minh", "thao": "Vũ Thu Thảo", "viet": "Hồ Việt"}


@pytest.fixture
async def named(office: Office, clock: Clock) -> Office:
    clock.now = NOW
    for who, name in NAMES.items():
        await change(office.db, PersonRow, office.persons[who], name=name)
    await office.activate(make_item("I.1"), make_item("I.2", lead=("Văn phòng",)))
    return office


async def report(office: Office, who: str = "minh", part_id: int = 1) -> None:
    await progress.report_done(office.db, office.actor(who), part_id, Claim("https://e.vn/1"), NOW)


async def deliver(delivered: Delivered) -> None:
    while await delivered.one():
        pass


def no_name(texts: list[str]) -> bool:
    return not any(name in text for name in NAMES.values() for text in texts)


async def test_who_reported_is_named_to_a_person_only(named: Office, delivered: Delivered) -> None:
    await report(named)
    await deliver(delivered)

    (asked,) = delivered.sender.to("office")

    assert "I.1 – Phòng Hành chính báo hoàn thành" in asked
    assert no_name([asked])


@pytest.mark.parametrize("confirms", [True, False])
async def test_a_decision_names_the_side_in_a_group_and_the_person_in_private(
    named: Office, delivered: Delivered, confirms: bool
) -> None:
    await report(named)
    reason = None if confirms else "thiếu trang"
    await deciding.decide(named.db, named.actor("lan"), 1, NOW, reason=reason)
    await deliver(delivered)

    (said,) = delivered.sender.to("hc")

    assert "<i>Văn phòng, 09:00 thứ Sáu 19/4/2024</i>" in said
    assert no_name([said])


async def test_to_a_head_in_private_the_person_stands(named: Office, delivered: Delivered) -> None:
    await change(named.db, ChatRow, named.chats["hc"], active=False)
    await report(named)
    await deciding.decide(named.db, named.actor("lan"), 1, NOW, reason="thiếu trang")
    await deliver(delivered)

    (said,) = delivered.sender.to("minh")

    assert "Lê Thị Lan, 09:00" in said


async def test_a_leader_who_decides_in_place_of_the_office_is_called_so(
    named: Office, delivered: Delivered
) -> None:
    await report(named, "lan", 1)
    await deciding.decide(named.db, named.actor("viet"), 1, NOW)
    await deliver(delivered)

    said = delivered.sender.to("hc")

    assert any("<i>Lãnh đạo, 09:00" in text for text in said)
    assert no_name(said)


async def test_what_was_opened_again_names_nobody(named: Office, delivered: Delivered) -> None:
    await report(named)
    await deciding.decide(named.db, named.actor("lan"), 1, NOW)
    await reopening.reopen(named.db, named.actor("lan"), 1, "nhầm", NOW)
    await deliver(delivered)

    assert no_name(delivered.sender.to("hc") + delivered.sender.to("office"))


async def test_who_prepares_a_part_is_told_to_the_head_alone(named: Office, talk: Talk) -> None:
    await talk.press("minh", data(Press.HAND, 1), "hc")
    give = draft_data(ReportPress.GIVE, 1, named.persons["thao"])

    (said,) = await talk.press("minh", give, "hc")

    assert said == "👤 Chuyên viên chuẩn bị I.1, đã báo trong chat riêng."
    assert talk.notices()[-1] == "👤 Vũ Thu Thảo chuẩn bị I.1, đã báo trong chat riêng."


async def test_what_staff_prepared_stands_without_a_name_in_the_units_group(
    named: Office, talk: Talk, delivered: Delivered
) -> None:
    thao = named.actor("thao")
    await handing.hand_to(named.db, named.actor("minh"), 1, named.persons["thao"], NOW)
    view = await drafting.open_draft(named.db, thao, 1, NOW)
    await drafting.add(named.db, thao, view.draft.id, Said("https://e.vn/2"), NOW)
    await change(named.db, ChatRow, named.chats["minh"], active=False)
    await handing.hand_in(named.db, thao, view.draft.id, NOW)
    await deliver(delivered)

    said = delivered.sender.to("hc")
    labels = [k.label for _, m in delivered.sender.sent for row in m.buttons for k in row]
    back = await talk.press("minh", draft_data(ReportPress.GIVE_BACK, view.draft.id), "hc")

    assert "chuyên viên" in said[-1]
    assert no_name(said + labels + back)


async def test_a_person_who_cannot_be_written_to_is_named_by_the_unit(
    named: Office, delivered: Delivered
) -> None:
    await lost_chats.chat_left(named.db, ACCOUNTS["minh"], "blocked", NOW)
    await deliver(delivered)

    (said,) = delivered.sender.to("office")

    assert "một người (Phòng Hành chính)" in said
    assert no_name([said])


async def test_in_private_that_person_is_named(named: Office, delivered: Delivered) -> None:
    await change(named.db, ChatRow, named.chats["office"], active=False)
    await lost_chats.chat_left(named.db, ACCOUNTS["minh"], "blocked", NOW)
    await deliver(delivered)

    (said,) = delivered.sender.to("lan")

    assert "Phạm Đức Minh (Phòng Hành chính)" in said


async def test_how_far_a_broadcast_came_names_no_person_in_a_group(
    named: Office, talk: Talk, delivered: Delivered
) -> None:
    await change(named.db, ChatRow, named.chats["hc"], active=False)
    delivered.sender.fail("minh", DeliveryError("Bad Request", permanent=True))
    made = await broadcasts.prepare(named.db, named.actor("lan"), Matter("Họp"), NOW)
    await broadcasts.send(named.db, named.actor("lan"), made.id, NOW)
    await deliver(delivered)

    (here,) = await talk.press("lan", data(Press.CAST_SPREAD, made.id), "office")
    (alone,) = await talk.press("lan", data(Press.CAST_SPREAD, made.id))

    assert "Chưa gửi được: chat riêng của một người" in here
    assert no_name([here])
    assert "Chưa gửi được: Phạm Đức Minh" in alone


async def test_the_history_names_people_in_private_only(named: Office, talk: Talk) -> None:
    await report(named)

    (here,) = await talk.say("minh", "/nhat_ky I.1", "hc")
    (alone,) = await talk.say("minh", "/nhat_ky I.1")

    assert no_name([here])
    assert "Phạm Đức Minh" in alone
