"""An item of several units: a chat learns of other shares only whether they are done."""

import re

import pytest

from bot.services import deciding, lost_chats, progress
from bot.services.progress import Claim
from tests.builders import GROUPS, Clock, Office, make_item, parts_of, vn
from tests.chatting import Talk

TAGS = re.compile("<[^>]+>")
HC, VB, TT = "Phòng Hành chính", "Phòng Văn bản", "Văn phòng"
PROOF = "https://e.vn/bao-cao"


@pytest.fixture
async def shared(office: Office, clock: Clock) -> Office:
    """An item past its day that two units lead; the second has reported, with a proof."""
    await office.activate(
        make_item("III.5", due="2024-04-12", lead=[HC, VB, TT]), now=vn("2024-01-02 08:00")
    )
    part = next(one for one in await parts_of(office.db, office) if one.unit == VB)
    await progress.report_done(office.db, office.actor("dung"), part.id, Claim(PROOF), clock())
    return office


async def test_a_units_group_learns_of_others_only_whether_they_are_done(
    shared: Office, talk: Talk
) -> None:
    said = TAGS.sub("", "\n".join(await talk.say("minh", "/xem III.5", "hc")))

    assert f"📥 {VB}: đã báo, chờ Văn phòng xác nhận" in said
    assert f"⚪ {TT}: chưa xong" in said
    assert "e.vn" not in said
    assert "☐" in said, "what others ticked is not ticked here"
    assert "☑" not in said
    assert said.count("quá 7 ngày") == 1, "its own day only"


async def test_the_office_sees_every_share_whole(shared: Office, talk: Talk) -> None:
    said = TAGS.sub("", "\n".join(await talk.say("lan", "/xem III.5")))

    assert "e.vn/bao-cao" in said
    assert "☑" in said
    assert said.startswith("III.5")
    assert "🔴 Quá hạn · xong 0/3 phần việc" in said, "what waits for Văn phòng does not speak"


async def test_the_history_in_a_units_group_is_of_its_own_share(
    shared: Office, talk: Talk
) -> None:
    of_others = "\n".join(await talk.say("minh", "/nhat_ky III.5", "hc"))
    own = "\n".join(await talk.say("dung", "/nhat_ky III.5", "vb"))

    assert "báo hoàn thành" not in of_others
    assert "báo hoàn thành" in own


async def test_a_group_that_threw_the_bot_out_reads_nothing_when_it_is_back(
    shared: Office, talk: Talk, clock: Clock
) -> None:
    await lost_chats.chat_left(shared.db, GROUPS["hc"][0], "bot left", clock())

    for who in ("khach", "minh"):
        said = "\n".join(await talk.say(who, "/viec", "hc"))
        assert "III.5" not in said
        assert "/dang_ky" in said


async def test_a_finished_item_is_headed_by_its_latest_report(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("III.5", lead=[HC, VB, TT]), now=vn("2024-01-02 08:00"))
    heads = {HC: "minh", VB: "dung", TT: "lan"}
    for number, part in enumerate(await parts_of(office.db, office), start=1):
        at = vn(f"2024-04-{19 + number} 09:00" if part.unit == VB else "2024-04-19 09:00")
        who = office.actor(heads[part.unit])
        await progress.report_done(office.db, who, part.id, Claim(PROOF), at)
        who = office.actor("viet" if part.unit == TT else "lan")
        await deciding.decide(office.db, who, number, at)
    early = (await talk.say("minh", "/xem III.5"))[0]

    assert "⭐ Hoàn thành trước hạn · xong 3/3 phần việc" in early
    assert "🟢 xong" not in early


async def test_a_list_of_lateness_opens_only_what_may_be_opened(
    office: Office, talk: Talk
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-12", lead=[HC]),
        make_item("I.2", due="2024-04-12", lead=[VB]),
        now=vn("2024-01-02 08:00"),
    )
    (said,) = await talk.say("minh", "/tre_han")
    opened = [data for data in talk.buttons() if data.startswith("list:item:")]
    await talk.say("lan", "/tre_han")

    assert "I.2" in said
    assert len(opened) == 1
    (card,) = await talk.press("minh", opened[0])
    assert "I.1" in card


async def test_a_list_of_open_work_says_so_once(office: Office, talk: Talk) -> None:
    await office.activate(make_item("I.1"), make_item("I.2", lead=[VB]))

    (said,) = await talk.say("lan", "/viec", "office")

    assert said.startswith("📋 <b>2 phần việc đang mở</b>\n")
