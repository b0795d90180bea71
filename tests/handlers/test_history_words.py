"""/nhat_ky says what was and what is; in groups no person, and Văn phòng where it acted."""

import pytest

from bot.services import difficulties, handing, progress
from bot.services.progress import Claim
from handlers.callbacks import Press
from tests.builders import Clock, Office, after_event, make_item, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")


@pytest.fixture
async def plan(office: Office, clock: Clock) -> Office:
    clock.now = NOW
    await office.activate(make_item("I.1"), make_item("II.3", due=after_event()))
    return office


def last(talk: Talk, beginning: str) -> str:
    return [one for one in talk.buttons() if one.startswith(beginning)][-1]


async def do(talk: Talk, text: str) -> None:
    """Let Văn phòng change something, read back and confirmed."""
    await talk.say("lan", text)
    await talk.press("lan", last(talk, "change:yes"))


async def log(talk: Talk, who: str = "lan", where: str = "private", code: str = "I.1") -> str:
    (said,) = await talk.say(who, f"/nhat_ky {code}", where)
    return said


async def test_words_are_shown_old_and_new_and_in_a_group_of_van_phong(
    plan: Office, talk: Talk
) -> None:
    await talk.say("lan", "/sua I.1")
    title = next(one for one in talk.buttons() if one.startswith("change:pick"))
    await talk.press("lan", title)
    await talk.say("lan", "Danh mục hồ sơ năm 2025")
    await talk.press("lan", last(talk, "change:yes"))

    assert "→ Danh mục hồ sơ năm 2025" in await log(talk)
    group = await log(talk, "minh", "hc")
    assert "Văn phòng: " in group
    assert "lan" not in group


async def test_units_given_say_from_whom_to_whom(plan: Office, talk: Talk) -> None:
    await do(talk, f"/giao I.1 {VB}; phối hợp: {HC}")

    said = await log(talk)

    assert "chủ trì → phối hợp" in said
    assert VB in said


async def test_the_decision_that_an_item_is_dropped_by_is_shown(plan: Office, talk: Talk) -> None:
    await do(talk, "/thoi_viec I.1 QĐ 12/QĐ-STP")

    said = await log(talk)

    assert "QĐ 12/QĐ-STP" in said
    assert "Văn phòng: " in await log(talk, "minh", "hc")


async def test_who_prepares_a_part_is_named_in_private_alone(plan: Office, talk: Talk) -> None:
    await handing.hand_to(plan.db, plan.actor("minh"), 1, plan.persons["thao"], NOW)

    assert "→ thao" in await log(talk, "minh")
    group = await log(talk, "minh", "hc")
    assert "→ chuyên viên" in group
    assert "thao" not in group


async def test_a_difficulty_and_its_answer_are_shown(plan: Office, talk: Talk) -> None:
    await difficulties.raise_difficulty(plan.db, plan.actor("thao"), 1, "thiếu số liệu", NOW)
    await difficulties.answer(plan.db, plan.actor("viet"), 1, "đã xin bổ sung", NOW)

    said = await log(talk, "minh", "hc")

    assert "Vướng mắc: thiếu số liệu" in said
    assert "Trả lời: đã xin bổ sung" in said


async def test_what_van_phong_reports_for_a_unit_is_marked(plan: Office, talk: Talk) -> None:
    await progress.report_done(plan.db, plan.actor("lan"), 1, Claim("https://e.vn/1"), NOW)

    assert "Văn phòng thay đơn vị" in await log(talk)
    group = await log(talk, "minh", "hc")
    assert "Văn phòng: báo hoàn thành (Văn phòng thay đơn vị)" in group
    assert "lan" not in group


async def test_what_was_taken_back_says_what_it_was_and_whose(plan: Office, talk: Talk) -> None:
    await do(talk, "/kich_hoat II.3 01/04/2024 đoàn kết luận")
    event = await log(talk, code="II.3")
    await talk.say("lan", "/hoan_tac")
    await talk.press("lan", last(talk, Press.UNDO))

    group = await log(talk, "minh", "hc", "II.3")

    assert "đoàn kết luận" in event
    assert "Văn phòng: rút lại thao tác" in group
    assert "Quyết định: rút lại" in group


async def test_nothing_of_a_secret_item_is_said_but_states_and_days(
    plan: Office, talk: Talk
) -> None:
    await difficulties.raise_difficulty(plan.db, plan.actor("thao"), 1, "chuyện kín", NOW)
    await do(talk, "/thoi_viec I.1 QĐ 12/QĐ-STP")
    await talk.say("lan", "/sua I.1")
    secret = [one for one in talk.buttons() if one.startswith("change:pick")][-1]
    await talk.press("lan", secret)
    await talk.press("lan", last(talk, "change:yes"))

    said = await log(talk)

    for word in ("chuyện kín", "QĐ 12", "Lập danh mục"):
        assert word not in said


async def test_what_was_taken_back_is_not_counted_as_done_on_the_card(
    plan: Office, talk: Talk
) -> None:
    await do(talk, "/kich_hoat II.3 01/02/2024")
    await talk.say("lan", "/hoan_tac")
    await talk.press("lan", last(talk, Press.UNDO))
    await do(talk, "/kich_hoat II.3 01/04/2024")

    (card,) = await talk.say("minh", "/xem II.3")

    assert "xong 0/2 phần việc" in card
